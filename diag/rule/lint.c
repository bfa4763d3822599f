/* Checks of rules that are valid but will disappoint. */

#include "rule/lint.h"

#include "base/buf.h"
#include "base/pattern.h"
#include "base/vec.h"

#include <errno.h>

enum {
    LITERAL_MIN = 4,
    ATTACK_BYTES = 4000
};

struct linter {
    const struct rules *rules;
    const struct rule *rule;
    const char *code; /* of the check at work */
    struct arena *arena;
    VEC(struct lint_issue) issues;
};

#define TEXT_OF(span) (int)span_head(span, 64).size, (span).data ? (span).data : ""

static void add_issue(struct linter *linter, struct place place, const char *text)
{
    vec_push(&linter->issues, (struct lint_issue){ linter->code, linter->rule->id, place, text });
}

static bool is_state_only(const struct signal_rule *signal)
{
    return !signal->streams;
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
    for (size_t i = 0; i < signal->n_literals; i++) {
        struct span literal = signal->literals[i];

        if (literal.size < LITERAL_MIN)
            add_issue(
                linter, signal->place,
                arena_printf(linter->arena,
                             "the literal '%.*s' of %.*s has less than %d bytes and stands in "
                             "too many lines",
                             TEXT_OF(literal), TEXT_OF(signal->name), LITERAL_MIN));
    }
}

/* Is the last character a `$` that is an anchor? */
static bool ends_anchored(struct span pattern)
{
    size_t n = 0;

    if (span_ends(pattern, SPAN("\\z")) || span_ends(pattern, SPAN("\\Z")))
        return true;
    if (!span_ends(pattern, SPAN("$")))
        return false;
    while (n + 1 < pattern.size && pattern.data[pattern.size - 2 - n] == '\\')
        n++;
    return n % 2 == 0;
}

static void check_end_anchor(struct linter *linter, const struct signal_rule *signal)
{
    if (!is_state_only(signal) && ends_anchored(pattern_text(linter, signal->pattern)))
        add_issue(linter, pattern_place(linter, signal->pattern),
                  "the pattern ends with an anchor and fails on a line that a pager has cut");
}

/* A run of one thing, with what the pattern asks for in front and what it cannot want behind; then
 * the pattern's own text, because PCRE2 gives up at once where a character that it needs is
 * missing. */
static bool is_slow_on(struct pattern *pattern, struct span start, const char *filler,
                       struct span end)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    buf_add(&text, start);
    while (text.size < ATTACK_BYTES)
        buf_add_string(&text, filler);
    buf_add_byte(&text, '\x01');
    buf_add(&text, end);
    return pattern_match(pattern, buf_span(&text), 0) == -E2BIG;
}

static bool is_slow(struct pattern *pattern, struct span text, const struct signal_rule *signal)
{
    static const char *const fillers[] = { "a",  "0",  " ", "a ", "/a", "a,",
                                           "a=", "\"", "[", "a.", "-" };

    for (size_t i = 0; i < N_ELEMENTS(fillers); i++) {
        if (is_slow_on(pattern, (struct span){ 0 }, fillers[i], text))
            return true;
        for (size_t j = 0; j < signal->n_literals; j++) {
            if (is_slow_on(pattern, signal->literals[j], fillers[i], text))
                return true;
        }
    }
    return false;
}

/* Calls `visit` for each pattern that is matched against messages. */
static void each_pattern(struct linter *linter, const struct signal_rule *signal,
                         void (*visit)(struct linter *, const struct signal_rule *, uint32_t))
{
    const struct block_rule *block = &signal->block;

    visit(linter, signal, signal->pattern);
    visit(linter, signal, signal->each);
    if (!block->present)
        return;
    visit(linter, signal, block->from);
    visit(linter, signal, block->to);
    visit(linter, signal, block->rows);
    for (size_t i = 0; i < block->n_reads; i++)
        visit(linter, signal, block->reads[i]);
}

static void visit_slow(struct linter *linter, const struct signal_rule *signal, uint32_t index)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;

    if (index == PATTERN_NONE || pattern_compile(pattern_text(linter, index), &pattern, NULL) < 0)
        return;
    if (is_slow(pattern, pattern_text(linter, index), signal))
        add_issue(linter, pattern_place(linter, index),
                  "the pattern reaches its limits on a line made for it: look for a repeat in a "
                  "repeat");
}

static void check_slow(struct linter *linter, const struct signal_rule *signal)
{
    each_pattern(linter, signal, visit_slow);
}

/* ---- captures ---- */

/* `{name}`, `{name|...`, `{name: ...` or `{name.` */
static bool template_names(const char *text, struct span name)
{
    for (const char *at = text ? strchr(text, '{') : NULL; at; at = strchr(at + 1, '{')) {
        struct span rest = span_of(at + 1);

        if (span_starts(rest, name) && rest.size > name.size &&
            strchr("}|:.", rest.data[name.size]))
            return true;
    }
    return false;
}

