#ifndef NODECAUSE_CLI_OPTIONS_H
#define NODECAUSE_CLI_OPTIONS_H

#include "base/error.h"
#include "base/vec.h"
#include "nodecause.h"

#include <stdbool.h>
#include <stddef.h>

/* One table says all options: getopt_long, --help and the checks read it. */
enum option_group {
    GROUP_JOURNAL,
    GROUP_INPUT,
    GROUP_OUTPUT,
    GROUP_TEST,
    GROUP_HELP,
    OPTION_GROUPS
};

struct cli_option {
    const char *name; /* long name */
    int key;          /* the letter, or a number above 255 when it has none */
    enum option_group group;
    const char *argument; /* `UNIT`; `[ID]` when it may be left out; NULL: takes none */
    const char *help;     /* NULL: known from journalctl, but refused by name */
};

extern const struct cli_option cli_options[]; /* ends with a NULL name */

enum colour_when {
    COLOUR_AUTO,
    COLOUR_ALWAYS,
    COLOUR_NEVER
};

typedef VEC(const char *) string_list;

/* What the command line says. Strings are borrowed from argv. */
struct options {
    diag_journal journal;
    string_list units, identifiers, matches, journal_files; /* what `journal` points to */
    string_list rule_directories;                           /* NULL-terminated after parsing */
    string_list paths;
    const char *output; /* renderer */
    const char *cursor_file;
    const char *format;
    int fail_on; /* as in diag_options */
    enum colour_when colour;
    bool follow;
    bool no_builtin, no_host_state, all, utc, quiet, no_pager;
    bool help, version, list_boots, list_invocations;

    /* of `nodecause test` */
    const char *corpus, *families, *why_not; /* NULL: not given */
    double least;                            /* percent of a corpus that must be right */
};

/* Reads the arguments behind argv[0]; options may stand anywhere. `now_us` is what relative times
 * count from. -EINVAL with a sentence. *ret is to be released with options_done() in any case. */
int options_parse(int argc, char **argv, int64_t now_us, struct options *ret,
                  struct error *reterr) MUST_CHECK;
void options_done(struct options *options);

/* Does it ask for the journal itself rather than for files? */
bool options_want_journal(const struct options *options);

#endif
