/* --help, made from the tables of options and commands.
 *
 *   -p, --priority=LEVEL    of this level (0..7, err, ...) or worse; FROM..TO: from
 *                           one to the other */

#include "cli/help.h"

#include "base/buf.h"
#include "cli/command.h"

#include <stdio.h>

enum {
    COLUMNS = 80,
    HELP_COLUMN = 27, /* where the sentences begin */
    NAME_COLUMN = 14  /* of commands */
};

/* Words from `column` on, when the line already has `used` columns. */
static void print_wrapped(struct span text, int column, int used)
{
    struct span word;

    if (used > 0 && used + 1 >= column) { /* what is left of it takes a line of its own */
        putchar('\n');
        used = 0;
    }
    for (bool first = true; span_word(&text, &word); first = false) {
        if (!first && used + 1 + (int)word.size > COLUMNS) {
            putchar('\n');
            used = 0;
            first = true;
        }
        used += printf("%*s%.*s", first ? column - used : 1, "", (int)word.size, word.data);
    }
    putchar('\n');
}

static void add_choices(struct buf *help, const struct cli_option *option)
{
    for (size_t i = 0; option->choice && option->choice(i); i++) {
        const char *before = i == 0 ? ": " : option->choice(i + 1) ? ", " : " or ";

        buf_printf(help, "%s%s", before, option->choice(i));
    }
}

static void print_option(const struct cli_option *option)
{
    CLEANUP(buf_done_at) struct buf left = { 0 };
    CLEANUP(buf_done_at) struct buf help = { 0 };
    const char *argument = option->argument ? option->argument : "";
    bool optional = argument[0] == '[';

    if (option->letter) {
        buf_printf(&left, "  -%c, ", option->letter);
    } else {
        buf_add_string(&left, "      ");
    }
    buf_printf(&left, "--%s", option->name);
    if (option->argument) {
        buf_printf(&left, "%s%s", optional ? "[=" : "=", argument + optional);
    }
    buf_add_string(&help, option->help);
    add_choices(&help, option);
    print_wrapped(buf_span(&help), HELP_COLUMN, printf("%s", left.data));
}

static void print_options(const struct cli_option *options)
{
    for (const struct cli_option *option = options; option->name; option++) {
        if (option->help) {
            print_option(option);
        }
    }
}

static void print_groups(const struct option_group *group)
{
    for (; group && group->options; group++) {
        if (group->title) {
            printf("\n%s:\n", group->title);
        }
        print_options(group->options);
    }
    printf("\nHelp:\n");
    print_options(common_options);
}

static void print_usage(const struct command *command)
{
    const char *arguments = command->arguments ? command->arguments : "";
    const char *blank = command->arguments ? " " : "";

    if (command == command_default()) {
        printf("Usage: nodecause [OPTION...]%s%s\n"
               "       nodecause COMMAND [ARGUMENT...]\n",
               blank, arguments);
    } else {
        printf("Usage: nodecause %s [OPTION...]%s%s\n", command->name, blank, arguments);
    }
    putchar('\n');
    print_wrapped(span_of(command->description ? command->description : command->summary), 0, 0);
}

static void print_commands(void)
{
    printf("\nCommands (nodecause COMMAND --help describes one):\n");
    for (const struct command *const *command = commands; *command; command++) {
        print_wrapped(span_of((*command)->summary), NAME_COLUMN, printf("  %s", (*command)->name));
    }
    puts("\nExit code: 0 nothing found, 1 findings, 2 usage, 3 input unusable, 4 partial,\n"
         "5 inconclusive: a unit died and no rule explains it.");
}

void help_print(const struct command *command)
{
    print_usage(command);
    print_groups(command->groups);
    if (command == command_default()) {
        print_commands();
    }
}
