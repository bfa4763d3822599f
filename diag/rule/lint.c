/* Checks of rules that are valid but will disappoint. */

#include "rule/lint.h"

#include "base/buf.h"
#include "base/vec.h"
#include "rule/healthy.h"
#include "rule/lint_pattern.h"
#include "rule/literal.h"
#include "rule/yaml.h"

#include <errno.h>

enum {
    LITERAL_MIN = 4
};

struct linter {
    const struct rules *rules;
    const struct rule *rule;
    const char *code; /* of the check at work */
    struct arena *arena;
    VEC(struct lint_issue) issues;
};

static void add_issue(struct linter *linter, struct place place, const char *text)
{
    vec_push(&linter->issues, (struct lint_issue){ linter->code, linter->rule->id, place, text });
}

static struct span pattern_text(const struct linter *linter, uint32_t pattern)
{
    return pattern == PATTERN_NONE ? (struct span){ 0 } : linter->rules->patterns[pattern].text;
}

static struct place pattern_place(const struct linter *linter, uint32_t pattern)
{
    return linter->rules->patterns[pattern].place;
}

/* ---- signals ---- */

static void check_literals(struct linter *linter, const struct signal_rule *signal)
{
    for (size_t i = 0; signal->streams && i < signal->n_literals; i++) {
        struct span literal = signal->literals[i];

        if (literal.size < LITERAL_MIN) {
            add_issue(linter, signal->place,
                      arena_printf(linter->arena,
                                   "the literal '%.*s' of %.*s has less than %d bytes and is in "
                                   "too many lines",
                                   TEXT_OF(literal), TEXT_OF(signal->name), LITERAL_MIN));
        }
    }
}

/* The texts of `literal:`, in the rule's file; NULL if the signal has no `literal:`. */
static const struct yaml *hand_written(const struct linter *linter,
                                       const struct signal_rule *signal)
{
    const struct yaml *item = yaml_get(linter->rule->tree, "signals")->first;

    for (size_t i = 0; i < (size_t)(signal - linter->rule->signals); i++) {
        item = item->next;
    }
    return yaml_get(item, "literal");
}

/* Does every record that holds `derived` also hold one of the hand-written texts, except for a space at
 * its ends, which the derived one never has? */
static bool is_covered(struct linter *linter, struct span derived, const struct yaml *given)
{
    struct span wide =
        span_of(arena_printf(linter->arena, " %.*s ", (int)derived.size, derived.data));
    size_t n;
    const struct yaml *item = yaml_items(given, &n);

    for (size_t i = 0; i < n; i++, item = item->next) {
        if (span_find(wide, item->text) >= 0) {
            return true;
        }
    }
    return false;
}

/* A hand-written literal is there to be rarer. It cannot be where each derived one contains it. */
static void check_needless_literal(struct linter *linter, const struct signal_rule *signal)
{
    const struct yaml *given = hand_written(linter, signal);
    struct literals derived = { 0 };

    if (!given || signal->pattern == PATTERN_NONE) {
        return;
    }
    derived = literals_of_pattern(pattern_text(linter, signal->pattern), linter->arena);
    for (size_t i = 0; i < derived.n; i++) {
        if (!is_covered(linter, derived.items[i], given)) {
            return;
        }
    }
    if (derived.n) {
        add_issue(linter, yaml_place(given),
                  arena_printf(linter->arena,
                               "'literal' is not rarer than '%.*s', which the loader derives: "
                               "remove it",
                               TEXT_OF(derived.items[0])));
    }
}

/* Is each text that must be in the literal's line rare by itself? */
static bool has_rare_also(const struct signal_rule *signal)
{
    for (size_t i = 0; i < signal->n_also; i++) {
        if (healthy_hits(signal->also[i], false).always > 0) {
            return false;
        }
    }
    return signal->n_also > 0;
}

/* Each record that holds a literal is decoded, and each pattern with it tried. */
static void check_common_literal(struct linter *linter, const struct signal_rule *signal)
{
    const struct yaml *given = hand_written(linter, signal);

    if (has_rare_also(signal)) {
        return;
    }
    for (size_t i = 0; signal->streams && i < signal->n_literals; i++) {
        struct span literal = signal->literals[i];

        if (healthy_hits(literal, signal->literals_caseless).always > 0) {
            add_issue(
                linter, given ? yaml_place(given) : signal->place,
                arena_printf(linter->arena,
                             "the literal '%.*s' of %.*s is in more than one of 10,000 lines "
                             "of a healthy node: require a rarer text, or add 'literal' or 'also'",
                             TEXT_OF(literal), TEXT_OF(signal->name)));
        }
    }
}

/* A context signal may miss a line; the signals that a finding depends on must not. */
static void check_end_anchor(struct linter *linter, const struct signal_rule *signal)
{
    struct span pattern = pattern_text(linter, signal->pattern);

    if (signal->streams && signal->role != ROLE_CONTEXT && lint_fails_on_cut_lines(pattern)) {
        add_issue(linter, pattern_place(linter, signal->pattern),
                  "the pattern ends with an anchor and does not match a line truncated by a pager");
    }
}

