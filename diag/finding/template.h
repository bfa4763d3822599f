#ifndef NODECAUSE_FINDING_TEMPLATE_H
#define NODECAUSE_FINDING_TEMPLATE_H

#include "base/arena.h"
#include "finding/report.h"
#include "state/state.h"

/* Fills the texts of rules: `{fact}`, `{table: row template}`, `{state.column}`,
 * `{fact|otherwise}`. Full grammar in rules/README.md, "Texts". A sentence with an unknown fact
 * is left out, so that no report has "the kubelet  reads"; `{fact|text}` gives the words to use
 * instead. */

/* What a template can name. */
struct template_scope {
    const struct finding_fact *facts;
    size_t n_facts;
    const struct rule *rule;
    const struct state_row *const *state_rows; /* for each of the rule's states; NULL: no row */
};

/* The filled text, in `arena`; the empty string when every sentence was left out. */
const char *template_fill(const char *text, const struct template_scope *scope,
                          struct arena *arena);

/* The same for a command: what is filled in is quoted for the shell where it needs it, and a
 * command with an unknown fact is NULL. */
const char *template_fill_command(const char *text, const struct template_scope *scope,
                                  struct arena *arena);

#endif
