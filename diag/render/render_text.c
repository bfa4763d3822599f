/* The report a person reads at three in the morning: the verdict first, then each root with what it
 * led to, what shows it, what it is not and what to type, then what could not be seen.
 *
 *   kmaster135: Swap is on, so the kubelet refuses to start
 *
 *   CRITICAL  kubelet/swap-enabled, certain, ongoing, Apr 07 22:06:29
 *   ...
 *
 * Commands stand alone on their lines, neither wrapped nor decorated, so that they can be copied.
 */

#include "render/paper.h"
#include "render/render.h"

enum {
    INDENT = 12,
    COMMAND_INDENT = 14,
    EVIDENCE_SHOWN = 3
};

struct writer {
    const struct report *report;
    const struct render_options *options;
    struct paper paper;
};

static void blank_line(const struct writer *writer)
{
    buf_add_byte(writer->paper.out, '\n');
}

static void paragraph(const struct writer *writer, const char *label, const char *text)
{
    paper_paragraph(&writer->paper, INDENT, label, span_of(text));
}

static void add_count(struct buf *out, uint64_t n, const char *one, const char *many)
{
    buf_printf(out, "%llu %s", (unsigned long long)n, n == 1 ? one : many);
}

/* The time as the log wrote it, since that is what people search for; RFC 3339 where it is asked
 * for or nothing was written. */
static void add_time(const struct writer *writer, struct buf *out, const struct moment *when,
                     struct span stamp)
{
    bool known = when->time_us != TIME_UNKNOWN && when->year_known;

    if (known && (writer->options->utc || span_empty(stamp))) {
        calendar_add_rfc3339(out, when->time_us, writer->options->utc ? 0 : when->zone_minutes,
                             when->zone_known);
    } else {
        buf_add(out, stamp);
    }
}

static enum ink severity_ink(enum rule_severity severity)
{
    return severity >= RULE_ERROR ? INK_RED : severity == RULE_WARNING ? INK_YELLOW : INK_PLAIN;
}

/* Findings that only inform are no answer to `what is wrong`. */
static bool is_shown(const struct writer *writer, const struct finding *finding)
{
    if (writer->options->all) {
        return true;
    }
    return finding->role == FINDING_ROOT && finding->rule->severity > RULE_INFO;
}

/* A symptom is no answer either: that a unit died is what the person came with. */
static bool is_named(const struct finding *finding)
{
    return finding->role == FINDING_ROOT && finding->rule->severity >= RULE_ERROR &&
           !finding->rule->symptom;
}

/* --- verdict --- */

/* Roots of the same title are one line: a rule with a key finds one for each victim. */
static uint64_t count_titles(const struct node *node, size_t from, const char *title)
{
    uint64_t n = 0;

    for (size_t i = from; i < node->n_findings; i++) {
        n += is_named(&node->findings[i]) && strcmp(node->findings[i].title, title) == 0;
    }
    return n;
}

static bool was_said(const struct node *node, size_t at)
{
    const char *title = node->findings[at].title;

    return count_titles(node, 0, title) != count_titles(node, at, title);
}

static void add_verdict(const struct writer *writer, const struct node *node,
                        const struct finding *finding, uint64_t n)
{
    const struct paper *paper = &writer->paper;
    CLEANUP(buf_done_at) struct buf line = { 0 };

    if (!span_empty(node->host)) {
        buf_add(&line, node->host);
        buf_add_string(&line, ": ");
    }
    buf_add_string(&line, finding->title);
    if (n > 1) {
        buf_printf(&line, " (%llu times)", (unsigned long long)n);
    }
    if (finding->confidence != CONFIDENCE_CERTAIN) {
        buf_printf(&line, " (%s)", finding_confidence_name(finding->confidence));
    }
    if (finding->status != STATUS_ONGOING) {
        buf_printf(&line, " (%s)", finding_status_name(finding->status));
    }
    paper_add(paper, severity_ink(finding->rule->severity), buf_span(&line));
    buf_add_byte(paper->out, '\n');
}