/* Calls `visit` for each pattern that is matched against messages. */
static void each_pattern(struct linter *linter, const struct signal_rule *signal,
                         void (*visit)(struct linter *, const struct signal_rule *, uint32_t))
{
    const struct block_rule *block = &signal->block;

    visit(linter, signal, signal->pattern);
    visit(linter, signal, signal->each);
    if (!block->present) {
        return;
    }
    visit(linter, signal, block->from);
    visit(linter, signal, block->to);
    visit(linter, signal, block->rows);
    for (size_t i = 0; i < block->n_reads; i++) {
        visit(linter, signal, block->reads[i]);
    }
}

static void visit_slow(struct linter *linter, const struct signal_rule *signal, uint32_t index)
{
    if (index != PATTERN_NONE &&
        lint_is_slow(pattern_text(linter, index), signal->literals, signal->n_literals)) {
        add_issue(linter, pattern_place(linter, index),
                  "the pattern exceeds its match limits on a crafted line: look for nested "
                  "quantifiers");
    }
}

static void check_slow(struct linter *linter, const struct signal_rule *signal)
{
    each_pattern(linter, signal, visit_slow);
}

/* ---- groups ---- */

static void visit_groups(struct linter *linter, const struct signal_rule *signal, uint32_t index)
{
    (void)signal;
    if (index != PATTERN_NONE && lint_has_numbered_group(pattern_text(linter, index))) {
        add_issue(linter, pattern_place(linter, index),
                  "a group without a name sets no fact: use '(?<name>' or '(?:'");
    }
}

static void check_groups(struct linter *linter, const struct signal_rule *signal)
{
    each_pattern(linter, signal, visit_groups);
}

/* ---- uses of a signal, senders of a stream ---- */

static bool tree_names(const struct when *when, uint32_t signal)
{
    bool named;

    if (!when) {
        return false;
    }
    named = (when->kind == WHEN_SIGNAL || when->kind == WHEN_COUNT || when->kind == WHEN_DISTINCT ||
             when->kind == WHEN_ABSENT) &&
            (when->signal == signal || when->after == signal || when->before == signal);
    for (size_t i = 0; i < when->n_sequence; i++) {
        named = named || when->sequence[i] == signal;
    }
    for (size_t i = 0; i < when->n_children; i++) {
        named = named || tree_names(&when->children[i], signal);
    }
    return named;
}

static bool is_named(const struct rule *rule, uint32_t signal)
{
    bool named = tree_names(rule->when, signal);

    for (size_t i = 0; i < rule->n_raised_by; i++) {
        named = named || tree_names(rule->raised_by[i].when, signal);
    }
    for (size_t i = 0; i < rule->n_lowered_by; i++) {
        named = named || tree_names(rule->lowered_by[i].when, signal);
    }
    for (size_t i = 0; i < rule->n_rules_out; i++) {
        named = named || tree_names(rule->rules_out[i].when, signal);
    }
    for (size_t i = 0; i < rule->n_remedies; i++) {
        named = named || tree_names(rule->remedies[i].when, signal);
    }
    return named;
}

/* A proof matches alone, and context and contradictions are shown; a sign has an effect only if
 * `when` uses it, in a rule that has a `when`. */
static void check_idle(struct linter *linter, const struct signal_rule *signal)
{
    const struct rule *rule = linter->rule;

    if (signal->role == ROLE_SIGN && rule->when && signal->run == RUN_GOES_ON &&
        !is_named(rule, (uint32_t)(signal - rule->signals))) {
        add_issue(linter, signal->place,
                  arena_printf(linter->arena, "'when' does not use the sign '%.*s'",
                               TEXT_OF(signal->name)));
    }
}

static bool is_mute(const struct stream *stream)
{
    return !stream->units[0] && !stream->identifiers[0] && !stream->transports[0] &&
           !stream->klog_wrappers[0] && !stream->anonymous;
}

static void check_mute(struct linter *linter, const struct signal_rule *signal)
{
    const struct streams *streams = &linter->rules->streams;

    for (size_t i = 0; i < streams->n; i++) {
        if (signal->streams >> i & 1 && is_mute(&streams->items[i])) {
            add_issue(linter, signal->place,
                      arena_printf(linter->arena, "the stream '%s' has no senders",
                                   streams->items[i].name));
        }
    }
}

/* ---- the rule ---- */

/* Context and contradictions alone give no finding; what reports missing lines becomes a blind spot. */
static void check_proof(struct linter *linter, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_signals; i++) {
        const struct signal_rule *signal = &rule->signals[i];

        if (signal->role == ROLE_PROOF || signal->role == ROLE_SIGN ||
            signal->blind_spot != BLIND_SPOT_NONE) {
            return;
        }
    }
    if (!rule->when) {
        add_issue(linter, rule->place, "no signal is a proof or a sign: the rule is never found");
    }
}

