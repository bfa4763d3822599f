#ifndef NODECAUSE_CLI_HELP_H
#define NODECAUSE_CLI_HELP_H

/* Prints --help on standard output, at most 80 columns wide. */
void help_print(void);

#endif