static bool add_root_verdicts(const struct writer *writer)
{
    bool any = false;

    for (size_t i = 0; i < writer->report->n_nodes; i++) {
        const struct node *node = &writer->report->nodes[i];

        for (size_t k = 0; k < node->n_findings; k++) {
            const struct finding *finding = &node->findings[k];

            if (!is_named(finding) || was_said(node, k)) {
                continue;
            }
            add_verdict(writer, node, finding, count_titles(node, k, finding->title));
            any = true;
        }
    }
    return any;
}

static uint64_t count_warnings(const struct report *report)
{
    uint64_t n = 0;

    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            const struct finding *finding = &report->nodes[i].findings[k];

            n += finding->role == FINDING_ROOT && finding->rule->severity == RULE_WARNING;
        }
    }
    return n;
}

static void add_inconclusive(struct buf *line, const struct unexplained *unit)
{
    buf_add_string(line, "Inconclusive: ");
    if (span_empty(unit->unit)) {
        buf_add_string(line, unit->title);
    } else {
        buf_add(line, unit->unit);
        buf_add_string(line, " died");
    }
    buf_add_string(line, ", and no rule says why");
}

/* What to say when no root is severe enough to be named. */
static void add_other_verdict(const struct writer *writer)
{
    const struct report *report = writer->report;
    CLEANUP(buf_done_at) struct buf line = { 0 };
    uint64_t n = count_warnings(report);

    if (report->exit == EXIT_INPUT) {
        buf_add_string(&line, "Nothing could be read");
    } else if (report->n_unexplained > 0) {
        add_inconclusive(&line, &report->unexplained[0]);
    } else if (report->exit == EXIT_PARTIAL) {
        buf_add_string(&line, "Nothing found in what could be read; part of the input is damaged");
    } else {
        buf_add_string(&line, "No cause of a failure found");
    }
    if (n > 0) {
        buf_add_string(&line, "; ");
        add_count(&line, n, "warning", "warnings");
    }
    paper_paragraph(&writer->paper, 0, "", buf_span(&line));
}

/* --- one finding --- */

static void add_heading(const struct writer *writer, const struct finding *finding)
{
    static const char *const words[] = {
        [RULE_INFO] = "INFO",
        [RULE_WARNING] = "WARNING",
        [RULE_ERROR] = "ERROR",
        [RULE_CRITICAL] = "CRITICAL",
    };
    const struct paper *paper = &writer->paper;
    const char *word = words[finding->rule->severity];
    CLEANUP(buf_done_at) struct buf line = { 0 };

    paper_add(paper, severity_ink(finding->rule->severity), span_of(word));
    buf_printf(paper->out, "%*s", INDENT - (int)strlen(word), "");
    paper_add(paper, INK_BOLD, span_of(finding->title));
    buf_printf(&line, "%s, %s, %s", finding->rule->id, finding_confidence_name(finding->confidence),
               finding_status_name(finding->status));
    if (finding->count > 1) {
        buf_add_string(&line, ", seen ");
        add_count(&line, finding->count, "time", "times");
    }
    buf_add_byte(paper->out, '\n');
    paper_paragraph(paper, INDENT, "", buf_span(&line));
}

static void add_period(const struct writer *writer, const struct finding *finding)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };
    CLEANUP(buf_done_at) struct buf last = { 0 };

    add_time(writer, &line, &finding->first, finding->first_stamp);
    add_time(writer, &last, &finding->last, finding->last_stamp);
    if (last.size && !span_equal(buf_span(&line), buf_span(&last))) {
        buf_add_string(&line, " to ");
        buf_add(&line, buf_span(&last));
    }
    if (line.size) {
        paper_paragraph(&writer->paper, INDENT, "  when", buf_span(&line));
    }
}

static void add_reasons(const struct writer *writer, const struct finding *finding)
{
    for (const char *const *reason = finding->reasons; reason && *reason; reason++) {
        paragraph(writer, reason == finding->reasons ? "  because" : "", *reason);
    }
}

