/* nodecause formats: the text formats it reads. */

#include "cli/command.h"
#include "cli/message.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "format/format.h"

#include <stdio.h>

static int run(int argc, char **argv)
{
    (void)argv;
    if (argc > 1) {
        message_print("formats takes no arguments");
        return EXIT_USAGE;
    }
    for (const struct format *const *format = formats; *format; format++) {
        printf("%-18s %s\n%-18s %s\n", (*format)->name, (*format)->summary, "", (*format)->spec);
    }
    return terminal_finish(0) < 0 ? EXIT_USAGE : 0;
}

const struct command command_formats = {
    .name = "formats",
    .summary = "lists the log formats it reads",
    .usage = "formats",
    .run = run,
};
