/* The first line of the report: what is wrong at the end.
 *
 *   kmaster135: Swap is enabled, so the kubelet refuses to start
 *   Inconclusive: kubelet.service died 40 times: 30 times because of kubelet/swap-enabled (until
 *       10:04:50), then 10 times for a reason that no rule knows; its last words: ...
 *   node01: kubelet.service was stopped at 10:05:00: alice ran /usr/bin/systemctl stop kubelet
 *   No cause of a failure found; node01: kubelet.service has been running since 10:05:00 */

#include "verdict/sentence.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/utf8.h"
#include "finding/root_line.h"

enum {
    WORDS_MAX = 160 /* bytes of the last words */
};

static bool add_first_root(const struct report *report, struct buf *out)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            if (finding_is_named(&report->nodes[i].findings[k])) {
                root_line_add(out, &report->nodes[i], k);
                return true;
            }
        }
    }
    return false;
}

/* --- a death that no rule explains --- */

static void add_last_words(const struct unexplained *unit, struct buf *out)
{
    struct span text;

    if (unit->n_last_words == 0) {
        return;
    }
    text = span_trim(unit->last_words[unit->n_last_words - 1].text);
    buf_add_string(out, "; its last words: ");
    for (size_t i = 0; i < text.size && i < WORDS_MAX; i++) {
        buf_add_byte(out, text.data[i] == '\n' ? ' ' : text.data[i]);
    }
    if (text.size > WORDS_MAX) {
        buf_add_string(out, "...");
    }
}

static void add_inconclusive(const struct unexplained *unit, struct buf *out)
{
    buf_add_string(out, "Inconclusive: ");
    if (unit->deaths) {
        buf_add(out, span_empty(unit->unit) ? SPAN("a process") : unit->unit);
        buf_add_byte(out, ' ');
        buf_add_string(out, unit->deaths);
        add_last_words(unit, out);
        return;
    }
    if (span_empty(unit->unit)) {
        buf_add_string(out, unit->title);
    } else {
        buf_add(out, unit->unit);
        buf_add_string(out, " died");
    }
    buf_add_string(out, ", and no rule explains why");
}

/* --- nothing is wrong --- */

static void add_since(const struct node_unit *unit, const char *preposition, struct buf *out)
{
    if (!span_empty(unit->since_stamp)) {
        buf_printf(out, " %s ", preposition);
        buf_add(out, unit->since_stamp);
    } else if (unit->since.time_us != TIME_UNKNOWN && unit->since.year_known) {
        buf_printf(out, " %s ", preposition);
        calendar_add_rfc3339(out, unit->since.time_us, unit->since.zone_minutes,
                             unit->since.zone_known);
    }
}

static void add_unit_name(const struct node *node, const struct node_unit *unit, struct buf *out)
{
    if (!span_empty(node->host)) {
        buf_add(out, node->host);
        buf_add_string(out, ": ");
    }
    buf_add(out, unit->unit);
}

/* `was stopped at Jun 02 11:00:41: alice ran systemctl stop kubelet` */
static void add_stop(const struct node_unit *unit, struct buf *out)
{
    buf_add_string(out, " was stopped");
    if (!unit->stopped_by) {
        buf_add_string(out, " on purpose (systemd was asked to)");
    }
    add_since(unit, "at", out);
    if (unit->stopped_by) {
        buf_add_string(out, ": ");
        buf_add_string(out, unit->stopped_by);
    }
}

/* No log says more. */
static void add_listed(const struct node_unit *unit, struct buf *out)
{
    buf_add_string(out, unit->state == UNIT_DEAD      ? " has failed"
                        : unit->state == UNIT_LOOPING ? " is restarting"
                                                      : " is not running");
    buf_add_string(out, " as systemctl lists it, and its log is not in the input");
}

static bool has_news(const struct node_unit *unit)
{
    return unit->state == UNIT_STOPPED || unit->state == UNIT_NEVER_STARTED ||
           (unit->listed && unit->state != UNIT_RUNNING) ||
           (unit->state == UNIT_RUNNING && unit->deaths > 0);
}

/* A unit that does not run though it did not fail, or one that runs again. */
static void add_unit(const struct node *node, const struct node_unit *unit, struct buf *out)
{
    add_unit_name(node, unit, out);
    if (unit->listed && unit->state != UNIT_NEVER_STARTED) {
        add_listed(unit, out);
    } else if (unit->state == UNIT_STOPPED) {
        add_stop(unit, out);
    } else if (unit->state == UNIT_NEVER_STARTED) {
        buf_add_string(out, " was never started in this boot");
    } else {
        buf_add_string(out, " has been running");
        add_since(unit, "since", out);
    }
}

/* Those that the node needs and that are off, or the others; each after the separator. */
static void add_units(const struct report *report, bool off, const char *separator, struct buf *out)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_units; k++) {
            const struct node_unit *unit = &report->nodes[i].units[k];

            if (has_news(unit) && node_unit_is_off(unit) == off) {
                buf_add_string(out, separator);
                add_unit(&report->nodes[i], unit, out);
                separator = "; ";
            }
        }
    }
}

/* Nothing is known of the units that a node has, on no node. */
static void add_missing(const struct report *report, struct buf *out)
{
    const struct node_unit *missing = NULL;

    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_units; k++) {
            const struct node_unit *unit = &report->nodes[i].units[k];

            if (unit->expected && unit->state != UNIT_NOT_IN_INPUT) {
                return;
            }
            missing = unit->expected ? unit : missing;
        }
    }
    if (missing) {
        buf_printf(out, "; no log of the %.*s was found in the input", TEXT_OF(missing->unit));
    }
}

static uint64_t count_warnings(const struct report *report)
{
    uint64_t n = 0;

    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            const struct finding *finding = &report->nodes[i].findings[k];

            n += finding->role == FINDING_ROOT && finding->severity == RULE_WARNING &&
                 finding_status_is_current(finding->status);
        }
    }
    return n;
}

static bool has_text(const struct report *report)
{
    for (size_t i = 0; i < report->n_inputs; i++) {
        if (!report->inputs[i].error) {
            return true;
        }
    }
    return false;
}

static void add_no_root(const struct report *report, struct buf *out)
{
    uint64_t n = count_warnings(report);

    if (report_leads_with_unit(report)) {
        add_units(report, /* off= */ true, "", out);
    } else if (report->exit == EXIT_INPUT) {
        buf_add_string(out, has_text(report) ? "Nothing in the input looks like a log"
                                             : "No input could be read");
    } else if (report->n_unexplained > 0) {
        add_inconclusive(&report->unexplained[0], out);
    } else if (report->exit == EXIT_PARTIAL) {
        buf_add_string(out, "No cause of a failure found, but part of the input was not read");
    } else {
        buf_add_string(out, "No cause of a failure found");
        add_units(report, /* off= */ false, "; ", out);
        add_missing(report, out);
    }
    if (n > 0) {
        buf_printf(out, "; %llu %s", (unsigned long long)n, n == 1 ? "warning" : "warnings");
    }
}

void verdict_say(struct report *report)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };

    if (report->exit == EXIT_INCONCLUSIVE && report->n_unexplained > 0) {
        add_inconclusive(&report->unexplained[0], &out);
    } else if (report_leads_with_unit(report) || !add_first_root(report, &out)) {
        add_no_root(report, &out);
    }
    report->sentence = arena_string(report->arena, buf_span(&out));
}
