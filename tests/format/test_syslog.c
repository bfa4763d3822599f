#include "format_test.h"

#include "format/syslog.h"

static void unescapes(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        { "", "" },
        { "plain", "plain" },
        { "Filename#011#011Type", "Filename\t\tType" },
        { "#033[31mred#033[0m", "\x1b[31mred\x1b[0m" },
        { "line#012line", "line\nline" },
        { "issue #99, #0, #01, #018, #040, #177", "issue #99, #0, #01, #018, #040, \x7f" },
        { "#0", "#0" },
        { "##011", "#\t" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct span got = syslog_unescape(span_of(rows[i].text), arena);

        if (!span_is(got, rows[i].expected)) {
            fail_msg("%s: %.*s", rows[i].text, (int)got.size, got.data);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(unescapes) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
