/* The log lines that show a finding. */

#include "render/text_evidence.h"

static void add_evidence_item(const struct text_report *text, const struct evidence *evidence)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };
    size_t before;

    text_add_position(text, &line, &evidence->origin);
    buf_add_string(&line, "  ");
    before = line.size;
    text_add_time(text, &line, &evidence->when, evidence->stamp);
    if (line.size > before) {
        buf_add_byte(&line, ' ');
    }
    buf_add(&line, evidence->stream);
    if (evidence->pid >= 0) {
        buf_printf(&line, "[%lld]", (long long)evidence->pid);
    }
    if (evidence->count > 1) {
        buf_printf(&line, ", %llu times", (unsigned long long)evidence->count);
    }
    writer_line(&text->writer, TEXT_BLOCK_INDENT, STYLE_DIM, buf_span(&line));
    text_add_message(text, evidence->message);
}

void text_add_evidence_list(const struct text_report *text, const struct evidence *evidence,
                            size_t n)
{
    if (n == 0) {
        return;
    }
    writer_add(&text->writer, STYLE_BOLD, SPAN("  evidence"));
    text_blank_line(text);
    for (size_t i = 0; i < n; i++) {
        add_evidence_item(text, &evidence[i]);
    }
}

/* Is it among the `most` of the smallest weight? */
static bool is_among(const struct finding *finding, size_t at, size_t most)
{
    const struct evidence *evidence = finding->evidence;
    size_t better = 0;

    for (size_t i = 0; i < finding->n_evidence && better < most; i++) {
        better += evidence[i].weight < evidence[at].weight ||
                  (evidence[i].weight == evidence[at].weight && i < at);
    }
    return better < most;
}

void text_add_evidence(const struct text_report *text, const struct finding *finding, size_t most)
{
    CLEANUP(buf_done_at) struct buf more = { 0 };
    size_t n = finding->n_evidence;

    if (n == 0) {
        return;
    }
    writer_add(&text->writer, STYLE_BOLD, SPAN("  evidence"));
    text_blank_line(text);
    for (size_t i = 0; i < n; i++) {
        if (text->options->all || is_among(finding, i, most)) {
            add_evidence_item(text, &finding->evidence[i]);
        }
    }
    if (n > most && !text->options->all) {
        buf_printf(&more, "%zu more, --all shows them", n - most);
        writer_line(&text->writer, TEXT_BLOCK_INDENT, STYLE_DIM, buf_span(&more));
    }
}
