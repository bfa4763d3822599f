/* Where a rule stopped.
 *
 *   kubelet/swap-enabled is not found
 *     refused (proof): line 7: the pattern does not match
 *         message: failed to run Kubelet: running with swap on is unsupported
 *         matches: failed to run [Kk]ubelet:? (?:err=failed to run Kubelet: )?[Rr]unning with swap on is
 *         and not:  not su
 *     swaps (context): the input has none of its literals: '/proc/swaps cont', ... */

#include "workbench/why_not.h"

#include "base/limits.h"
#include "base/pattern.h"
#include "cli/message.h"
#include "entry/component.h"
#include "finding/report.h"
#include "format/format.h"
#include "match/matcher.h"
#include "pipeline.h"
#include "rule/condition.h"

#include <stdio.h>

enum {
    SHOWN = 200 /* bytes of a message */
};

/* The record on which a signal came furthest. */
struct reached {
    bool tried;
    enum match_stage stage;
    uint64_t line, count; /* of records that came so far */
    struct span message, identifier, streams;
    struct component component;
    const struct condition *condition;
    struct span fact; /* what the condition was asked of */
    bool fact_known;
};

struct inquiry {
    const struct rules *rules;
    const struct rule *rule;
    struct arena *arena;
    struct reached *signals;
};

static struct span stream_names(const struct inquiry *inquiry, uint64_t set)
{
    CLEANUP(buf_done_at) struct buf names = { 0 };

    for (size_t i = 0; i < inquiry->rules->streams.n; i++) {
        if (set >> i & 1) {
            buf_printf(&names, "%s%s", names.size ? ", " : "",
                       inquiry->rules->streams.items[i].name);
        }
    }
    return names.size ? arena_copy(inquiry->arena, buf_span(&names)) : SPAN("none");
}

/* The first of those that came furthest is kept. */
static void on_step(void *data, const struct match_step *step)
{
    struct inquiry *inquiry = data;
    struct reached *reached = &inquiry->signals[step->signal];

    if (reached->tried && step->stage == reached->stage) {
        reached->count++;
    }
    if (reached->tried && step->stage <= reached->stage) {
        return;
    }
    *reached = (struct reached){
        .tried = true,
        .stage = step->stage,
        .line = step->entry->origin.line,
        .count = 1,
        .message = arena_copy(inquiry->arena, span_head(step->entry->message, LIMIT_MESSAGE_BYTES)),
        .identifier = arena_copy(inquiry->arena, span_empty(step->entry->identifier)
                                                     ? SPAN("an unknown sender")
                                                     : step->entry->identifier),
        .streams = stream_names(inquiry, step->entry->streams),
        .component = step->entry->component,
        .condition = step->condition,
        .fact_known = step->fact != NULL,
    };
    if (step->fact) {
        reached->fact = arena_copy(inquiry->arena, step->fact->text);
    }
}

/* ---- signals ---- */

static int shown(struct span text)
{
    return (int)span_head(text, SHOWN).size;
}

static void print_literals(const struct signal_rule *signal)
{
    printf("the input has none of its literals:");
    for (size_t i = 0; i < signal->n_literals; i++) {
        printf("%s '%.*s'", i ? "," : "", shown(signal->literals[i]), signal->literals[i].data);
    }
    putchar('\n');
}

static bool matches(struct span pattern, unsigned open, struct span message)
{
    CLEANUP(pattern_free_at) struct pattern *compiled = NULL;
    CLEANUP(buf_done_at) struct buf text = { 0 };

    buf_add(&text, pattern);
    while (open-- > 0) {
        buf_add_byte(&text, ')');
    }
    return pattern_compile(buf_span(&text), &compiled, NULL) >= 0 &&
           pattern_match(compiled, message, 0) > 0;
}

/* Groups that are open at the end of the pattern; classes and escapes are jumped over. */
static unsigned open_groups(struct span pattern)
{
    unsigned open = 0;
    bool class = false;

    for (size_t i = 0; i < pattern.size; i++) {
        char c = pattern.data[i];

        if (c == '\\') {
            i++;
        } else if (c == '[' || c == ']') {
            class = c == '[';
        } else if (!class && c == '(') {
            open++;
        } else if (!class && c == ')' && open) {
            open--;
        }
    }
    return open;
}

