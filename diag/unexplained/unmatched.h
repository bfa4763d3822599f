#ifndef NODECAUSE_UNEXPLAINED_UNMATCHED_H
#define NODECAUSE_UNEXPLAINED_UNMATCHED_H

#include "entry/severity_hint.h"
#include "rule/rule.h"
#include "unexplained/watcher.h"

/* Lines that no rule knows: those that read severe, and those that are new or rare before a death.
 * Every record is decoded for it, so they are gathered only on request.
 *
 *     unmatched = unmatched_new(rules);
 *     watcher = unmatched_watcher(unmatched);    (an option of the pipeline)
 *     ...
 *     lines = unmatched_lines(unmatched, arena);
 */
struct unmatched;

/* The rules are borrowed and outlive it. */
struct unmatched *unmatched_new(const struct rules *rules);
void unmatched_free(struct unmatched *unmatched); /* NULL is fine */
DEFINE_CLEANUP(struct unmatched, unmatched_free)

/* The watcher that gathers them; valid until unmatched_free(). */
struct watcher unmatched_watcher(struct unmatched *unmatched);

/* The lines of one template. */
struct unmatched_line {
    struct span template; /* entry/line_template.h */
    enum severity_hint hint;
    bool about; /* from PID 1 about a unit: says that something is wrong, hardly why */
    uint64_t count;
    uint64_t before_deaths; /* deaths that such a line shortly preceded */
    uint64_t distance;      /* lines, of all templates, between the nearest of them and its death */
    struct moment first, last;
    struct span first_stamp, last_stamp;

    /* One of them, before a death if there is one. */
    uint64_t streams;
    struct origin origin;
    struct span stamp, host, identifier, unit, message, raw;
    int64_t pid; /* -1: unknown */
};

/* `items` and all their spans are in the arena that unmatched_lines() was given. */
struct unmatched_lines {
    const struct unmatched_line *items; /* the most likely explanation first */
    size_t n;
    uint64_t deaths;    /* of units, in all inputs */
    uint64_t forgotten; /* templates for which there was no room */
};

/* The lines worth listing: severe ones, and those that are new or rare before a death. */
struct unmatched_lines unmatched_lines(const struct unmatched *unmatched, struct arena *arena);

#endif