static bool texts_name(const struct rule *rule, struct span name)
{
    bool named = template_names(rule->title, name) || template_names(rule->explain, name);

    for (size_t i = 0; i < rule->n_remedies; i++) {
        const struct remedy *remedy = &rule->remedies[i];

        named = named || template_names(remedy->action, name) || template_names(remedy->risk, name);
        for (size_t j = 0; remedy->run && remedy->run[j]; j++)
            named = named || template_names(remedy->run[j], name);
    }
    for (size_t i = 0; i < rule->n_rules_out; i++)
        named = named || template_names(rule->rules_out[i].because, name);
    return named;
}

static bool conditions_name(const struct condition *conditions, size_t n, struct span name)
{
    for (size_t i = 0; i < n; i++) {
        if (span_equal(conditions[i].name, name) || span_equal(conditions[i].other_fact, name))
            return true;
    }
    return false;
}

static bool signal_names(const struct signal_rule *signal, struct span name)
{
    bool named = conditions_name(signal->where, signal->n_where, name) ||
                 (signal->block.present && span_equal(signal->block.rows_top, name));

    for (size_t i = 0; i < signal->n_set; i++)
        named =
            named || conditions_name(signal->set[i].conditions, signal->set[i].n_conditions, name);
    return named;
}

static bool is_column_of(struct span fact, struct span name)
{
    return fact.size > name.size && span_ends(fact, name) &&
           fact.data[fact.size - name.size - 1] == '.';
}

static bool tests_name(const struct rule *rule, struct span name)
{
    for (size_t i = 0; i < rule->n_tests; i++) {
        for (size_t j = 0; j < rule->tests[i].n_expect; j++) {
            if (is_column_of(rule->tests[i].expect[j].name, name))
                return true;
        }
    }
    return false;
}

static bool when_names(const struct when *when, struct span fact)
{
    if (!when)
        return false;
    for (size_t i = 0; i < when->n_children; i++) {
        if (when_names(&when->children[i], fact))
            return true;
    }
    return span_equal(when->fact, fact);
}

/* `unit` is read by the matcher itself: the unit whose life a signal is about. */
static bool is_used(const struct rule *rule, struct span name)
{
    if (span_is(name, "unit") || texts_name(rule, name) || tests_name(rule, name) ||
        when_names(rule->when, name))
        return true;
    for (size_t i = 0; i < rule->n_facts; i++) {
        if (span_equal(rule->facts[i].name, name) || is_column_of(rule->facts[i].name, name))
            return true;
    }
    for (size_t i = 0; i < rule->n_key; i++) {
        if (span_equal(rule->key[i], name))
            return true;
    }
    for (size_t i = 0; i < rule->n_signals; i++) {
        if (signal_names(&rule->signals[i], name))
            return true;
    }
    return false;
}

static void visit_captures(struct linter *linter, const struct signal_rule *signal, uint32_t index)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;

    (void)signal;
    if (index == PATTERN_NONE || pattern_compile(pattern_text(linter, index), &pattern, NULL) < 0)
        return;
    for (size_t i = 0; i < pattern_n_groups(pattern); i++) {
        struct span name = pattern_group_name(pattern, i);

        if (!is_used(linter->rule, name))
            add_issue(linter, pattern_place(linter, index),
                      arena_printf(linter->arena, "nothing uses the fact '%.*s'", TEXT_OF(name)));
    }
}

static void check_captures(struct linter *linter, const struct signal_rule *signal)
{
    each_pattern(linter, signal, visit_captures);
}

/* ---- who names a signal, who speaks in a stream ---- */

static bool tree_names(const struct when *when, uint32_t signal)
{
    bool named;

    if (!when)
        return false;
    named = (when->kind == WHEN_SIGNAL || when->kind == WHEN_COUNT || when->kind == WHEN_DISTINCT ||
             when->kind == WHEN_ABSENT) &&
            (when->signal == signal || when->after == signal);
    for (size_t i = 0; i < when->n_sequence; i++)
        named = named || when->sequence[i] == signal;
    for (size_t i = 0; i < when->n_children; i++)
        named = named || tree_names(&when->children[i], signal);
    return named;
}

static bool is_named(const struct rule *rule, uint32_t signal)
{
    bool named = tree_names(rule->when, signal);

    for (size_t i = 0; i < rule->n_raised_by; i++)
        named = named || tree_names(rule->raised_by[i].when, signal);
    for (size_t i = 0; i < rule->n_lowered_by; i++)
        named = named || tree_names(rule->lowered_by[i].when, signal);
    for (size_t i = 0; i < rule->n_rules_out; i++)
        named = named || tree_names(rule->rules_out[i].when, signal);
    for (size_t i = 0; i < rule->n_remedies; i++)
        named = named || tree_names(rule->remedies[i].when, signal);
    return named;
}

