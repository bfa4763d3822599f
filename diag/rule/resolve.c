/* Names between files become indexes. */

#include "rule/resolve.h"

#include "base/near.h"
#include "rule/build_when.h"
#include "rule/relink.h"
#include "rule/value.h"

#include <errno.h>
#include <stdlib.h>

/* ---- streams ---- */

static int unknown_stream(const struct streams *streams, const struct yaml *node,
                          struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; i < streams->n; i++) {
        near = near_better(node->text, near, span_of(streams->items[i].name));
    }
    return yaml_error_near(node, near, reterr, "unknown stream '%.*s'", TEXT_OF(node->text));
}

static int add_stream(const struct streams *streams, const struct yaml *node,
                      struct signal_rule *signal, struct error *reterr)
{
    int found;

    if (span_starts(node->text, SPAN("state/"))) {
        if (!span_empty(signal->state_kind)) {
            return yaml_error(node, reterr, "a signal can read only one kind of state file");
        }
        signal->state_kind = span_skip(node->text, strlen("state/"));
        return 0;
    }
    found = streams_find(streams, node->text);
    if (found < 0) {
        return unknown_stream(streams, node, reterr);
    }
    signal->streams |= UINT64_C(1) << found;
    return 0;
}

static int resolve_streams(const struct resolver *resolver, struct built_rule *built,
                           struct error *reterr)
{
    const struct yaml *map = yaml_get(built->rule.tree, "signals")->first;

    for (size_t i = 0; i < built->rule.n_signals; i++, map = map->next) {
        size_t n;
        const struct yaml *item = yaml_items(yaml_get(map, "stream"), &n);

        for (size_t j = 0; j < n; j++, item = item->next) {
            int r = add_stream(&resolver->rules->streams, item, &built->signals[i], reterr);

            if (r < 0) {
                return r;
            }
        }
    }
    return 0;
}

/* ---- rules ---- */

static bool is_disabled(const struct resolver *resolver, struct span id)
{
    for (size_t i = 0; i < resolver->rules->n_disabled; i++) {
        if (span_is(id, resolver->rules->disabled[i].id)) {
            return true;
        }
    }
    return false;
}

static int unknown_rule(const struct resolver *resolver, const struct yaml *node,
                        struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; i < resolver->rules->n; i++) {
        near = near_better(node->text, near, span_of(resolver->rules->items[i].id));
    }
    return yaml_error_near(node, near, reterr, "unknown rule '%.*s'", TEXT_OF(node->text));
}

/* 1: found, 0: switched off. */
static int find_rule(const struct resolver *resolver, const struct yaml *node, uint32_t *ret,
                     struct error *reterr)
{
    int64_t found = rules_find(resolver->rules, node->text);

    if (found >= 0) {
        *ret = (uint32_t)found;
        return 1;
    }
    return is_disabled(resolver, node->text) ? 0 : unknown_rule(resolver, node, reterr);
}

/* An item of a list, and the rule that it names. */
struct target {
    const struct yaml *item;
    uint32_t rule;
};

/* The items of the list at the key, without those that name a disabled rule. An item is the id of a
 * rule, or a map with the key `rule`. */
static int find_targets(const struct resolver *resolver, const struct built_rule *built,
                        const char *key, const struct target **ret, size_t *ret_n,
                        struct error *reterr)
{
    size_t n, used = 0;
    const struct yaml *item = yaml_items(yaml_get(built->rule.tree, key), &n);
    struct target *targets = ARENA_ARRAY(resolver->arena, struct target, n);

    for (size_t i = 0; i < n; i++, item = item->next) {
        const struct yaml *id = item->type == YAML_TEXT ? item : yaml_get(item, "rule");
        int r = find_rule(resolver, id, &targets[used].rule, reterr);

        if (r < 0) {
            return r;
        }
        targets[used].item = item;
        used += (size_t)r;
    }
    *ret = targets;
    *ret_n = used;
    return 0;
}

static int resolve_explains(const struct resolver *resolver, struct built_rule *built,
                            struct error *reterr)
{
    const struct target *targets;
    struct explains *list;
    size_t n;
    int r = find_targets(resolver, built, "explains", &targets, &n, reterr);

    if (r < 0) {
        return r;
    }
    list = ARENA_ARRAY(resolver->arena, struct explains, n);
    for (size_t i = 0; i < n; i++) {
        const struct yaml *item = targets[i].item;

        list[i] = (struct explains){ targets[i].rule, value_within(item),
                                     value_same(item, SAME_HOST | SAME_BOOT),
                                     yaml_place(yaml_get(item, "rule")) };
    }
    built->rule.explains = list;
    built->rule.n_explains = n;
    return 0;
}

static int resolve_suppresses(const struct resolver *resolver, struct built_rule *built,
                              struct error *reterr)
{
    const struct target *targets;
    struct suppresses *list;
    size_t n;
    int r = find_targets(resolver, built, "suppresses", &targets, &n, reterr);

    if (r < 0) {
        return r;
    }
    list = ARENA_ARRAY(resolver->arena, struct suppresses, n);
    for (size_t i = 0; i < n; i++) {
        list[i] = (struct suppresses){ targets[i].rule, value_same(targets[i].item, 0) };
    }
    built->rule.suppresses = list;
    built->rule.n_suppresses = n;
    return 0;
}