static void add_led_to(const struct writer *writer, const struct node *node,
                       const struct finding *finding)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    for (size_t i = 0; i < finding->n_explains; i++) {
        const struct finding *effect = &node->findings[finding->explains[i]];
        /* One death is several lines of systemd's. */
        uint64_t n = effect->runs ? effect->runs : effect->count;

        if (i > 0) {
            buf_add_string(&line, "; ");
        }
        buf_add_string(&line, effect->title);
        if (n > 1) {
            buf_printf(&line, " (%llu times)", (unsigned long long)n);
        }
    }
    if (line.size) {
        paper_paragraph(&writer->paper, INDENT, "  led to", buf_span(&line));
    }
    if (finding->runs_sentence) {
        paragraph(writer, line.size ? "" : "  led to", finding->runs_sentence);
    }
}

/* Bytes of the folder that all inputs have in common: what is left still tells them apart. */
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

/* `kubelet.log:8`, `bundle.tar!var/log/messages:8`, `fstab:11`; for a journal its name alone, since
 * the time behind it is the position. */
static void add_position(const struct writer *writer, struct buf *out, const struct origin *origin)
{
    const struct report *report = writer->report;
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

/* A message in one line: what stood in columns or on several lines is joined by single blanks. */
static void add_message(const struct writer *writer, struct span message)
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
    paper_line(&writer->paper, COMMAND_INDENT, INK_PLAIN, buf_span(&line));
}

static void add_evidence_item(const struct writer *writer, const struct evidence *evidence)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };
    size_t before;

    add_position(writer, &line, &evidence->origin);
    buf_add_string(&line, "  ");
    before = line.size;
    add_time(writer, &line, &evidence->when, evidence->stamp);
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
    paper_line(&writer->paper, INDENT, INK_DIM, buf_span(&line));
    add_message(writer, evidence->message);
}

/* Is it among the `most` that say most? They are shown in their order all the same. */
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

static void add_evidence(const struct writer *writer, const struct finding *finding, size_t most)
{
    CLEANUP(buf_done_at) struct buf more = { 0 };
    size_t n = finding->n_evidence;

    if (n == 0) {
        return;
    }
    paper_add(&writer->paper, INK_BOLD, SPAN("  evidence"));
    blank_line(writer);
    for (size_t i = 0; i < n; i++) {
        if (writer->options->all || is_among(finding, i, most)) {
            add_evidence_item(writer, &finding->evidence[i]);
        }
    }
    if (n > most && !writer->options->all) {
        buf_printf(&more, "%zu more, --all shows them", n - most);
        paper_line(&writer->paper, INDENT, INK_DIM, buf_span(&more));
    }
}

static void add_ruled_out(const struct writer *writer, const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_ruled_out; i++) {
        const struct ruled_out *other = &finding->ruled_out[i];
        CLEANUP(buf_done_at) struct buf line = { 0 };

        buf_printf(&line, "%s: %s", other->rule, other->because);
        paragraph(writer, i == 0 ? "  it is not" : "", line.data);
    }
}

static const char *remedy_label(enum remedy_kind kind)
{
    static const char *const labels[] = {
        [REMEDY_NOW] = "  fix now",  [REMEDY_PERSIST] = "  keep it", [REMEDY_INSTEAD] = "  instead",
        [REMEDY_INSPECT] = "  look", [REMEDY_VERIFY] = "  verify",
    };

    return labels[kind];
}

static void add_remedy(const struct writer *writer, const struct finding_remedy *remedy)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    buf_add_string(&line, remedy->action);
    if (remedy->needs) {
        buf_printf(&line, " (as %s%s", remedy->needs, remedy->risk ? "; " : ")");
    }
    if (remedy->risk) {
        buf_printf(&line, "%smind: %s)", remedy->needs ? "" : " (", remedy->risk);
    }
    paper_paragraph(&writer->paper, INDENT, remedy_label(remedy->kind), buf_span(&line));
    for (const char *const *run = remedy->run; run && *run; run++) {
        paper_command(&writer->paper, COMMAND_INDENT, span_of(*run));
    }
}

