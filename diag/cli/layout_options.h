#ifndef NODECAUSE_CLI_LAYOUT_OPTIONS_H
#define NODECAUSE_CLI_LAYOUT_OPTIONS_H

#include "cli/rule_options.h"
#include "layout/search.h"

/* --layout, into a `const char *`: the kind of the bundles. */
extern const struct cli_option layout_options[];

/* Loads the layouts from where the options say, with a message for each bad file. 0, or a negative errno after a
 * message. Call layout_search_done() in any case. */
int layout_options_load(const struct rule_options *options, struct layout_search *ret) MUST_CHECK;

/* Is there such a kind, or is it NULL? 0, or a negative errno after a message. */
int layout_options_check(const struct rule_options *options, const char *kind) MUST_CHECK;

#endif
