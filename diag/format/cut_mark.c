/* The mark of a pager or a terminal at the end of a truncated line.
 *
 *   kubelet[546]: Get "https://api-lb/apis/storage?l>         less, as journalctl calls it
 *   misconfiguration: kubelet cgroup driver…                  systemctl status
 *   kubelet[546]: Get "https://api-lb/apis/sto...             by hand, or a tool that shortens
 */

#define _GNU_SOURCE /* memrchr */
#include "format/cut_mark.h"

#include "base/limits.h"
#include "entry/multiline.h"

/* A `>` that closes something is text: `err=<nil>`, `-> x`, and the ` >` after a multi-line
 * value. */
static bool is_pager_mark(struct span line)
{
    int open = 0;

    if (line.size < 20 || line.data[line.size - 1] != '>') {
        return false;
    }
    for (size_t i = 0; i + 1 < line.size; i++) {
        char before = i ? line.data[i - 1] : ' ';

        if (line.data[i] == '<') {
            open++;
        } else if (line.data[i] == '>' && open && before != '-' && before != '=') {
            open--;
        }
    }
    return open == 0 && !strchr("-=", line.data[line.size - 2]);
}

/* `"https://api-lb/api/v1/nod...`: the quoted URL or path has no end. Dots at the end of a sentence are
 * text. */
static bool has_dots_in_path(struct span line)
{
    static const char *const starts[] = { "http://", "https://", "unix://", "/" };
    const char *quote;
    struct span path;

    if (!span_ends(line, SPAN("...")) || !(quote = memrchr(line.data, '"', line.size))) {
        return false;
    }
    path = span_skip(line, (size_t)(quote - line.data) + 1);
    for (size_t i = 0; i < N_ELEMENTS(starts); i++) {
        if (span_starts(path, span_of(starts[i]))) {
            return span_find_byte(path, ' ') < 0;
        }
    }
    return false;
}

bool cut_mark_drop(struct span *line)
{
    if (has_dots_in_path(*line)) {
        line->size -= 3;
        return true;
    }
    if (span_ends(*line, SPAN("\xe2\x80\xa6"))) {
        line->size -= 3;
        return true;
    }
    if (!is_pager_mark(*line)) {
        return false;
    }
    line->size--;
    return true;
}

/* The mark is part of the message only if the message extends to the end of the record's text. */
void cut_mark_refine(struct span text, struct entry *entry)
{
    const char *end = text.data + text.size;
    size_t size = text.size;

    entry->cut |= size >= LIMIT_LINE_BYTES;
    if (span_empty(entry->message) || span_skip(entry->message, SIZE_MAX).data != end ||
        multiline_closes(entry->message) || !cut_mark_drop(&text)) {
        return;
    }
    entry->message.size -= size - text.size < entry->message.size ? size - text.size : 0;
    entry->cut = true;
}

/* klog's ` >` is not a mark */
static bool is_cut(struct span line)
{
    return !span_ends(line, SPAN(" >")) && cut_mark_drop(&line);
}

static bool has_mark(struct span line)
{
    static const char *const marks[] = { ">", "\xe2\x80\xa6", "..." };

    for (size_t i = 0; i < N_ELEMENTS(marks); i++) {
        if (span_ends(line, span_of(marks[i]))) {
            return is_cut(line);
        }
    }
    return false;
}

bool cut_mark_find(struct span text, size_t *from, size_t *ret_line)
{
    struct span rest = span_skip(text, *from);
    ptrdiff_t end;

    while ((end = span_find_byte(rest, '\n')) >= 0) {
        struct span line = span_head(rest, (size_t)end);

        rest = span_skip(rest, (size_t)end + 1);
        if (has_mark(line)) {
            *from = (size_t)(rest.data - text.data);
            *ret_line = (size_t)(line.data - text.data);
            return true;
        }
    }
    return false;
}
