/* The input of a rule's test with its lines changed. */

#include "workbench/variant_lines.h"

#include "workbench/log_line.h"

#include <string.h>

bool variant_crlf(const struct test_variant *variant, const struct variant_input *input,
                  struct buf *out)
{
    struct span rest = input->text, line;

    (void)variant;
    if (span_find_byte(rest, '\r') >= 0 || span_find(rest, SPAN("__CURSOR=")) >= 0 ||
        span_find(rest, SPAN("__REALTIME_TIMESTAMP=")) >= 0) {
        return false; /* an export's fields end with LF and nothing else */
    }
    while (span_cut(&rest, '\n', &line)) {
        buf_add(out, line);
        buf_add_string(out, "\r\n");
    }
    return true;
}

bool variant_newest_first(const struct test_variant *variant, const struct variant_input *input,
                          struct buf *out)
{
    log_lines lines = { 0 };
    bool can = log_lines_read(input->text, &lines) &&
               !span_equal(lines.items[0].stamp, lines.items[lines.n - 1].stamp);

    (void)variant;
    for (size_t i = lines.n; can && i > 0; i--) {
        log_line_add(out, lines.items[i - 1].line);
    }
    vec_free(&lines);
    return can;
}

/* Does the record continue: a line of a value that klog spread over several? */
static bool goes_on(const log_lines *lines, size_t i)
{
    return i < lines->n && (lines->items[i].message.size == 0 ||
                            strchr(" \t>", lines->items[i].message.data[0]) != NULL);
}

bool variant_noise(const struct test_variant *variant, const struct variant_input *input,
                   struct buf *out)
{
    static const char *const noise[] = {
        "CRON[4321]: (root) CMD (run-parts /etc/cron.hourly)",
        "sshd[8123]: Accepted publickey for root from 192.0.2.7 port 50022 ssh2",
        "systemd[1]: Started session-12.scope - Session 12 of User root.",
    };
    log_lines lines = { 0 };
    bool can = log_lines_read(input->text, &lines);

    (void)variant;
    for (size_t i = 0; can && i < lines.n; i++) {
        const struct log_line *at = &lines.items[i];

        log_line_add(out, at->line);
        if (!goes_on(&lines, i + 1)) {
            buf_printf(out, "%.*s %.*s %s\n", LOG_STAMP_BYTES, at->stamp.data, (int)at->host.size,
                       at->host.data, noise[i % N_ELEMENTS(noise)]);
        }
    }
    vec_free(&lines);
    return can;
}

/* Its first `columns` characters; at every other width the last one is the mark that less -S
 * leaves. */
static void add_cut(struct buf *out, struct span line, unsigned columns)
{
    size_t at = 0;

    for (unsigned n = 0; at < line.size && n < columns; n++) {
        do {
            at++;
        } while (at < line.size && ((unsigned char)line.data[at] & 0xc0) == 0x80);
    }
    if (at < line.size && columns % 40 != 0) {
        buf_add(out, span_head(line, at - 1));
        buf_add_byte(out, '>');
    } else {
        buf_add(out, span_head(line, at));
    }
    buf_add_byte(out, '\n');
}

bool variant_cut(const struct test_variant *variant, const struct variant_input *input,
                 struct buf *out)
{
    struct span line, rest = input->text;
    bool any = false;

    while (span_cut(&rest, '\n', &line)) {
        any = any || line.size > variant->columns;
        add_cut(out, line, variant->columns);
    }
    return any;
}
