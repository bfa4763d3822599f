#ifndef NODECAUSE_CLI_PROGRAM_H
#define NODECAUSE_CLI_PROGRAM_H

#include "cli/command.h"

/* Reads the options after argv[0], answers --help and --version, or runs the command. Returns the
 * program's exit code: EXIT_USAGE for bad options or when standard output could not be written, else
 * the command's. */
int program_run_command(const struct command *command, int argc, char **argv);

#endif
