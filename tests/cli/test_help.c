/* --help of every command, and what is refused, through the whole program. */

#include "base/utf8.h"
#include "cli/command.h"
#include "helpers/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    COLUMNS = 80
};

static void run(const char *const *arguments, struct program_result *ret)
{
    program_run(&(struct program_call){ .arguments = arguments }, ret);
}

static void assert_fits(struct span text)
{
    struct span line;

    while (span_cut(&text, '\n', &line)) {
        if (utf8_columns(line) > COLUMNS) {
            fail_msg("wider than %d columns: %.*s", COLUMNS, (int)line.size, line.data);
        }
    }
}

static void assert_holds(const struct buf *out, const char *text)
{
    if (!out->data || !strstr(out->data, text)) {
        fail_msg("'%s' is not in\n%s", text, out->data ? out->data : "");
    }
}

/* On standard output, with the command's own options and no others. */
static void every_command_has_a_page(void **state)
{
    (void)state;
    for (const struct command *const *command = commands; *command; command++) {
        struct program_result result;

        run((const char *[]){ (*command)->name, "--help", NULL }, &result);
        assert_int_equal(result.code, 0);
        assert_int_equal(result.errs.size, 0);
        assert_holds(&result.out, "Usage: nodecause ");
        assert_fits(buf_span(&result.out));
        for (const struct option_group *group = (*command)->groups; group && group->options;
             group++) {
            for (const struct cli_option *option = group->options; option->name; option++) {
                CLEANUP(buf_done_at) struct buf name = { 0 };

                buf_printf(&name, "--%s", option->name);
                if (option->help) {
                    assert_holds(&result.out, name.data);
                }
            }
        }
        program_result_done(&result);
    }
}

static void the_default_page_lists_the_commands(void **state)
{
    struct program_result bare, named;

    (void)state;
    run((const char *[]){ "--help", NULL }, &bare);
    run((const char *[]){ "diagnose", "-h", NULL }, &named);
    assert_string_equal(bare.out.data, named.out.data);
    for (const struct command *const *command = commands; *command; command++) {
        assert_holds(&bare.out, (*command)->summary);
    }
    assert_holds(&bare.out, "json, ndjson or text"); /* the table of renderers */
    assert_null(strstr(bare.out.data, "--corpus"));
    program_result_done(&bare);
    program_result_done(&named);
}

/* Where they were ignored, a mistake passed for success. */
static void a_foreign_option_is_refused(void **state)
{
    static const struct {
        const char *arguments[8];
        const char *message;
    } rows[] = {
        { { "lint", "-f", "-u", "x", "--corpus", "/nonexist", "rules" },
          "nodecause: lint: unknown option '-f'; see nodecause lint --help\n" },
        { { "lint", "--corpus", "/nonexist", "rules" },
          "nodecause: lint: unknown option '--corpus'; see nodecause lint --help\n" },
        { { "explain", "-o", "json" },
          "nodecause: explain: unknown option '-o'; see nodecause explain --help\n" },
        { { "formats", "x" },
          "nodecause: formats: unexpected argument 'x'; see nodecause formats --help\n" },
        { { "rules", "-b", "list" },
          "nodecause: rules: unknown option '-b'; see nodecause rules --help\n" },
        { { "--corpus=x" }, "nodecause: unknown option '--corpus'; see nodecause --help\n" },
        { { "-o", "html" },
          "nodecause: --output=html: must be json, ndjson or text; see nodecause --help\n" },
        { { "--cursor-file=x", "a.log" },
          "nodecause: --cursor-file needs a journal, not files; see nodecause --help\n" },
        { { "test", "--corpus=x", "rules" },
          "nodecause: test: --corpus takes neither --why-not nor files; see nodecause test "
          "--help\n" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct program_result result;

        run(rows[i].arguments, &result);
        assert_int_equal(result.code, 2);
        assert_int_equal(result.out.size, 0);
        assert_string_equal(result.errs.data, rows[i].message);
        program_result_done(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_has_a_page),
        cmocka_unit_test(the_default_page_lists_the_commands),
        cmocka_unit_test(a_foreign_option_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
