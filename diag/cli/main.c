/* The program: a command when the first word names one, else a diagnosis. */

#include "cli/command.h"

#include <stddef.h>
#include <string.h>

const struct command *command_find(const char *name)
{
    for (const struct command *const *command = commands; *command; command++) {
        if (strcmp(name, (*command)->name) == 0) {
            return *command;
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;

    if (command) {
        return command->run(argc - 1, argv + 1);
    }
    return command_find("diagnose")->run(argc, argv);
}