static void add_references(const struct writer *writer, const struct finding *finding)
{
    for (const char *const *url = finding->rule->references; url && *url; url++) {
        paper_add(&writer->paper, INK_BOLD,
                  span_of(url == finding->rule->references ? "  read      " : "            "));
        paper_command(&writer->paper, 0, span_of(*url));
    }
}

/* The next victim of a trouble that was explained above. */
static void add_repetition(const struct writer *writer, const struct finding *finding)
{
    blank_line(writer);
    add_heading(writer, finding);
    add_period(writer, finding);
    if (finding->explain && finding->explain[0]) {
        paragraph(writer, "  why", finding->explain);
    }
    add_evidence(writer, finding, /* most= */ 1);
}

static void add_finding(const struct writer *writer, const struct node *node,
                        const struct finding *finding)
{
    blank_line(writer);
    add_heading(writer, finding);
    add_period(writer, finding);
    if (finding->confidence != CONFIDENCE_CERTAIN || writer->options->all) {
        add_reasons(writer, finding);
    }
    if (finding->explain && finding->explain[0]) {
        paragraph(writer, "  why", finding->explain);
    }
    add_led_to(writer, node, finding);
    add_evidence(writer, finding, EVIDENCE_SHOWN);
    add_ruled_out(writer, finding);
    for (size_t i = 0; i < finding->n_remedies; i++) {
        add_remedy(writer, &finding->remedies[i]);
    }
    if (writer->options->all) {
        add_references(writer, finding);
    }
}

static void add_findings(const struct writer *writer)
{
    for (size_t i = 0; i < writer->report->n_nodes; i++) {
        const struct node *node = &writer->report->nodes[i];

        for (size_t k = 0; k < node->n_findings; k++) {
            const struct finding *finding = &node->findings[k];

            if (!is_shown(writer, finding)) {
                continue;
            }
            if (is_named(finding) && was_said(node, k)) {
                add_repetition(writer, finding);
            } else {
                add_finding(writer, node, finding);
            }
        }
    }
}

/* --- the rest --- */

/* Its position and time above it, once for words of the same record. */
static void add_last_word(const struct writer *writer, const struct unexplained *unit, size_t at)
{
    const struct last_word *word = &unit->last_words[at];
    const struct last_word *before = at > 0 ? word - 1 : NULL;
    CLEANUP(buf_done_at) struct buf line = { 0 };

    if (!before || before->origin.input != word->origin.input ||
        before->origin.offset != word->origin.offset || before->origin.line != word->origin.line ||
        !span_equal(before->origin.cursor, word->origin.cursor)) {
        add_position(writer, &line, &word->origin);
        buf_add_string(&line, "  ");
        add_time(writer, &line, &word->when, word->stamp);
        if (word->count > 1) {
            buf_printf(&line, ", the last of %llu of its kind", (unsigned long long)word->count);
        }
        paper_line(&writer->paper, INDENT, INK_DIM, buf_span(&line));
    }
    add_message(writer, word->text);
}

static void add_unexplained(const struct writer *writer)
{
    for (size_t i = 0; i < writer->report->n_unexplained; i++) {
        const struct unexplained *unit = &writer->report->unexplained[i];
        CLEANUP(buf_done_at) struct buf line = { 0 };

        if (span_empty(unit->unit) && unit->n_last_words == 0) {
            continue; /* the symptom has said all there is */
        }
        buf_add(&line, span_empty(unit->unit) ? SPAN("A process") : unit->unit);
        buf_add_string(&line, " died");
        if (!span_empty(unit->exit_status)) {
            buf_add_string(&line, " with status ");
            buf_add(&line, unit->exit_status);
        }
        buf_add_string(&line, unit->n_last_words ? ". Its last words:" : "");
        blank_line(writer);
        paper_paragraph(&writer->paper, INDENT, "unexplained", buf_span(&line));
        for (size_t k = 0; k < unit->n_last_words; k++) {
            add_last_word(writer, unit, k);
        }
    }
}

