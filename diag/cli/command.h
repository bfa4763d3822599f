#ifndef NODECAUSE_CLI_COMMAND_H
#define NODECAUSE_CLI_COMMAND_H

/* A command of the program: `nodecause explain ...`.
 *
 * To add one: write cmd_<name>.c that defines `const struct command command_<name>`, and a case
 * with its arguments. CMake makes the table from the file names. */
struct command {
    const char *name;
    const char *summary; /* one line, for --help */
    const char *usage;   /* what follows `nodecause`: `explain [RULE]` */

    /* Runs it. argv[0] is the command's name. Returns the program's exit code. */
    int (*run)(int argc, char **argv);
};

extern const struct command *const commands[]; /* ends with NULL */

const struct command *command_find(const char *name); /* or NULL */

#endif
