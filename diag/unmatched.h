#ifndef NODECAUSE_UNMATCHED_H
#define NODECAUSE_UNMATCHED_H

#include "entry/batch.h"
#include "entry/severity_hint.h"
#include "rule/rule.h"
#include "signal/signal.h"

/* Lines that no rule knows: those that sound grave, and those that are new or rare when something
 * dies. Every record is decoded for it, so it is gathered only when somebody asks.
 *
 *     unmatched_note(unmatched, signal, at);    (for each signal of the batch)
 *     unmatched_look(unmatched, batch, newest_first);
 *     lines = unmatched_lines(unmatched, arena);
 */
struct unmatched;

struct unmatched *unmatched_new(const struct rules *rules); /* borrowed */
void unmatched_free(struct unmatched *unmatched);           /* NULL is fine */
DEFINE_CLEANUP(struct unmatched, unmatched_free)

/* A rule knows the record at the position. */
void unmatched_note(struct unmatched *unmatched, const struct signal *signal, position at);

/* Counts the records of the batch. */
void unmatched_look(struct unmatched *unmatched, const struct batch *batch, bool newest_first);

/* Lines of one kind. */
struct unmatched_line {
    struct span template; /* entry/line_template.h */
    enum severity_hint hint;
    bool about; /* PID 1 speaks of a unit: it tells that something is wrong, hardly why */
    uint64_t count;
    uint64_t before_deaths; /* deaths that such a line stood shortly before */
    uint64_t distance;      /* lines of all kinds between the nearest of them and its death */
    struct moment first, last;
    struct span first_stamp, last_stamp;

    /* One of them, before a death if there is one. */
    uint64_t streams;
    struct origin origin;
    struct span stamp, host, identifier, unit, message, raw;
    int64_t pid;
};

struct unmatched_lines {
    const struct unmatched_line *items; /* the one that decides most likely first */
    size_t n;
    uint64_t deaths;    /* of units, in all inputs */
    uint64_t forgotten; /* kinds of lines for which there was no room */
};

/* Those worth a look: grave ones, and what is new or rare before a death. In `arena`. */
struct unmatched_lines unmatched_lines(const struct unmatched *unmatched, struct arena *arena);

#endif
