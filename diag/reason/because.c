/* Why a condition holds. */

#include "reason/because.h"

#include "base/buf.h"
#include "base/calendar.h"

#include <inttypes.h>

static void add_signal(struct buf *buf, const struct when_scope *scope, uint32_t signal)
{
    buf_printf(buf, "`%.*s`", TEXT_OF(scope->rule->signals[signal].name));
}

static void add_found(struct buf *buf, const struct when_scope *scope, uint32_t signal, bool found)
{
    buf_add_string(buf, "signal ");
    add_signal(buf, scope, signal);
    buf_add_string(buf, found ? " was found" : " was not found");
}

static void add_window(struct buf *buf, const struct when *when)
{
    if (when->within_us) {
        buf_add_string(buf, " within ");
        calendar_add_duration(buf, when->within_us);
    }
}

static void add_count(struct buf *buf, const struct when *when, const struct when_scope *scope,
                      bool holds)
{
    add_found(buf, scope, when->signal, /* found= */ true);
    buf_printf(buf, " %s %" PRIu64 " times", holds ? "at least" : "fewer than", when->at_least);
    add_window(buf, when);
}

static void add_distinct(struct buf *buf, const struct when *when, const struct when_scope *scope,
                         bool holds)
{
    add_found(buf, scope, when->signal, /* found= */ true);
    buf_printf(buf, " with %s %" PRIu64 " different values of `%.*s`",
               holds ? "at least" : "fewer than", when->at_least, TEXT_OF(when->fact));
    add_window(buf, when);
}

static void add_sequence(struct buf *buf, const struct when *when, const struct when_scope *scope,
                         bool holds)
{
    buf_add_string(buf, "signals ");
    for (size_t i = 0; i < when->n_sequence; i++) {
        buf_add_string(buf, i ? ", " : "");
        add_signal(buf, scope, when->sequence[i]);
    }
    buf_add_string(buf, holds ? " were found in this order" : " were not found in this order");
    add_window(buf, when);
}

static void add_absent(struct buf *buf, const struct when *when, const struct when_scope *scope,
                       bool holds)
{
    bool after = when->after != UINT32_MAX;

    add_found(buf, scope, when->signal, !holds);
    add_window(buf, when);
    if (after || when->before != UINT32_MAX) {
        buf_add_string(buf, after ? " after " : " before ");
        add_signal(buf, scope, after ? when->after : when->before);
    }
}

static void add_state(struct buf *buf, const struct when *when, const struct when_scope *scope,
                      bool holds)
{
    struct span name = scope->rule->states[when->state].name;

    if (when->kind == WHEN_STATE) {
        buf_printf(buf, "state `%.*s` is %s", TEXT_OF(name), holds ? "true" : "false");
    } else {
        buf_printf(buf, "state `%.*s` is %s", TEXT_OF(name), holds ? "unknown" : "known");
    }
}

static void add_leaf(struct buf *buf, const struct when *when, const struct when_scope *scope,
                     bool holds)
{
    switch (when->kind) {
    case WHEN_SIGNAL:
        add_found(buf, scope, when->signal, holds);
        break;
    case WHEN_STATE:
    case WHEN_UNKNOWN:
        add_state(buf, when, scope, holds);
        break;
    case WHEN_COUNT:
        add_count(buf, when, scope, holds);
        break;
    case WHEN_DISTINCT:
        add_distinct(buf, when, scope, holds);
        break;
    case WHEN_SEQUENCE:
        add_sequence(buf, when, scope, holds);
        break;
    case WHEN_ABSENT:
        add_absent(buf, when, scope, holds);
        break;
    case WHEN_ALL:
    case WHEN_ANY:
    case WHEN_NONE:
        break;
    }
}

/* Adds what makes the tree true, or false if `holds` is false. */
static void add_tree(struct buf *buf, const struct when *when, const struct when_scope *scope,
                     bool holds)
{
    bool child_holds = when->kind == WHEN_NONE ? !holds : holds;

    if (when_ask(when, scope) != (holds ? IS_TRUE : IS_FALSE)) {
        return;
    }
    if (when->n_children == 0) {
        buf_add_string(buf, buf->size ? ", " : "");
        add_leaf(buf, when, scope, holds);
    }
    for (size_t i = 0; i < when->n_children; i++) {
        add_tree(buf, &when->children[i], scope, child_holds);
    }
}

const char *because_true(const struct when *when, const struct when_scope *scope,
                         struct arena *arena)
{
    CLEANUP(buf_done_at) struct buf buf = { 0 };

    add_tree(&buf, when, scope, /* holds= */ true);
    return arena_string(arena, buf_span(&buf));
}

const struct state_rule *because_unknown(const struct when *when, const struct when_scope *scope)
{
    if (when->kind == WHEN_STATE && scope->states[when->state] == IS_UNKNOWN) {
        return &scope->rule->states[when->state];
    }
    for (size_t i = 0; i < when->n_children; i++) {
        const struct state_rule *state = because_unknown(&when->children[i], scope);

        if (state) {
            return state;
        }
    }
    return NULL;
}
