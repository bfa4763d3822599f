/* One finding: what is wrong, what shows it, what it is not, and what to do. */

#include "render/text_finding.h"

#include "finding/root_line.h"
#include "render/text_evidence.h"
#include "render/text_group.h"
#include "render/text_nodes.h"

#include <string.h>

enum {
    EVIDENCE_SHOWN = 3 /* without --all */
};

bool text_is_shown(const struct text_report *text, const struct finding *finding)
{
    if (text->options->all) {
        return true;
    }
    return finding->role == FINDING_ROOT && finding->rule->severity > RULE_INFO &&
           finding_status_is_current(finding->status);
}

static void add_heading(const struct text_report *text, const struct node *node,
                        const struct finding *finding, uint64_t count)
{
    const struct writer *writer = &text->writer;
    const char *word = rule_severity_name(finding->rule->severity);
    CLEANUP(buf_done_at) struct buf label = { 0 };
    CLEANUP(buf_done_at) struct buf title = { 0 };
    CLEANUP(buf_done_at) struct buf line = { 0 };

    text_add_upper(&label, word);
    writer_add(writer, text_severity_style(finding->rule->severity), buf_span(&label));
    buf_printf(writer->out, "%*s", TEXT_INDENT - (int)label.size, "");
    text_add_node_name(text, node, &title);
    buf_add_string(&title, finding->title);
    writer_add(writer, STYLE_BOLD, buf_span(&title));
    buf_printf(&line, "%s, %s, %s", finding->rule->id, finding_confidence_name(finding->confidence),
               finding_status_name(finding->status));
    if (count > 1) {
        buf_add_string(&line, ", seen ");
        text_add_count(&line, count, "time", "times");
    }
    buf_add_byte(writer->out, '\n');
    writer_paragraph(writer, TEXT_INDENT, "", buf_span(&line));
}

/* From the earliest that the first time can be to the latest that the last one can be. */
static struct moment whole_range(const struct finding *finding)
{
    const struct moment *first = &finding->first, *last = &finding->last;
    struct moment range = first->spread_us ? *first : *last;
    int64_t from_us = first->time_us == TIME_UNKNOWN ? first->earliest_us : first->time_us;
    int64_t to_us =
        last->time_us == TIME_UNKNOWN ? last->earliest_us + last->spread_us : last->time_us;

    range.time_us = TIME_UNKNOWN;
    range.earliest_us = from_us;
    range.spread_us = to_us - from_us;
    return range;
}

static bool is_range(const struct moment *when)
{
    return when->time_us == TIME_UNKNOWN && when->spread_us;
}

static bool is_placed(const struct moment *when)
{
    return is_range(when) || (when->time_us != TIME_UNKNOWN && when->year_known);
}

static void add_period(const struct text_report *text, const struct finding *finding)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };
    CLEANUP(buf_done_at) struct buf last = { 0 };

    if ((is_range(&finding->first) || is_range(&finding->last)) && is_placed(&finding->first) &&
        is_placed(&finding->last)) {
        struct moment range = whole_range(finding);

        text_add_time(text, &line, &range, /* stamp= */ (struct span){ 0 });
    } else {
        text_add_time(text, &line, &finding->first, finding->first_stamp);
        text_add_time(text, &last, &finding->last, finding->last_stamp);
    }
    if (last.size && !span_equal(buf_span(&line), buf_span(&last))) {
        buf_add_string(&line, " to ");
        buf_add(&line, buf_span(&last));
    }
    if (line.size) {
        writer_paragraph(&text->writer, TEXT_INDENT, "  time", buf_span(&line));
    }
}

static void add_reasons(const struct text_report *text, const struct finding *finding)
{
    for (const char *const *reason = finding->reasons; reason && *reason; reason++) {
        text_paragraph(text, reason == finding->reasons ? "  confidence" : "", *reason);
    }
}

static void add_consequences(const struct text_report *text, const struct node *node,
                             const struct finding *finding)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    for (size_t i = 0; i < finding->n_explains; i++) {
        const struct finding *effect = &node->findings[finding->explains[i]];
        /* systemd logs several lines for one exit. */
        uint64_t n = effect->runs ? effect->runs : effect->count;

        if (finding->runs && n > finding->runs) {
            n = finding->runs; /* the others had other causes */
        }

        if (i > 0) {
            buf_add_string(&line, "; ");
        }
        buf_add_string(&line, effect->title);
        if (n > 1) {
            buf_printf(&line, " (%llu times)", (unsigned long long)n);
        }
    }
    if (line.size) {
        writer_paragraph(&text->writer, TEXT_INDENT, "  consequences", buf_span(&line));
    }
    if (finding->runs_sentence) {
        text_paragraph(text, "  runs", finding->runs_sentence);
    }
}

static void add_ruled_out(const struct text_report *text, const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_ruled_out; i++) {
        const struct ruled_out *other = &finding->ruled_out[i];
        CLEANUP(buf_done_at) struct buf line = { 0 };

        buf_printf(&line, "%s: %s", other->rule, other->because);
        text_paragraph(text, i == 0 ? "  not this because" : "", line.data);
    }
}

