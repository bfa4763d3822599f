/* Problems of lines of text: truncated by a pager, invalid UTF-8. */

#include "format/trouble.h"

#include "base/utf8.h"
#include "format/cut_mark.h"

static void note_cut_lines(struct trouble *trouble, struct window *window, size_t at,
                           struct span lines)
{
    size_t from = 0, line;

    while (cut_mark_find(lines, &from, &line)) {
        trouble->cut = true;
        window_note(window, NOTE_PAGER_CUT, at + line,
                    "lines were truncated by a pager or a terminal (use journalctl --no-pager)");
    }
}

/* Only the first place is noted: what follows is unreliable anyway. */
static void note_invalid(struct trouble *trouble, struct window *window, size_t at,
                         struct span lines)
{
    size_t n = utf8_valid_size(lines);

    if (n == lines.size) {
        return;
    }
    trouble->invalid = true;
    window_note(window, NOTE_INVALID_UTF8, at + n, "the input contains invalid UTF-8");
}

void trouble_find(struct trouble *trouble, struct window *window, size_t at, struct span lines,
                  const struct traits *traits)
{
    /* Text copied from a terminal is truncated from the start; a large log need not be searched. */
    if (trouble->cut || window->base + at == 0) {
        note_cut_lines(trouble, window, at, lines);
    }
    if (traits->has_high && !trouble->invalid) {
        note_invalid(trouble, window, at, lines);
    }
}

void trouble_find_nul(struct trouble *trouble, struct window *window, const struct traits *traits)
{
    if (traits->has_nul && !trouble->binary && !window->clean.binary) {
        trouble->binary = true;
        notes_add(window->notes, NOTE_BINARY, window->name, 0, "the input contains NUL bytes");
    }
}