static void check_verify(struct linter *linter, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_remedies; i++) {
        if (rule->remedies[i].kind == REMEDY_VERIFY) {
            return;
        }
    }
    if (rule->severity >= RULE_ERROR) {
        add_issue(linter, rule->place,
                  "no remedy of kind 'verify' checks that the problem is solved");
    }
}

static bool expects(const struct rule_test *test, const char *id)
{
    for (size_t i = 0; i < test->n_expect; i++) {
        if (span_is(test->expect[i].name, "root") && span_is(test->expect[i].value, id)) {
            return true;
        }
        if (span_is(test->expect[i].name, "blind_spot") &&
            !span_is(test->expect[i].value, "none")) {
            return true;
        }
    }
    for (size_t i = 0; test->expect_findings[i]; i++) {
        if (strcmp(test->expect_findings[i], id) == 0) {
            return true;
        }
    }
    for (size_t i = 0; test->folds[i]; i++) {
        if (strcmp(test->folds[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static bool expects_none(const struct rule_test *test, const char *id)
{
    for (size_t i = 0; test->expect_none[i]; i++) {
        if (strcmp(test->expect_none[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static void check_positive(struct linter *linter, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_tests; i++) {
        if (expects(&rule->tests[i], rule->id)) {
            return;
        }
    }
    add_issue(linter, rule->place, "no test expects the rule to be found");
}

static void check_negative(struct linter *linter, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_tests; i++) {
        if (expects_none(&rule->tests[i], rule->id)) {
            return;
        }
    }
    add_issue(linter, rule->place, "no test has the rule in 'expect_none'");
}

/* Without either, what happened once explains all that follows until the log ends. */
static void check_bounds(struct linter *linter, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_explains; i++) {
        const struct explains *edge = &rule->explains[i];

        if (edge->within_us == 0 && !(edge->same & SAME_RUN)) {
            add_issue(
                linter, edge->place,
                arena_printf(linter->arena,
                             "the cause of %s has no bound: add 'within:', or 'run' to 'same:'",
                             linter->rules->items[edge->rule].id));
        }
    }
}

static const struct {
    const char *code;
    void (*check)(struct linter *linter, const struct rule *rule);
} rule_checks[] = {
    { "unbounded-edge", check_bounds },     { "no-proof", check_proof },
    { "no-verify", check_verify },          { "no-positive-test", check_positive },
    { "no-negative-test", check_negative },
};

static const struct {
    const char *code;
    void (*check)(struct linter *linter, const struct signal_rule *signal);
} signal_checks[] = {
    { "short-literal", check_literals },
    { "needless-literal", check_needless_literal },
    { "common-literal", check_common_literal },
    { "end-anchor", check_end_anchor },
    { "slow-pattern", check_slow },
    { "unnamed-group", check_groups },
    { "idle-signal", check_idle },
    { "mute-stream", check_mute },
};

const struct lint_check_name lint_check_names[] = {
    { "unbounded-edge", "an item of 'explains' has neither 'within' nor 'run' in 'same'" },
    { "no-proof", "no signal is a proof or a sign, so that the rule is never found" },
    { "no-verify", "a rule of severity error or higher has no remedy of kind 'verify'" },
    { "no-positive-test", "no test expects the rule" },
    { "no-negative-test", "no test has the rule in 'expect_none'" },
    { "short-literal", "a literal of less than 4 bytes is in too many lines" },
    { "needless-literal", "a literal that is not rarer than the derived one" },
    { "common-literal", "a literal that lines of healthy nodes hold" },
    { "end-anchor",
      "a pattern that ends with an anchor does not match lines truncated by a pager" },
    { "slow-pattern", "a pattern exceeds its match limits on a crafted line" },
    { "unnamed-group", "a group without a name sets no fact" },
    { "idle-signal", "a sign that the rule's `when` does not ask for" },
    { "mute-stream", "a stream without senders" },
    { NULL, NULL },
};

static void lint_rule(struct linter *linter)
{
    for (size_t i = 0; i < N_ELEMENTS(rule_checks); i++) {
        linter->code = rule_checks[i].code;
        rule_checks[i].check(linter, linter->rule);
    }
    for (size_t i = 0; i < N_ELEMENTS(signal_checks); i++) {
        linter->code = signal_checks[i].code;
        for (size_t j = 0; j < linter->rule->n_signals; j++) {
            signal_checks[i].check(linter, &linter->rule->signals[j]);
        }
    }
}

struct lint_issues lint_rules(const struct rules *rules, struct arena *arena)
{
    struct linter linter = { .rules = rules, .arena = arena };
    struct lint_issues found = { 0 };
    struct lint_issue *items;

    for (size_t i = 0; i < rules->n; i++) {
        linter.rule = &rules->items[i];
        if (linter.rule->checked) {
            lint_rule(&linter);
        }
    }
    found.n = linter.issues.n;
    items = ARENA_ARRAY(arena, struct lint_issue, found.n);
    for (size_t i = 0; i < found.n; i++) {
        items[i] = linter.issues.items[i];
    }
    found.items = items;
    vec_free(&linter.issues);
    return found;
}
