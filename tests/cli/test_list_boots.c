/* --list-boots prints what journalctl prints. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/journal.h"
#include "helpers/program.h"

#include <stdlib.h>

static char *make_journal(void)
{
    struct buf text CLEANUP(buf_done_at) = { 0 };
    char *directory = journal_make_directory();

    for (int boot = 0; boot < 3; boot++) {
        for (int i = 0; i < 3; i++) {
            char id[33];

            (void)snprintf(id, sizeof(id), "%032x", boot + 10);
            journal_add_entry(&text,
                              INT64_C(1700000000000000) + boot * 100000000000LL + i * 1000000, id,
                              "MESSAGE=hello\n");
        }
    }
    free(journal_make_file(directory, "system.journal", buf_span(&text)));
    return directory;
}

static void test_same_as_journalctl(void **state)
{
    static const char *const zones[] = { "UTC", "XXX-5:45" };
    char *directory;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    directory = make_journal();
    for (size_t i = 0; i < N_ELEMENTS(zones); i++) {
        const char *const arguments[] = { "-D", directory, "--list-boots", NULL };
        struct program_call call = { .arguments = arguments, .zone = zones[i], .input = SPAN("") };
        struct program_result ours, theirs;

        program_run(&call, &ours);
        call.program = "/usr/bin/journalctl";
        program_run(&call, &theirs);
        assert_int_equal(ours.code, 0);
        assert_string_equal(ours.out.data, theirs.out.data);
        program_result_done(&ours);
        program_result_done(&theirs);
    }
    journal_remove_directory(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_same_as_journalctl) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
