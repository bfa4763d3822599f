/* Messages on standard error.
 *
 *   nodecause: rules/x.yaml:3:5: unknown key 'pattren'; did you mean 'pattern'?
 *       pattren: 'x'
 *       ^
 */

#include "cli/message.h"

#include "cli/command.h"
#include "finding/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void message_print(const char *format, ...)
{
    va_list arguments;

    (void)fputs("nodecause: ", stderr);
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
}

static void print_place(const struct error *error, const char *before)
{
    int column = error->column ? (int)error->column : 1;

    (void)fputs("nodecause: ", stderr);
    if (error->path[0]) {
        (void)fputs(error->path, stderr);
    }
    if (error->line) {
        (void)fprintf(stderr, ":%u", error->line);
    }
    if (error->line && error->column) {
        (void)fprintf(stderr, ":%u", error->column);
    }
    (void)fprintf(stderr, "%s%s%s\n", error->path[0] ? ": " : "", before, error->text);
    if (error->excerpt[0]) {
        (void)fprintf(stderr, "  %s\n  %*s\n", error->excerpt, column, "^");
    }
}

void message_print_error(const struct error *error)
{
    print_place(error, "");
}

void message_print_skipped(const struct error *error)
{
    print_place(error, "skipped this rule file: ");
}

int message_usage(const char *command, const char *format, ...)
{
    bool is_default = strcmp(command, command_default()->name) == 0;
    va_list arguments;

    (void)fprintf(stderr, "nodecause: %s%s", is_default ? "" : command, is_default ? "" : ": ");
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fprintf(stderr, "; see nodecause %s%s--help\n", is_default ? "" : command,
                  is_default ? "" : " ");
    return EXIT_USAGE;
}
