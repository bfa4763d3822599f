/* The line that says how far a run has come. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/progress_line.h"
#include "helpers/program.h"

#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000000)

static void test_times(void **state)
{
    static const diag_progress some = { "a.tar!x", 3, 7, 1536 }, more = { "b\nc", 4, 0, 12 };
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct progress_line line = { .out = out, .columns = 80, .started_us = 5 * SECOND };

    (void)state;
    progress_line_show(&line, 5 * SECOND + SECOND / 2, &some); /* too early */
    progress_line_clear(&line);
    (void)fflush(out);
    assert_int_equal(size, 0);
    progress_line_show(&line, 6 * SECOND, &some);
    progress_line_show(&line, 6 * SECOND + SECOND / 20, &more); /* too soon */
    assert_string_equal(text, "\r\033[Kreading file 3 of 7, 1.5 KiB: a.tar!x");
    progress_line_show(&line, 7 * SECOND, &more);
    assert_non_null(strstr(text, "\r\033[Klooking at file 4, 12 bytes: b?c"));
    progress_line_clear(&line);
    progress_line_clear(&line);
    assert_string_equal(text + size - strlen("b?c\r\033[K"), "b?c\r\033[K");
    (void)fclose(out);
    free(text);
}

static void test_narrow(void **state)
{
    static const diag_progress some = { "sos.tar.xz!n1/var/log/messages", 3, 7, 0 };
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct progress_line line = { .out = out, .columns = 44 };

    (void)state;
    progress_line_show(&line, SECOND, &some);
    assert_string_equal(text, "\r\033[Kreading file 3 of 7, 0 bytes: ..og/messages");
    line.columns = 12;
    progress_line_show(&line, 2 * SECOND, &some);
    assert_string_equal(text + size - strlen("\r\033[Kreading fil"), "\r\033[Kreading fil");
    (void)fclose(out);
    free(text);
}

/* Standard error is a pipe here. */
static void test_pipe(void **state)
{
    static const char *const words[] = { "--progress=auto", "--progress=never",
                                         "--progress=always" };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        struct program_result result;
        const struct program_call call = {
            .arguments = (const char *[]){ SOURCE_DIR "/fixtures/cases/swap-kmaster135/input",
                                           words[i], NULL },
        };

        assert_null(progress_line_start(PROGRESS_NEVER).out);
        program_run(&call, &result);
        assert_int_equal(result.code, 1);
        assert_int_equal(result.errs.size, 0);
        program_result_done(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_pipe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
