/* nodecause formats: the text formats that it reads. */

#include "cli/command.h"
#include "format/format.h"

#include <stdio.h>

static int run(const void *settings, const struct words *words)
{
    (void)settings;
    (void)words;
    for (const struct format *const *format = formats; *format; format++) {
        printf("%-18s %s\n%-18s %s\n", (*format)->name, (*format)->summary, "", (*format)->spec);
    }
    return 0;
}

const struct command command_formats = {
    .name = "formats",
    .summary = "lists the log formats that it reads",
    .run = run,
};
