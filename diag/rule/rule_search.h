#ifndef NODECAUSE_RULE_RULE_SEARCH_H
#define NODECAUSE_RULE_RULE_SEARCH_H

#include "rule/load.h"

/* Where the rules of a run come from: the built-in ones, then those of the system's directories,
 * then those of the directories that the user names. Of rules with the same id the last one wins. */
struct rule_search {
    bool no_builtin;

    /* The system's directories, separated by colons; one that does not exist is left out. "": none.
     * NULL: $NODECAUSE_RULES_PATH, or if that is not set /usr/share/nodecause/rules,
     * /etc/nodecause/rules and nodecause/rules in $XDG_CONFIG_HOME or ~/.config. */
    const char *path;

    const char *const *directories; /* more, which must exist; ends with NULL; NULL: no more */

    /* A bad file is an error, too. Else it is skipped, as if it did not exist. */
    bool strict;

    /* Called once for each file that is skipped; the error is valid during the call. NULL: it
     * is only listed. */
    void (*on_skip)(void *data, const struct error *error);
    void *data;
};

/* Loads them, without their tests; struct rules lists what was skipped. *ret is the caller's.
 * -EINVAL when no rule is left, or for a bad file with `strict`; other negative errno when a
 * directory that must exist cannot be read. */
int rule_search_load(const struct rule_search *search, struct rule_set **ret,
                     struct error *reterr) MUST_CHECK;

/* Calls `visit` with each of the directories, the system's first, until it returns a negative errno,
 * which is then returned. `is_system`: it need not exist. */
typedef int rule_search_visitor(void *data, const char *directory, bool is_system);
int rule_search_visit(const struct rule_search *search, rule_search_visitor *visit, void *data);

#endif
