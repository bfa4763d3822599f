#ifndef NODECAUSE_CLI_INPUT_OPTIONS_H
#define NODECAUSE_CLI_INPUT_OPTIONS_H

#include "cli/options.h"
#include "nodecause.h"

#include <stdint.h>

/* Syslog levels, 0 (emerg) to 7 (debug), both included. */
struct priority_range {
    bool given;
    int from, to;
};

/* The options of all commands that read logs: which journal, and which entries. The words and their
 * meanings are journalctl's. */
struct input_options {
    string_list units, identifiers, files;
    const char *boot, *invocation, *since, *until, *grep, *cursor, *after_cursor;
    const char *directory, *root, *machine, *name_space;
    struct priority_range priority;
    int grep_case;  /* enum diag_case */
    uint64_t lines; /* 0: all */
    bool dmesg, merge, quiet, no_pager;
};

/* Stores into struct input_options. */
extern const struct cli_option input_options[];

/* --format, into a `const char *`: the name of a text format, which exists. */
extern const struct cli_option format_options[];

/* What the options and words of a command line ask for. */
struct input_request {
    string_list paths, matches;
    diag_journal journal; /* points to the options and to `matches` */
};

/* Divides the words into paths and matches of the journal, and reads the times. The options and
 * words are borrowed. -EINVAL with a sentence. Call input_request_done() in any case. */
int input_request_init(const struct input_options *options, const struct words *words,
                       struct input_request *ret, struct error *reterr) MUST_CHECK;
void input_request_done(struct input_request *request);

/* Does it select entries of the journal? Then standard input is not read unless it is named. */
bool input_request_wants_journal(const struct input_request *request);

#endif