/* The longest beginning of the pattern that matches. What ends with `|` or `(` matches nothing at
 * all, which says nothing. */
static struct span longest_match(struct span pattern, struct span message)
{
    for (size_t n = pattern.size; n > 0; n--) {
        struct span head = span_head(pattern, n);

        if (!strchr("|(", head.data[n - 1]) && matches(head, open_groups(head), message)) {
            return head;
        }
    }
    return (struct span){ 0 };
}

static void print_pattern(const struct inquiry *inquiry, const struct signal_rule *signal,
                          const struct reached *reached)
{
    struct span pattern, head;

    if (signal->pattern == PATTERN_NONE) {
        printf("its MESSAGE_ID is different\n");
        return;
    }
    pattern = inquiry->rules->patterns[signal->pattern].text;
    head = longest_match(pattern, reached->message);
    printf("the pattern does not match\n");
    printf("      message: %.*s\n", shown(reached->message), reached->message.data);
    printf("      matches: %.*s\n", (int)head.size, head.size ? head.data : "");
    pattern = span_skip(pattern, head.size);
    printf("      and not: %.*s\n", shown(pattern), pattern.data);
}

static void print_condition(const struct reached *reached)
{
    const struct condition *condition = reached->condition;
    const char *sign = comparison_sign(condition->comparison);

    printf("this condition is false: { %s: { %.*s: '%s%s%.*s' } }",
           reached->stage == MATCH_FIELDS ? "fields" : "where", (int)condition->name.size,
           condition->name.data, sign, *sign ? " " : "", shown(condition->text),
           condition->text.data);
    if (reached->fact_known) {
        printf("; it is '%.*s'", shown(reached->fact), reached->fact.data);
    } else if (reached->stage == MATCH_WHERE) {
        printf("; the fact is unknown");
    }
    putchar('\n');
}

/* How the component of the line is known. */
static void print_component(const struct component *component)
{
    if (component->by) {
        printf(", %s by %s", component_known_name(component->known), component->by);
    }
}

static void print_stage(const struct inquiry *inquiry, const struct signal_rule *signal,
                        const struct reached *reached)
{
    switch (reached->stage) {
    case MATCH_STREAM:
        printf("its literal is in a line of %.*s (stream: %.*s", (int)reached->identifier.size,
               reached->identifier.data, (int)reached->streams.size, reached->streams.data);
        print_component(&reached->component);
        printf("), which it does not read\n");
        return;
    case MATCH_PATTERN:
        print_pattern(inquiry, signal, reached);
        return;
    case MATCH_FIELDS:
    case MATCH_WHERE:
        print_condition(reached);
        return;
    case MATCH_FIRED:
        printf("matches%s\n", reached->count > 1 ? ", and more records do" : "");
    }
}

static void print_signal(const struct inquiry *inquiry, size_t index)
{
    const struct signal_rule *signal = &inquiry->rule->signals[index];
    const struct reached *reached = &inquiry->signals[index];

    printf("  %.*s (%s): ", (int)signal->name.size, signal->name.data,
           signal_role_name(signal->role));
    if (!reached->tried) {
        print_literals(signal);
        return;
    }
    if (reached->line) {
        printf("line %llu: ", (unsigned long long)reached->line);
    }
    print_stage(inquiry, signal, reached);
}

/* ---- the finding ---- */

static const struct finding *find(const struct report *report, const struct rule *rule,
                                  const struct node **ret_node)
{
    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            *ret_node = &report->nodes[i];
            if (report->nodes[i].findings[k].rule == rule) {
                return &report->nodes[i].findings[k];
            }
        }
    }
    return NULL;
}

static void print_causes(const struct node *node, const struct finding *finding)
{
    for (size_t i = 0; i < finding->n_explained_by; i++) {
        printf("  explained by %s\n", node->findings[finding->explained_by[i]].rule->id);
    }
}

