/* State tables and columns that do not exist: the answer would always be unknown. */

#include "workbench/lint_states.h"

#include "base/near.h"
#include "state/state.h"

static const struct state_kind *find_kind(struct lint_list *list, const struct rule *rule,
                                          const struct yaml *at, struct span name)
{
    const struct state_kind *found = state_kind_find(name);
    struct span near = { 0 };

    for (const struct state_kind *const *kind = state_kinds; *kind && !found; kind++) {
        near = near_better(name, near, span_of((*kind)->name));
    }
    if (found) {
        return found;
    }
    if (span_empty(near)) {
        lint_add(list, "unknown-state", rule, at, "unknown state table '%.*s'", TEXT_OF(name));
    } else {
        lint_add(list, "unknown-state", rule, at,
                 "unknown state table '%.*s', did you mean '%.*s'?", TEXT_OF(name), TEXT_OF(near));
    }
    return NULL;
}

static bool has_column(const struct state_kind *kind, struct span name)
{
    struct span rest = span_of(kind->columns), column;

    while (span_word(&rest, &column)) {
        if (span_equal(column, name)) {
            return true;
        }
    }
    return false;
}

static void check_column(struct lint_list *list, const struct rule *rule, const struct yaml *at,
                         const struct state_kind *kind, struct span name)
{
    if (!has_column(kind, name)) {
        lint_add(list, "unknown-column", rule, at, "unknown column '%.*s' of %s; it has %s",
                 TEXT_OF(name), kind->name, kind->columns);
    }
}

/* `any: { fstype: swap, used: '> {size}' }` */
static void check_conditions(struct lint_list *list, const struct rule *rule,
                             const struct yaml *conditions, const struct state_kind *kind,
                             const struct state_rule *state)
{
    const struct yaml *child = conditions ? conditions->first : NULL;

    for (size_t i = 0; child && i < state->n_conditions; child = child->next, i++) {
        check_column(list, rule, child->key_at, kind, child->key);
        if (!span_empty(state->conditions[i].other_fact)) {
            check_column(list, rule, child, kind, state->conditions[i].other_fact);
        }
    }
}

static void check_state(struct lint_list *list, const struct rule *rule, const struct yaml *map,
                        const struct state_rule *state)
{
    static const char *const questions[] = { "any", "all", "none", "count" };
    const struct yaml *from = yaml_get(map, "from"), *path = yaml_get(map, "path");
    const struct state_kind *kind = find_kind(list, rule, from, state->from);

    if (!kind) {
        return;
    }
    if (path) {
        check_column(list, rule, path->key_at, kind, SPAN("path"));
    }
    for (size_t i = 0; i < N_ELEMENTS(questions); i++) {
        check_conditions(list, rule, yaml_get(map, questions[i]), kind, state);
    }
}

/* `stream: state/swaps` */
static void check_stream(struct lint_list *list, const struct rule *rule, const struct yaml *stream)
{
    struct span prefix = SPAN("state/");

    if (stream->type == YAML_TEXT && span_starts(stream->text, prefix)) {
        (void)find_kind(list, rule, stream, span_skip(stream->text, prefix.size));
    }
    for (const struct yaml *item = stream->first; item; item = item->next) {
        check_stream(list, rule, item);
    }
}

static void check_test(struct lint_list *list, const struct rule *rule, const struct yaml *test)
{
    const struct yaml *state = yaml_get(test, "state");

    for (const struct yaml *file = state ? state->first : NULL; file; file = file->next) {
        (void)find_kind(list, rule, file->key_at, file->key);
    }
}

void lint_states(struct lint_list *list, const struct rule *rule)
{
    const struct yaml *state = yaml_get(rule->tree, "state");
    const struct yaml *tests = yaml_get(rule->tree, "tests");
    const struct yaml *signal = yaml_get(rule->tree, "signals")->first;

    state = state ? state->first : NULL;
    for (size_t i = 0; state && i < rule->n_states; state = state->next, i++) {
        check_state(list, rule, state, &rule->states[i]);
    }
    for (; signal; signal = signal->next) {
        check_stream(list, rule, yaml_get(signal, "stream"));
    }
    for (const struct yaml *test = tests ? tests->first : NULL; test; test = test->next) {
        check_test(list, rule, test);
    }
}
