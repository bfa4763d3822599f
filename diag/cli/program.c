/* What is common to running any command: options, --help, standard output. */

#include "cli/program.h"

#include "cli/help.h"
#include "cli/message.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "nodecause.h"

#include <stdio.h>
#include <string.h>

/* What options_parse() returned, answered. */
static int answer(const struct command *command, int r, const void *settings,
                  const struct words *words, const struct error *error)
{
    if (r < 0) {
        return message_usage(command->name, "%s", error->text);
    }
    if (r == OPTIONS_HELP) {
        help_print(command);
        return 0;
    }
    if (r == OPTIONS_VERSION) {
        printf("nodecause %s\n", diag_version());
        return 0;
    }
    if (words->n && !command->arguments) {
        return message_usage(command->name, "unexpected argument '%s'", words->items[0]);
    }
    return command->run(settings, words);
}

int program_run_command(const struct command *command, int argc, char **argv)
{
    void *settings = alloc_zeroed(1, command->settings_size + 1); /* it may have none */
    struct words words = { 0 };
    struct error error = { 0 };
    int r, code;

    if (command->defaults) {
        memcpy(settings, command->defaults, command->settings_size);
    }
    r = options_parse(command->groups, argc, argv, settings, &words, &error);
    code = answer(command, r, settings, &words, &error);
    options_done(command->groups, settings);
    free(settings);
    return terminal_finish(0) < 0 ? EXIT_USAGE : code;
}