static bool gives_facts(const struct linter *linter, const struct signal_rule *signal)
{
    return span_find(pattern_text(linter, signal->pattern), SPAN("(?<")) >= 0 || signal->n_set ||
           signal->each != PATTERN_NONE || signal->block.present;
}

/* Proofs speak for themselves, context by its facts, signs where no `when` asks for others. */
static void check_idle(struct linter *linter, const struct signal_rule *signal)
{
    const struct rule *rule = linter->rule;
    bool idle;

    if (signal->life != LIFE_GOES_ON || is_named(rule, (uint32_t)(signal - rule->signals)))
        return;
    idle = (signal->role == ROLE_SIGN && rule->when) ||
           (signal->role == ROLE_CONTEXT && !gives_facts(linter, signal));
    if (idle)
        add_issue(linter, signal->place,
                  arena_printf(linter->arena, "nothing asks for the signal '%.*s'",
                               TEXT_OF(signal->name)));
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
        if (signal->streams >> i & 1 && is_mute(&streams->items[i]))
            add_issue(linter, signal->place,
                      arena_printf(linter->arena, "nobody can speak in the stream '%s'",
                                   streams->items[i].name));
    }
}

/* ---- the rule ---- */

static void check_verify(struct linter *linter, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_remedies; i++) {
        if (strcmp(rule->remedies[i].kind, "verify") == 0)
            return;
    }
    if (rule->severity >= RULE_ERROR)
        add_issue(linter, rule->place,
                  "no remedy of kind 'verify' says how to see that it is over");
}

static bool expects(const struct rule_test *test, const char *id)
{
    for (size_t i = 0; i < test->n_expect; i++) {
        if (span_is(test->expect[i].name, "root") && span_is(test->expect[i].value, id))
            return true;
    }
    for (size_t i = 0; test->expect_findings[i]; i++) {
        if (strcmp(test->expect_findings[i], id) == 0)
            return true;
    }
    for (size_t i = 0; test->folds[i]; i++) {
        if (strcmp(test->folds[i], id) == 0)
            return true;
    }
    return false;
}

static bool expects_none(const struct rule_test *test, const char *id)
{
    for (size_t i = 0; test->expect_none[i]; i++) {
        if (strcmp(test->expect_none[i], id) == 0)
            return true;
    }
    return false;
}

static void check_positive(struct linter *linter, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_tests; i++) {
        if (expects(&rule->tests[i], rule->id))
            return;
    }
    add_issue(linter, rule->place, "no test expects the rule to be found");
}

static void check_negative(struct linter *linter, const struct rule *rule)
{
    for (size_t i = 0; i < rule->n_tests; i++) {
        if (expects_none(&rule->tests[i], rule->id))
            return;
    }
    add_issue(linter, rule->place, "no test says what must not be taken for it");
}

static const struct {
    const char *code;
    void (*check)(struct linter *linter, const struct rule *rule);
} rule_checks[] = {
    { "no-verify", check_verify },
    { "no-positive-test", check_positive },
    { "no-negative-test", check_negative },
};

static const struct {
    const char *code;
    void (*check)(struct linter *linter, const struct signal_rule *signal);
} signal_checks[] = {
    { "short-literal", check_literals }, { "end-anchor", check_end_anchor },
    { "slow-pattern", check_slow },      { "unused-capture", check_captures },
    { "idle-signal", check_idle },       { "mute-stream", check_mute },
};

const struct lint_check_name lint_check_names[] = {
    { "no-verify", "a rule of severity error or worse has no remedy that verifies" },
    { "no-positive-test", "no test expects the rule" },
    { "no-negative-test", "no test says what must not be taken for it" },
    { "short-literal", "a literal of less than 4 bytes sends too many lines to PCRE2" },
    { "end-anchor", "a pattern that ends with an anchor fails on lines cut by a pager" },
    { "slow-pattern", "a pattern reaches its limits on a line made for it" },
    { "unused-capture", "a named group that no text, condition, key, type or test names" },
    { "idle-signal", "a signal that decides nothing and gives no facts" },
    { "mute-stream", "a stream in which nobody can speak" },
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
        for (size_t j = 0; j < linter->rule->n_signals; j++)
            signal_checks[i].check(linter, &linter->rule->signals[j]);
    }
}

struct lint_issues lint_rules(const struct rules *rules, struct arena *arena)
{
    struct linter linter = { .rules = rules, .arena = arena };
    struct lint_issues found = { 0 };
    struct lint_issue *items;

    for (size_t i = 0; i < rules->n; i++) {
        linter.rule = &rules->items[i];
        lint_rule(&linter);
    }
    found.n = linter.issues.n;
    items = ARENA_ARRAY(arena, struct lint_issue, found.n);
    for (size_t i = 0; i < found.n; i++)
        items[i] = linter.issues.items[i];
    found.items = items;
    vec_free(&linter.issues);
    return found;
}
