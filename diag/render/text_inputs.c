/* The end of the report: what could not be seen, and what was read. */

#include "render/text_inputs.h"

#include "render/text_bundles.h"

void text_add_blind_spots(const struct text_report *text)
{
    for (size_t i = 0; i < text->report->n_blind_spots; i++) {
        const struct note *note = &text->report->blind_spots[i];
        CLEANUP(buf_done_at) struct buf line = { 0 };

        if (i == 0) {
            text_blank_line(text);
        }
        buf_add(&line, note->where);
        if (note->first_line) {
            buf_printf(&line, ":%llu", (unsigned long long)note->first_line);
        }
        buf_printf(&line, "%s%s", line.size ? ": " : "",
                   span_empty(note->detail) ? note_kind_name(note->kind) : "");
        buf_add(&line, note->detail);
        if (note->count > 1) {
            buf_printf(&line, " (%llu times)", (unsigned long long)note->count);
        }
        writer_paragraph(&text->writer, TEXT_INDENT, i == 0 ? "blind spots" : "", buf_span(&line));
    }
}

static void add_input(const struct text_report *text, const struct report_input *input,
                      const char *label)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    buf_add(&line, input->name);
    if (input->error) {
        buf_printf(&line, ": %s", input->error);
    } else {
        buf_add_string(&line, ": ");
        buf_add(&line, input->format);
    }
    if (!input->error && input->entries > 0) {
        buf_add_string(&line, ", ");
        text_add_count(&line, input->entries, "entry", "entries");
    }
    writer_paragraph(&text->writer, TEXT_INDENT, label, buf_span(&line));
}

static void add_bundle(const struct text_report *text, const struct report_input *first,
                       const char *label)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    text_add_bundle(text->report, first, &line);
    writer_paragraph(&text->writer, TEXT_INDENT, label, buf_span(&line));
}

void text_add_inputs(const struct text_report *text)
{
    text_blank_line(text);
    for (size_t i = 0; i < text->report->n_inputs; i++) {
        const struct report_input *input = &text->report->inputs[i];
        const char *label = i == 0 ? "inputs" : "";

        if (!text_is_folded(text->report, input)) {
            add_input(text, input, label);
        } else if (text_is_first_folded(text->report, input)) {
            add_bundle(text, input, label);
        }
    }
}