static void add_blind_spots(const struct writer *writer)
{
    for (size_t i = 0; i < writer->report->n_blind_spots; i++) {
        const struct note *note = &writer->report->blind_spots[i];
        CLEANUP(buf_done_at) struct buf line = { 0 };

        if (i == 0) {
            blank_line(writer);
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
        paper_paragraph(&writer->paper, INDENT, i == 0 ? "not seen" : "", buf_span(&line));
    }
}

static void add_input(const struct writer *writer, const struct report_input *input,
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
        add_count(&line, input->entries, "entry", "entries");
    }
    paper_paragraph(&writer->paper, INDENT, label, buf_span(&line));
}

static void add_inputs(const struct writer *writer)
{
    blank_line(writer);
    for (size_t i = 0; i < writer->report->n_inputs; i++) {
        add_input(writer, &writer->report->inputs[i], i == 0 ? "read" : "");
    }
}

static void render(const struct report *report, const struct render_options *options,
                   struct buf *out)
{
    struct writer writer = {
        .report = report,
        .options = options,
        .paper = { .out = out, .columns = options->columns, .colour = options->colour },
    };

    if (!add_root_verdicts(&writer)) {
        add_other_verdict(&writer);
    }
    add_findings(&writer);
    add_unexplained(&writer);
    add_blind_spots(&writer);
    add_inputs(&writer);
}

/* --- a log that is followed --- */

static void add_causes(struct buf *line, const struct node *node, const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_explained_by; i++) {
        buf_printf(line, "%s %s", i ? "," : ", led to by",
                   node->findings[finding->explained_by[i]].rule->id);
    }
}

/* `UPDATED     node01: kubelet.service is restarted again and again: ongoing, seen 16 times` */
static void add_change(const struct writer *writer, const struct change *change)
{
    static const char *const words[] = {
        [CHANGE_UPDATED] = "UPDATED",
        [CHANGE_CLOSED] = "CLOSED",
        [CHANGE_WITHDRAWN] = "WITHDRAWN",
    };
    const struct finding *finding = change->finding;
    CLEANUP(buf_done_at) struct buf line = { 0 };

    if (!span_empty(change->host)) {
        buf_add(&line, change->host);
        buf_add_string(&line, ": ");
    }
    if (!finding) {
        buf_add(&line, change->rule);
        buf_add_string(&line, " does not stand, as more of the log shows");
    } else {
        buf_printf(&line, "%s: %s, %s", finding->title,
                   finding_confidence_name(finding->confidence),
                   finding_status_name(finding->status));
        add_causes(&line, change->node, finding);
        buf_add_string(&line, ", seen ");
        add_count(&line, finding->count, "time", "times");
    }
    paper_paragraph(&writer->paper, INDENT, words[change->kind], buf_span(&line));
}

static void render_change(const struct report *report, const struct change *change,
                          const struct render_options *options, struct buf *out)
{
    struct writer writer = {
        .report = report,
        .options = options,
        .paper = { .out = out, .columns = options->columns, .colour = options->colour },
    };

    if (change->kind != CHANGE_OPENED) {
        add_change(&writer, change);
    } else if (is_shown(&writer, change->finding)) {
        add_finding(&writer, change->node, change->finding);
        if (!span_empty(change->host)) {
            paper_paragraph(&writer.paper, INDENT, "  on", change->host);
        }
    }
}

static void render_summary(const struct report *report, const struct render_options *options,
                           struct buf *out)
{
    struct writer writer = {
        .report = report,
        .options = options,
        .paper = { .out = out, .columns = options->columns, .colour = options->colour },
    };

    blank_line(&writer);
    if (!add_root_verdicts(&writer)) {
        add_other_verdict(&writer);
    }
    add_inputs(&writer);
}

const struct renderer renderer_text = {
    .name = "text",
    .summary = "for people, on one screen",
    .render = render,
    .render_change = render_change,
    .render_summary = render_summary,
};
