/* Unmatched lines for people.
 *
 *   2 templates of lines match no rule, 1 of them before a death
 *
 *   1  kubelet, error, 3 times, before 3 of 3 deaths
 *      kubelet.log:812  Apr 07 22:06:29
 *        Volume table is odd volume=data-2 err=7 sectors missing
 */

#include "workbench/unmatched_text.h"

enum {
    SHOWN_MAX = 20, /* unless all are wanted */
    INDENT = 4
};

static void add_streams(const struct unmatched_list *list, struct buf *out, uint64_t set)
{
    const struct streams *streams = &list->rules->streams;

    if (set & (set - 1)) { /* any stream without a sender */
        buf_add_string(out, "unknown sender");
        return;
    }
    for (size_t i = 0; i < streams->n; i++) {
        if (set >> i & 1) {
            buf_add_string(out, streams->items[i].name);
        }
    }
}

static void add_line(const struct unmatched_list *list, const struct writer *writer, size_t at)
{
    const struct unmatched_line *line = &list->lines.items[at];
    struct span name = unmatched_list_input(list, &line->origin);
    CLEANUP(buf_done_at) struct buf head = { 0 };
    CLEANUP(buf_done_at) struct buf place = { 0 };

    buf_printf(&head, "%-*zu", INDENT, at + 1);
    add_streams(list, &head, line->streams);
    buf_printf(&head, ", %s, %llu %s", severity_hint_name(line->hint),
               (unsigned long long)line->count, line->count == 1 ? "time" : "times");
    if (line->before_deaths > 0) {
        buf_printf(&head, ", before %llu of %llu deaths", (unsigned long long)line->before_deaths,
                   (unsigned long long)list->lines.deaths);
    }
    writer_line(writer, 0, STYLE_BOLD, buf_span(&head));
    buf_add(&place, name);
    if (line->origin.line > 0) {
        buf_printf(&place, ":%llu", (unsigned long long)line->origin.line);
    }
    buf_printf(&place, "  %.*s", (int)line->stamp.size, line->stamp.data);
    if (line->count > 1 && !span_equal(line->first_stamp, line->stamp)) {
        buf_printf(&place, ", first %.*s", (int)line->first_stamp.size, line->first_stamp.data);
    }
    writer_line(writer, INDENT, STYLE_DIM, buf_span(&place));
    writer_line(writer, INDENT + 2, STYLE_PLAIN, line->message);
}

void unmatched_text_add(const struct unmatched_list *list, const struct writer *writer, bool all)
{
    const struct unmatched_lines *lines = &list->lines;
    struct buf *out = writer->out;
    size_t n_before = 0, shown = all || lines->n < SHOWN_MAX ? lines->n : SHOWN_MAX;

    for (size_t i = 0; i < lines->n; i++) {
        n_before += lines->items[i].before_deaths > 0;
    }
    buf_printf(out, "%zu %s no rule", lines->n,
               lines->n == 1 ? "template of lines matches" : "templates of lines match");
    if (lines->deaths > 0) {
        buf_printf(out, ", %zu of them before a death", n_before);
    }
    buf_add_byte(out, '\n');
    for (size_t i = 0; i < shown; i++) {
        buf_add_byte(out, '\n');
        add_line(list, writer, i);
    }
    if (shown < lines->n) {
        buf_printf(out, "\n%zu more; --all lists them\n", lines->n - shown);
    }
    if (lines->forgotten) {
        buf_printf(out, "\n%llu more templates did not fit in memory: counts are lower bounds\n",
                   (unsigned long long)lines->forgotten);
    }
}