static const char *remedy_label(enum remedy_kind kind)
{
    static const char *const labels[] = {
        [REMEDY_NOW] = "  fix now",         [REMEDY_PERSIST] = "  make permanent",
        [REMEDY_INSTEAD] = "  alternative", [REMEDY_INSPECT] = "  inspect",
        [REMEDY_VERIFY] = "  verify",
    };

    return labels[kind];
}

static void add_remedy(const struct text_report *text, const struct finding_remedy *remedy)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    buf_add_string(&line, remedy->action);
    if (remedy->needs) {
        buf_printf(&line, " (as %s%s", remedy->needs, remedy->risk ? "; " : ")");
    }
    if (remedy->risk) {
        buf_printf(&line, "%swarning: %s)", remedy->needs ? "" : " (", remedy->risk);
    }
    writer_paragraph(&text->writer, TEXT_INDENT, remedy_label(remedy->kind), buf_span(&line));
    for (const char *const *run = remedy->run; run && *run; run++) {
        writer_command(&text->writer, TEXT_BLOCK_INDENT, span_of(*run));
    }
    if (remedy->undo && remedy->undo[0]) {
        buf_clear(&line);
        buf_printf(&line, "to undo: %s", remedy->undo);
        text_paragraph(text, "", line.data);
    }
}

static void add_references(const struct text_report *text, const struct finding *finding)
{
    const char *const *urls = finding->rule->references;

    if (!urls || !*urls) {
        return;
    }
    writer_add(&text->writer, STYLE_BOLD, SPAN("  references"));
    text_blank_line(text);
    for (; *urls; urls++) {
        writer_command(&text->writer, TEXT_BLOCK_INDENT, span_of(*urls));
    }
}

static bool is_same_remedy(const struct finding_remedy *a, const struct finding_remedy *b)
{
    const char *const *one = a->run, *const *other = b->run;

    if (a->kind != b->kind || strcmp(a->action, b->action) != 0) {
        return false;
    }
    while (one && *one && other && *other && strcmp(*one, *other) == 0) {
        one++;
        other++;
    }
    return !(one && *one) && !(other && *other);
}

/* Was it printed with an earlier finding of the title? */
static bool is_printed(const struct node *node, const struct finding *finding,
                       const struct finding_remedy *remedy)
{
    for (const struct finding *earlier = node->findings; earlier < finding; earlier++) {
        for (size_t i = 0; strcmp(earlier->title, finding->title) == 0 && i < earlier->n_remedies;
             i++) {
            if (is_same_remedy(&earlier->remedies[i], remedy)) {
                return true;
            }
        }
    }
    return false;
}

/* A finding with the title of an earlier one, which has the rest. What to do may differ: another
 * file system, another pod. */
static void add_other_remedies(const struct text_report *text, const struct node *node,
                               const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_remedies; i++) {
        if (!is_printed(node, finding, &finding->remedies[i])) {
            add_remedy(text, &finding->remedies[i]);
        }
    }
}

static void add_repetition(const struct text_report *text, const struct node *node,
                           const struct finding *finding)
{
    text_blank_line(text);
    add_heading(text, node, finding, finding->count);
    add_period(text, finding);
    if (finding->explain && finding->explain[0]) {
        text_paragraph(text, "  cause", finding->explain);
    }
    text_add_evidence(text, finding, /* most= */ 1);
    add_other_remedies(text, node, finding);
}

/* What the others of the group have of their own. */
static void add_others(const struct text_report *text, const struct node *node,
                       const struct finding *first)
{
    for (const struct finding *other = first; (other = text_group_next(node, other));) {
        if (text->options->all) {
            text_add_evidence(text, other, EVIDENCE_SHOWN);
        }
        add_other_remedies(text, node, other);
    }
}

void text_add_finding(const struct text_report *text, const struct node *node,
                      const struct finding *finding)
{
    text_blank_line(text);
    add_heading(text, node, finding, text_group_count(node, finding));
    if (!text_group_next(node, finding)) {
        add_period(text, finding);
    }
    if (finding->confidence != CONFIDENCE_CERTAIN || text->options->all) {
        add_reasons(text, finding);
    }
    if (finding->explain && finding->explain[0]) {
        text_paragraph(text, "  cause", finding->explain);
    }
    text_add_group(text, node, finding);
    add_consequences(text, node, finding);
    text_add_evidence(text, finding, EVIDENCE_SHOWN);
    add_ruled_out(text, finding);
    for (size_t i = 0; i < finding->n_remedies; i++) {
        add_remedy(text, &finding->remedies[i]);
    }
    add_others(text, node, finding);
    if (text->options->all) {
        add_references(text, finding);
    }
}

void text_add_findings(const struct text_report *text)
{
    for (size_t i = 0; i < text->report->n_nodes; i++) {
        const struct node *node = &text->report->nodes[i];

        for (size_t k = 0; k < node->n_findings; k++) {
            const struct finding *finding = &node->findings[k];

            if (!text_is_shown(text, finding) || text_group_has_earlier(node, finding)) {
                continue;
            }
            if (finding_is_named(finding) && root_line_is_repetition(node, k)) {
                add_repetition(text, node, finding);
            } else {
                text_add_finding(text, node, finding);
            }
        }
    }
}
