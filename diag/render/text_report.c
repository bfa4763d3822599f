/* What all parts of the text report share. */

#include "render/text_report.h"

struct text_report text_report_of(const struct report *report, const struct render_options *options,
                                  struct buf *out)
{
    return (struct text_report){
        .report = report,
        .options = options,
        .writer = { .out = out, .columns = options->columns, .colour = options->colour },
    };
}

void text_blank_line(const struct text_report *text)
{
    buf_add_byte(text->writer.out, '\n');
}

void text_paragraph(const struct text_report *text, const char *label, const char *words)
{
    writer_paragraph(&text->writer, TEXT_INDENT, label, span_of(words));
}

void text_add_count(struct buf *out, uint64_t n, const char *one, const char *many)
{
    buf_printf(out, "%llu %s", (unsigned long long)n, n == 1 ? one : many);
}

void text_add_upper(struct buf *out, const char *word)
{
    for (; *word; word++) {
        buf_add_byte(out, (char)(*word >= 'a' && *word <= 'z' ? *word - 'a' + 'A' : *word));
    }
}

static void add_moment(const struct text_report *text, struct buf *out, const struct moment *when,
                       int64_t time_us)
{
    calendar_add_rfc3339(out, time_us, text->options->utc ? 0 : when->zone_minutes,
                         when->zone_known);
}

static void add_range(const struct text_report *text, struct buf *out, const struct moment *when)
{
    buf_add_string(out, "about ");
    add_moment(text, out, when, when->earliest_us);
    buf_add_string(out, " to ");
    add_moment(text, out, when, when->earliest_us + when->spread_us);
}

void text_add_time(const struct text_report *text, struct buf *out, const struct moment *when,
                   struct span stamp)
{
    bool known = when->time_us != TIME_UNKNOWN && when->year_known;

    if (known && (text->options->utc || span_empty(stamp))) {
        add_moment(text, out, when, when->time_us);
    } else if (when->time_us == TIME_UNKNOWN && when->spread_us) {
        add_range(text, out, when);
    } else {
        buf_add(out, stamp);
    }
}

/* Length of the folder that all inputs have in common: the rest of a name identifies it. */
static size_t common_folder(const struct report *report)
{
    struct span first = report->n_inputs ? report->inputs[0].name : (struct span){ 0 };
    size_t n = 0;

    for (size_t i = 0; i < first.size; i++) {
        for (size_t k = 1; k < report->n_inputs; k++) {
            struct span name = report->inputs[k].name;

            if (i >= name.size || name.data[i] != first.data[i]) {
                return n;
            }
        }
        if (first.data[i] == '/') {
            n = i + 1;
        }
    }
    return n;
}

void text_add_position(const struct text_report *text, struct buf *out, const struct origin *origin)
{
    const struct report *report = text->report;
    size_t folder = common_folder(report);

    if (origin->input < report->n_inputs) {
        buf_add(out, span_skip(report->inputs[origin->input].name, folder));
        if (!span_empty(origin->member)) {
            buf_add_byte(out, '!');
        }
        folder = 0;
    }
    if (!span_empty(origin->member)) {
        buf_add(out, span_skip(origin->member, folder));
    }
    if (origin->line > 0) {
        buf_printf(out, ":%llu", (unsigned long long)origin->line);
    }
}

void text_add_message(const struct text_report *text, struct span message)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };
    bool blank = false;

    message = span_trim(message);
    for (size_t i = 0; i < message.size; i++) {
        char c = message.data[i];
        bool is_blank = c == ' ' || c == '\t' || c == '\n';

        if (!is_blank || !blank) {
            buf_add_byte(&line, (char)(is_blank ? ' ' : c));
        }
        blank = is_blank;
    }
    writer_line(&text->writer, TEXT_MESSAGE_INDENT, STYLE_PLAIN, buf_span(&line));
}

enum style text_severity_style(enum rule_severity severity)
{
    return severity >= RULE_ERROR     ? STYLE_RED
           : severity == RULE_WARNING ? STYLE_YELLOW
                                      : STYLE_PLAIN;
}