static int resolve_rules_out(const struct resolver *resolver, struct built_rule *built,
                             struct error *reterr)
{
    const struct target *targets;
    struct rules_out *list;
    size_t n;
    int r = find_targets(resolver, built, "rules_out", &targets, &n, reterr);

    if (r < 0) {
        return r;
    }
    list = ARENA_ARRAY(resolver->arena, struct rules_out, n);
    for (size_t i = 0; r >= 0 && i < n; i++) {
        const struct yaml *item = targets[i].item;

        list[i].rule = targets[i].rule;
        list[i].because = value_string(item, "because");
        r = build_when(built, yaml_get(item, "if"), resolver->arena, &list[i].when, reterr);
    }
    built->rule.rules_out = list;
    built->rule.n_rules_out = n;
    return r;
}

static int resolve_recovered_by(const struct resolver *resolver, struct built_rule *built,
                                struct error *reterr)
{
    const struct target *targets;
    uint32_t *list;
    size_t n;
    int r = find_targets(resolver, built, "recovered_by", &targets, &n, reterr);

    if (r < 0) {
        return r;
    }
    list = ARENA_ARRAY(resolver->arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        list[i] = targets[i].rule;
    }
    built->rule.recovered_by = list;
    built->rule.n_recovered_by = n;
    return 0;
}

/* ---- cycles ---- */

enum color {
    WHITE,
    ON_PATH,
    DONE
};

struct cycle_search {
    const struct resolver *resolver;
    unsigned char *colors; /* one a rule */
    uint32_t *path;        /* rules on the way, and the edge taken from each */
    size_t *edges;
    size_t n_path;
};

/* Which rule of the path from `start` on has the fault: the built-in ones have no cycle, so it is
 * the last one that is not built in. */
static size_t find_culprit(const struct cycle_search *search, size_t start)
{
    size_t i = search->n_path - 1;

    while (i > start && search->resolver->built[search->path[i]].trusted) {
        i--;
    }
    return i;
}

static int cycle_error(const struct cycle_search *search, uint32_t rule, struct error *reterr)
{
    const struct resolver *resolver = search->resolver;
    CLEANUP(buf_done_at) struct buf text = { 0 };
    const struct rule *culprit;
    struct yaml at;
    size_t i = 0, found;

    while (search->path[i] != rule) {
        i++;
    }
    found = find_culprit(search, i);
    for (; i < search->n_path; i++) {
        buf_printf(&text, "%s explains ", resolver->built[search->path[i]].rule.id);
    }
    buf_add_string(&text, resolver->built[rule].rule.id);
    culprit = &resolver->built[search->path[found]].rule;
    at = *culprit->tree;
    at.line = culprit->explains[search->edges[found] - 1].place.line;
    at.column = culprit->explains[search->edges[found] - 1].place.column;
    return yaml_error(&at, reterr, "a cycle: %s", text.data);
}

static void enter(struct cycle_search *search, uint32_t rule)
{
    search->colors[rule] = ON_PATH;
    search->path[search->n_path] = rule;
    search->edges[search->n_path++] = 0;
}

/* Depth first, with a path of its own: a long chain must not end the machine's stack. */
static int search_from(struct cycle_search *search, uint32_t start, struct error *reterr)
{
    if (search->colors[start] != WHITE) {
        return 0;
    }
    enter(search, start);
    while (search->n_path) {
        uint32_t at = search->path[search->n_path - 1];
        const struct rule *rule = &search->resolver->built[at].rule;
        const struct explains *edge = &rule->explains[search->edges[search->n_path - 1]];

        if (search->edges[search->n_path - 1]++ == rule->n_explains) {
            search->colors[at] = DONE;
            search->n_path--;
        } else if (search->colors[edge->rule] == ON_PATH) {
            return cycle_error(search, edge->rule, reterr);
        } else if (search->colors[edge->rule] == WHITE) {
            enter(search, edge->rule);
        }
    }
    return 0;
}

int resolve_cycles(const struct resolver *resolver, struct error *reterr)
{
    size_t n = resolver->rules->n;
    struct cycle_search search = { .resolver = resolver,
                                   .colors = ARENA_ARRAY(resolver->arena, unsigned char, n),
                                   .path = ARENA_ARRAY(resolver->arena, uint32_t, n),
                                   .edges = ARENA_ARRAY(resolver->arena, size_t, n) };

    for (size_t i = 0; i < n; i++) {
        int r = search_from(&search, (uint32_t)i, reterr);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

int resolve_names(const struct resolver *resolver, struct built_rule *built, struct error *reterr)
{
    static int (*const steps[])(const struct resolver *, struct built_rule *, struct error *) = {
        resolve_streams,   resolve_explains,     resolve_suppresses,
        resolve_rules_out, resolve_recovered_by,
    };

    if (built->linked) {
        relink(resolver->rules, resolver->arena, built);
        return 0;
    }

    for (size_t i = 0; i < N_ELEMENTS(steps); i++) {
        int r = steps[i](resolver, built, reterr);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}
