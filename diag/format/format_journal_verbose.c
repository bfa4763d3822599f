/* The journal with all fields: journalctl -o verbose.
 *
 *   Sun 2024-06-02 15:59:24.361000 UTC [s=d210b8e71c1e47;i=2;b=5f3c0ffeec0ffee0;m=1405d69592c;...]
 *       _HOSTNAME=node01
 *       MESSAGE=E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" err="..."
 *
 * The lines of a value after the first are indented further; long ones are truncated without -a or
 * -l. */

#include "base/buf.h"
#include "entry/journal_fields.h"
#include "format/line.h"

#include <errno.h>

enum {
    INDENT = 4
};

/* `Sun 2024-06-02 15:59:24.361000 UTC [s=...;x=...]` */
static bool read_head(struct span line, struct logtime *ret_time, struct span *ret_stamp,
                      struct span *ret_cursor)
{
    struct span rest = line;

    if (!span_ends(line, SPAN("]")) || !logtime_full(&rest, ret_time)) {
        return false;
    }
    *ret_stamp = span_head(line, line.size - rest.size);
    rest = span_trim(rest);
    if (!span_starts(rest, SPAN("[s="))) {
        return false;
    }
    *ret_cursor = (struct span){ rest.data + 1, rest.size - 2 };
    return true;
}

static bool begins(struct span line)
{
    struct logtime time;
    struct span stamp, cursor;

    return read_head(line, &time, &stamp, &cursor);
}

static int score(struct span line)
{
    return begins(line) ? BID_SURE : BID_NO;
}

static int bid(struct span head)
{
    return line_average(head, score);
}

static bool cut_field(struct span line, struct field *ret)
{
    ptrdiff_t equals = span_find_byte(line, '=');

    if (equals < 0 || !span_starts(line, SPAN("    "))) {
        return false;
    }
    ret->name = span_skip(span_head(line, (size_t)equals), INDENT);
    ret->value = span_skip(line, (size_t)equals + 1);
    return journal_field_name_valid(ret->name);
}

/* A multi-line value: the further lines are indented as far as the value on the first one. */
static struct span take_lines(struct arena *arena, const struct field *field, struct span *rest)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    size_t indent = INDENT + field->name.size + 1;
    struct span line, behind = *rest;
    struct field other;

    buf_add(&text, field->value);
    while (span_cut(&behind, '\n', &line) && !cut_field(line, &other)) {
        size_t blanks = 0;

        while (blanks < line.size && blanks < indent && line.data[blanks] == ' ') {
            blanks++;
        }
        buf_add_byte(&text, '\n');
        buf_add(&text, span_skip(line, blanks));
        *rest = behind;
    }
    return text.size == field->value.size ? field->value : arena_copy(arena, buf_span(&text));
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct journal_fields fields = { .arena = context->arena };
    struct span line, stamp, cursor;
    struct logtime time;
    struct field field;

    if (span_empty(span_trim(record))) {
        return 0;
    }
    (void)span_cut(&record, '\n', &line);
    if (!read_head(line, &time, &stamp, &cursor)) {
        return -EBADMSG;
    }
    journal_fields_add(&fields, SPAN("__CURSOR"), cursor);
    while (span_cut(&record, '\n', &line)) {
        if (cut_field(line, &field)) {
            journal_fields_add(&fields, field.name, take_lines(context->arena, &field, &record));
        }
    }
    ret->when = logtime_moment(&time, context);
    ret->stamp = stamp;
    journal_fields_fill(&fields, ret);
    return 1;
}

const struct format format_journal_verbose = {
    .name = "journal-verbose",
    .summary = "journalctl -o verbose",
    .spec = "man:journalctl(1)",
    .bid = bid,
    .begins = begins,
    .decode = decode,
};
