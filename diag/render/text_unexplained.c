/* Units that died without an explanation. */

#include "render/text_unexplained.h"

/* Position and time above it, once for messages of the same record. */
static void add_last_message(const struct text_report *text, const struct unexplained *unit,
                             size_t at)
{
    const struct last_word *word = &unit->last_words[at];
    const struct last_word *before = at > 0 ? word - 1 : NULL;
    CLEANUP(buf_done_at) struct buf line = { 0 };

    if (!before || before->origin.input != word->origin.input ||
        before->origin.offset != word->origin.offset || before->origin.line != word->origin.line ||
        !span_equal(before->origin.cursor, word->origin.cursor)) {
        text_add_position(text, &line, &word->origin);
        buf_add_string(&line, "  ");
        text_add_time(text, &line, &word->when, word->stamp);
        if (word->count > 1) {
            buf_printf(&line, ", the last of %llu similar ones", (unsigned long long)word->count);
        }
        writer_line(&text->writer, TEXT_BLOCK_INDENT, STYLE_DIM, buf_span(&line));
    }
    text_add_message(text, word->text);
}

void text_add_unexplained(const struct text_report *text)
{
    for (size_t i = 0; i < text->report->n_unexplained; i++) {
        const struct unexplained *unit = &text->report->unexplained[i];
        CLEANUP(buf_done_at) struct buf line = { 0 };

        if (span_empty(unit->unit) && unit->n_last_words == 0) {
            continue; /* the finding of the symptom has it all */
        }
        buf_add(&line, span_empty(unit->unit) ? SPAN("A process") : unit->unit);
        buf_add_string(&line, " died");
        if (!span_empty(unit->exit_status)) {
            buf_add_string(&line, " with status ");
            buf_add(&line, unit->exit_status);
        }
        buf_add_string(&line, unit->n_last_words ? ". Its last messages:" : "");
        text_blank_line(text);
        writer_paragraph(&text->writer, TEXT_INDENT, "unexplained", buf_span(&line));
        for (size_t k = 0; k < unit->n_last_words; k++) {
            add_last_message(text, unit, k);
        }
    }
}
