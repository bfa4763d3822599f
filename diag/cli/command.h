#ifndef NODECAUSE_CLI_COMMAND_H
#define NODECAUSE_CLI_COMMAND_H

#include "cli/options.h"

/* A command of the program: `nodecause explain ...`.
 *
 * To add one, with options of its own: write cmd_<name>.c, here or in workbench/, that defines
 * `const struct command command_<name>`. CMake makes the table of commands from the file names;
 * the parser and --help read the command's own tables. */
struct command {
    const char *name;
    const char *arguments; /* after the options in the usage line: `[RULE]`; NULL: takes no words */
    const char *summary;   /* one line, for the list of commands: `checks rule files` */
    const char *description; /* more for its --help; NULL: the summary says it all */

    const struct option_group *groups; /* its options; NULL: only those that every command has */
    size_t settings_size;              /* of its settings, which the options fill */
    const void *defaults;              /* the settings without options; NULL: all zero */

    /* Runs it. Returns the exit code; standard output is flushed afterwards. */
    int (*run)(const void *settings, const struct words *words);
};

extern const struct command *const commands[]; /* ends with NULL */

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);

/* The command that runs when none is named. */
const struct command *command_default(void);

#endif
