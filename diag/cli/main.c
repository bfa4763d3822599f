/* The program: a command when the first word names one, else a diagnosis. */

#include "cli/program.h"

#include <stddef.h>

int main(int argc, char **argv)
{
    const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;

    if (command) {
        return program_run_command(command, argc - 1, argv + 1);
    }
    return program_run_command(command_default(), argc, argv);
}
