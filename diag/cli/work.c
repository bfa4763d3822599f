/* What commands do around their work. */

#include "cli/work.h"

#include "cli/help.h"
#include "cli/message.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "nodecause.h"

#include <stdio.h>
#include <time.h>

int64_t work_now_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * USEC_PER_SEC + now.tv_nsec / 1000;
}

int work_with_options(int argc, char **argv, int64_t now_us,
                      int (*work)(const struct options *options))
{
    CLEANUP(options_done) struct options options;
    struct error error = { 0 };
    int code = 0;

    if (options_parse(argc, argv, now_us, &options, &error) < 0) {
        message_print_error(&error);
        (void)fputs("Try: nodecause --help\n", stderr);
        return EXIT_USAGE;
    }
    if (options.help) {
        help_print();
    } else if (options.version) {
        printf("nodecause %s\n", diag_version());
    } else {
        code = work(&options);
    }
    return terminal_finish(0) < 0 ? EXIT_USAGE : code;
}
