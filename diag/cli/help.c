/* --help, made from the tables of options and commands. */

#include "cli/help.h"

#include "cli/command.h"
#include "cli/options.h"

#include <stdio.h>

static void print_option(const struct cli_option *option)
{
    char left[64];
    const char *argument = option->argument;
    bool optional = argument && argument[0] == '[';
    int n = 0;

    if (option->key < 256) {
        n = snprintf(left, sizeof(left), "  -%c, ", option->key);
    } else {
        n = snprintf(left, sizeof(left), "      ");
    }
    (void)snprintf(left + n, sizeof(left) - (size_t)n, "--%s%s%s", option->name,
                   optional   ? "[="
                   : argument ? "="
                              : "",
                   optional   ? argument + 1
                   : argument ? argument
                              : "");
    printf("%-25s %s\n", left, option->help);
}

void help_print(void)
{
    static const char *const titles[OPTION_GROUPS] = {
        [GROUP_JOURNAL] = "Which entries of the journal, as in journalctl",
        [GROUP_INPUT] = "Input",
        [GROUP_OUTPUT] = "Output",
        [GROUP_TEST] = "Of nodecause test",
        [GROUP_HELP] = "Help",
    };

    puts("Usage: nodecause [OPTION...] [FILE|DIR|-|FIELD=VALUE...]\n"
         "       nodecause COMMAND [ARGUMENT...]\n\n"
         "Says why a Kubernetes node failed: from this host's journal and state, from logs\n"
         "on standard input, or from files and directories.");
    for (int group = 0; group < OPTION_GROUPS; group++) {
        printf("\n%s:\n", titles[group]);
        for (const struct cli_option *option = cli_options; option->name; option++) {
            if ((int)option->group == group && option->help) {
                print_option(option);
            }
        }
    }
    puts("\nCommands:");
    for (const struct command *const *command = commands; *command; command++) {
        printf("  %-23s %s\n", (*command)->usage, (*command)->summary);
    }
    puts("\nExit code: 0 nothing found, 1 findings, 2 usage, 3 input unusable, 4 partial,\n"
         "5 inconclusive: a unit died and no rule says why.");
}
