/* Names between files become indexes. */

#include "rule/resolve.h"

#include "base/near.h"
#include "rule/build_when.h"
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

static int resolve_explains(const struct resolver *resolver, struct built_rule *built,
                            struct error *reterr)
{
    size_t n;
    const struct yaml *item = yaml_items(yaml_get(built->rule.tree, "explains"), &n);
    struct explains *list = ARENA_ARRAY(resolver->arena, struct explains, n);
    size_t used = 0;

    for (size_t i = 0; i < n; i++, item = item->next) {
        int r = find_rule(resolver, yaml_get(item, "rule"), &list[used].rule, reterr);

        if (r < 0) {
            return r;
        }
        list[used].within_us = value_within(item);
        list[used].same = value_same(item, SAME_HOST | SAME_BOOT);
        list[used].place = yaml_place(yaml_get(item, "rule"));
        used += (size_t)r;
    }
    built->rule.explains = list;
    built->rule.n_explains = used;
    return 0;
}

static int resolve_suppresses(const struct resolver *resolver, struct built_rule *built,
                              struct error *reterr)
{
    size_t n;
    const struct yaml *item = yaml_items(yaml_get(built->rule.tree, "suppresses"), &n);
    struct suppresses *list = ARENA_ARRAY(resolver->arena, struct suppresses, n);
    size_t used = 0;

    for (size_t i = 0; i < n; i++, item = item->next) {
        int r = find_rule(resolver, yaml_get(item, "rule"), &list[used].rule, reterr);

        if (r < 0) {
            return r;
        }
        list[used].same = value_same(item, 0);
        used += (size_t)r;
    }
    built->rule.suppresses = list;
    built->rule.n_suppresses = used;
    return 0;
}

static int resolve_rules_out(const struct resolver *resolver, struct built_rule *built,
                             struct error *reterr)
{
    size_t n;
    const struct yaml *item = yaml_items(yaml_get(built->rule.tree, "rules_out"), &n);
    struct rules_out *list = ARENA_ARRAY(resolver->arena, struct rules_out, n);
    size_t used = 0;

    for (size_t i = 0; i < n; i++, item = item->next) {
        int r = find_rule(resolver, yaml_get(item, "rule"), &list[used].rule, reterr);

        if (r < 0) {
            return r;
        }
        list[used].because = yaml_text(item, "because").data;
        list[used].when = NULL;
        if (build_when(built, yaml_get(item, "if"), resolver->arena, &list[used].when, reterr) <
            0) {
            return -EINVAL;
        }
        used += (size_t)r;
    }
    built->rule.rules_out = list;
    built->rule.n_rules_out = used;
    return 0;
}

static int resolve_recovered_by(const struct resolver *resolver, struct built_rule *built,
                                struct error *reterr)
{
    size_t n;
    const struct yaml *item = yaml_items(yaml_get(built->rule.tree, "recovered_by"), &n);
    uint32_t *list = ARENA_ARRAY(resolver->arena, uint32_t, n);
    size_t used = 0;

    for (size_t i = 0; i < n; i++, item = item->next) {
        int r = find_rule(resolver, item, &list[used], reterr);

        if (r < 0) {
            return r;
        }
        used += (size_t)r;
    }
    built->rule.recovered_by = list;
    built->rule.n_recovered_by = used;
    return 0;
}

/* ---- cycles ---- */

enum color {
    WHITE,
    ON_PATH,
    DONE
};

struct walk {
    const struct resolver *resolver;
    unsigned char *colors; /* one a rule */
    uint32_t *path;        /* rules on the way, and the edge taken from each */
    size_t *edges;
    size_t n_path;
};

static int cycle_error(const struct walk *walk, uint32_t rule, const struct explains *edge,
                       struct error *reterr)
{
    const struct resolver *resolver = walk->resolver;
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct yaml at = *resolver->built[walk->path[walk->n_path - 1]].rule.tree;
    size_t i = 0;

    while (walk->path[i] != rule) {
        i++;
    }
    for (; i < walk->n_path; i++) {
        buf_printf(&text, "%s explains ", resolver->built[walk->path[i]].rule.id);
    }
    buf_add_string(&text, resolver->built[rule].rule.id);
    at.line = edge->place.line;
    at.column = edge->place.column;
    return yaml_error(&at, reterr, "a cycle: %s", text.data);
}

static void enter(struct walk *walk, uint32_t rule)
{
    walk->colors[rule] = ON_PATH;
    walk->path[walk->n_path] = rule;
    walk->edges[walk->n_path++] = 0;
}

/* Depth first, with a path of its own: a long chain must not end the machine's stack. */
static int walk_from(struct walk *walk, uint32_t start, struct error *reterr)
{
    if (walk->colors[start] != WHITE) {
        return 0;
    }
    enter(walk, start);
    while (walk->n_path) {
        uint32_t at = walk->path[walk->n_path - 1];
        const struct rule *rule = &walk->resolver->built[at].rule;
        const struct explains *edge = &rule->explains[walk->edges[walk->n_path - 1]];

        if (walk->edges[walk->n_path - 1]++ == rule->n_explains) {
            walk->colors[at] = DONE;
            walk->n_path--;
        } else if (walk->colors[edge->rule] == ON_PATH) {
            return cycle_error(walk, edge->rule, edge, reterr);
        } else if (walk->colors[edge->rule] == WHITE) {
            enter(walk, edge->rule);
        }
    }
    return 0;
}

int resolve_cycles(const struct resolver *resolver, struct error *reterr)
{
    size_t n = resolver->rules->n;
    struct walk walk = { .resolver = resolver,
                         .colors = ARENA_ARRAY(resolver->arena, unsigned char, n),
                         .path = ARENA_ARRAY(resolver->arena, uint32_t, n),
                         .edges = ARENA_ARRAY(resolver->arena, size_t, n) };

    for (size_t i = 0; i < n; i++) {
        int r = walk_from(&walk, (uint32_t)i, reterr);

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

    for (size_t i = 0; i < N_ELEMENTS(steps); i++) {
        int r = steps[i](resolver, built, reterr);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}
