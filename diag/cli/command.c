#include "cli/command.h"

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

const struct command *command_default(void)
{
    return command_find("diagnose");
}
