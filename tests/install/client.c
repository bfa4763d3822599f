/* A program of somebody else, C and C++: `client PATH` diagnoses PATH and prints the report as JSON.
 * It sees the installed header and library, and nothing else of nodecause. */

#include <nodecause.h>

#include <stdio.h>

static int write_to_stdout(void *data, const char *bytes, size_t size)
{
    (void)data;
    return fwrite(bytes, 1, size, stdout) == size ? 0 : -1;
}

static int diagnose(diag_run *run, diag_error *error)
{
    diag_render_options how = DIAG_RENDER_OPTIONS_INIT;

    if (diag_execute(run, error) < 0 || diag_render(run, "json", &how, write_to_stdout, NULL) < 0) {
        return DIAG_EXIT_USAGE;
    }
    return diag_exit_code(run);
}

int main(int argc, char **argv)
{
    diag_journal journal = DIAG_JOURNAL_INIT;
    diag_options options = DIAG_OPTIONS_INIT;
    diag_follow_options follow = DIAG_FOLLOW_OPTIONS_INIT;
    diag_run *run = NULL;
    diag_error error;
    int code;

    if (argc != 2 || follow.version != DIAG_FOLLOW_OPTIONS_VERSION) {
        return DIAG_EXIT_USAGE;
    }
    journal.since_us = DIAG_TIME_UNKNOWN;
    options.journal = &journal;
    options.fail_on = DIAG_WARNING;
    if (diag_new(&options, &run, &error) < 0) {
        fprintf(stderr, "%s\n", error.text);
        return DIAG_EXIT_USAGE;
    }
    diag_add_path(run, argv[1]);
    code = diagnose(run, &error);
    diag_free(run);
    return code;
}