/* The root named before it on its node: a root that is not named has a better one. */
static void print_better(const struct report *report, const struct node *node,
                         const struct finding *finding)
{
    for (const char *const *root = report->root_causes; *root; root++) {
        if (strcmp(*root, finding->rule->id) == 0) {
            return;
        }
    }
    if (finding->role == FINDING_ROOT && finding->rule->severity < RULE_ERROR) {
        printf("  its severity is %s; the verdict names only error and critical\n",
               rule_severity_name(finding->rule->severity));
    } else if (finding->role == FINDING_ROOT && finding != node->findings) {
        printf("  %s precedes it\n", node->findings[0].rule->id);
    }
}

static void print_found(const struct report *report, const struct node *node,
                        const struct finding *finding)
{
    printf("%s is found: %s, %s, %s\n", finding->rule->id, finding_role_name(finding->role),
           finding_confidence_name(finding->confidence), finding_status_name(finding->status));
    print_causes(node, finding);
    print_better(report, node, finding);
}

static bool fired(const struct inquiry *inquiry, enum signal_role role)
{
    for (size_t i = 0; i < inquiry->rule->n_signals; i++) {
        if (inquiry->rule->signals[i].role == role && inquiry->signals[i].tried &&
            inquiry->signals[i].stage == MATCH_FIRED) {
            return true;
        }
    }
    return false;
}

static bool suppresses(const struct rules *rules, const struct rule *by, const struct rule *rule)
{
    for (size_t i = 0; i < by->n_suppresses; i++) {
        if (&rules->items[by->suppresses[i].rule] == rule) {
            return true;
        }
    }
    return false;
}

/* Its signals fired, and yet there is no finding. */
static void print_missing(const struct inquiry *inquiry, const struct report *report)
{
    bool silenced = false;

    for (size_t i = 0; i < report->n_nodes; i++) {
        for (size_t k = 0; k < report->nodes[i].n_findings; k++) {
            const struct rule *by = report->nodes[i].findings[k].rule;

            if (!suppresses(inquiry->rules, by, inquiry->rule)) {
                continue;
            }
            printf("  suppressed by %s\n", by->id);
            silenced = true;
        }
    }
    if (!silenced && fired(inquiry, ROLE_SIGN) && inquiry->rule->when) {
        printf("  its signs match, but `when` (line %u) is not true: check which signals did not "
               "match, and its states\n",
               inquiry->rule->when->place.line);
    }
}

static int answer(const struct inquiry *inquiry, const struct report *report)
{
    const struct node *node;
    const struct finding *finding = find(report, inquiry->rule, &node);

    if (finding) {
        print_found(report, node, finding);
    } else {
        printf("%s is not found\n", inquiry->rule->id);
    }
    for (size_t i = 0; i < inquiry->rule->n_signals; i++) {
        print_signal(inquiry, i);
    }
    if (!finding) {
        print_missing(inquiry, report);
    }
    return finding == NULL;
}

/* ---- the command ---- */

static void print_input_errors(const struct report *report)
{
    for (size_t i = 0; i < report->n_inputs; i++) {
        if (report->inputs[i].error) {
            message_print("%.*s: %s", (int)report->inputs[i].name.size, report->inputs[i].name.data,
                          report->inputs[i].error);
        }
    }
}

static int inquire(struct inquiry *inquiry, uint32_t rule, const struct format *format,
                   const struct words *paths)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    const struct matcher_trace trace = { .rule = rule, .step = on_step, .data = inquiry };
    struct pipeline_options options = {
        .rules = inquiry->rules,
        .format = format,
        .fail_on = RULE_ERROR,
        .trace = &trace,
    };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);

    pipeline_read_paths(pipeline, paths->items, paths->n);
    pipeline_finish(pipeline, report);
    print_input_errors(report);
    return answer(inquiry, report);
}

int why_not(const struct rules *rules, const char *id, const char *format,
            const struct words *paths)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct inquiry inquiry = { .rules = rules, .arena = arena };
    int64_t rule = rules_find(rules, span_of(id));

    if (rule < 0) {
        message_print("unknown rule '%s'; nodecause rules list lists the rules", id);
        return EXIT_USAGE;
    }
    inquiry.rule = &rules->items[rule];
    inquiry.signals = ARENA_ARRAY(arena, struct reached, inquiry.rule->n_signals);
    return inquire(&inquiry, (uint32_t)rule, format ? format_find(span_of(format)) : NULL, paths);
}
