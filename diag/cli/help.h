#ifndef NODECAUSE_CLI_HELP_H
#define NODECAUSE_CLI_HELP_H

struct command;

/* Prints the command's --help on standard output, at most 80 columns wide: its usage and options;
 * for the default command also the list of all commands. */
void help_print(const struct command *command);

#endif
