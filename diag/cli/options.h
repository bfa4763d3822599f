#ifndef NODECAUSE_CLI_OPTIONS_H
#define NODECAUSE_CLI_OPTIONS_H

#include "base/error.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

/* Options are rows of constant tables. A command owns those that only it knows, and shares others
 * (input_options.h, rule_options.h, ...). options_parse() stores their values in the command's own
 * struct, its settings; --help prints the same tables. */

typedef VEC(const char *) string_list;

struct cli_option {
    const char *name;     /* long name, without dashes; NULL ends a table */
    char letter;          /* 0: none */
    const char *argument; /* what --help calls it: `UNIT`; `[ID]`: may be left out; NULL: none */
    const char *help;     /* NULL: an option of journalctl that is refused by name */

    /* Stores the value in the member of the settings at `offset`. `text` is the argument, borrowed
     * from argv; NULL when none was given. -EINVAL with the second half of a sentence:
     * `--name=text: must be ...`. */
    int (*store)(const struct cli_option *option, const char *text, void *member,
                 struct error *reterr);
    size_t offset;

    /* The words that it accepts, by their index, then NULL; --help lists them. NULL: any text. */
    const char *(*choice)(size_t i);

    /* For an argument that may be left out: may it be the next word of the command line, as in
     * `-b -1`? NULL: no. */
    bool (*takes_word)(const char *word);
};

/* What `store` can be; the type of the member is in brackets. */
int option_flag(const struct cli_option *option, const char *text, void *member,
                struct error *reterr); /* (bool) true */
int option_text(const struct cli_option *option, const char *text, void *member,
                struct error *reterr); /* (const char *) the argument; "" when it was left out */
int option_list(const struct cli_option *option, const char *text, void *member,
                struct error *reterr); /* (string_list) appends it; items[n] is NULL */
int option_word(const struct cli_option *option, const char *text, void *member,
                struct error *reterr); /* (const char *) the argument, which is one of `choice` */
int option_index(const struct cli_option *option, const char *text, void *member,
                 struct error *reterr); /* (int) the index in `choice` of the argument */

/* A table under a title of --help. */
struct option_group {
    const char *title;                /* NULL: under the title before */
    const struct cli_option *options; /* NULL ends a list of groups */
    size_t offset;                    /* where in the settings the options' struct is */
};

/* --help and --version, which every command has. */
extern const struct cli_option common_options[];

/* Arguments that are not options. Borrowed from argv. */
struct words {
    const char *const *items;
    size_t n;
};

enum {
    OPTIONS_HELP = 1,
    OPTIONS_VERSION
};

/* Reads the arguments after argv[0] into the settings, which hold the defaults. Options may follow
 * words; after `--` all are words. argv is reordered. 0; OPTIONS_HELP or OPTIONS_VERSION as soon as
 * one of them is read; -EINVAL with a sentence. Call options_done() in any case. */
int options_parse(const struct option_group *groups, int argc, char **argv, void *settings,
                  struct words *ret, struct error *reterr) MUST_CHECK;

/* Frees the lists of option_list(). */
void options_done(const struct option_group *groups, void *settings);

#endif
