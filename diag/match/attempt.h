#ifndef NODECAUSE_MATCH_ATTEMPT_H
#define NODECAUSE_MATCH_ATTEMPT_H

#include "base/arena.h"
#include "base/pattern.h"
#include "base/vec.h"
#include "entry/notes.h"
#include "rule/rule.h"
#include "signal/signal.h"

/* One signal of one rule being tried on one entry: the patterns, and the facts found so far. */
struct attempt {
    const struct rules *rules;
    struct pattern **patterns; /* as rules.patterns; NULL until compiled */
    struct notes *notes;       /* may be NULL */
    struct span input_name;    /* for notes */
    struct arena *arena;       /* holds the facts; cleared by attempt_begin() */
    uint64_t n_tried;          /* patterns tried, over all attempts */

    const struct rule *rule;
    const struct signal_rule *signal;
    const struct entry *entry;
    const struct condition *failed; /* the first condition that did not hold, or NULL */
    VEC(struct fact) facts;
    VEC(struct fact_table) tables;
};

void attempt_init(struct attempt *attempt, const struct rules *rules);
void attempt_done(struct attempt *attempt);

/* Forgets the facts of the attempt before. The entry is borrowed until the next attempt_begin(). */
void attempt_begin(struct attempt *attempt, const struct rule *rule,
                   const struct signal_rule *signal, const struct entry *entry);

/* Notes trouble with the signal on this record. */
void attempt_note(struct attempt *attempt, enum note_kind kind, const char *detail);

/* The pattern after it matched `subject` at or after `start`; NULL when it does not match, or
 * was stopped by its limits, which is noted. PATTERN_NONE never matches. The match is valid
 * until the pattern is tried again. */
struct pattern *attempt_match(struct attempt *attempt, uint32_t pattern, struct span subject,
                              size_t start);

/* Adds the named groups of the match as facts; what is known already stays. */
void attempt_add_groups(struct attempt *attempt, const struct pattern *match);

/* The named groups of the match as a row of the table. */
struct fact_row attempt_row(struct attempt *attempt, const struct pattern *match,
                            struct span table);

/* Sets a fact, whether it is known already or not. */
void attempt_set_fact(struct attempt *attempt, struct span name, struct span text);

/* The fact of that name, or NULL. */
const struct fact *attempt_fact(const struct attempt *attempt, struct span name);

/* Does the condition hold on the value? A value that is not there (NULL) is unequal to everything
 * and fulfils no other condition. */
bool attempt_holds(struct attempt *attempt, const struct condition *condition,
                   const struct fact *fact);

#endif
