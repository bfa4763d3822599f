/* The option parser, with a table of every kind of option. */

#include "cli/options.h"

#include "base/buf.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    WORDS_MAX = 16
};

struct settings {
    int before; /* the options' struct does not have to be first */
    struct {
        bool loud;
        const char *name, *output, *place;
        string_list units;
        int level;
    } shared;
};

static const char *word_of(size_t i)
{
    static const char *const words[] = { "text", "json", "junit", NULL };

    return words[i];
}

static bool is_number(const char *word)
{
    return strspn(word, "-0123456789") == strlen(word);
}

#define MEMBER(name)                                                                               \
    .offset = offsetof(struct settings, shared.name) - offsetof(struct settings, shared)

static const struct cli_option options[] = {
    { "loud", 'l', NULL, "loud", option_flag, MEMBER(loud) },
    { "name", 'n', "NAME", "name", option_text, MEMBER(name) },
    { "output", 'o', "FORMAT", "output", option_word, MEMBER(output), .choice = word_of },
    { "level", 0, "LEVEL", "level", option_index, MEMBER(level), .choice = word_of },
    { "unit", 'u', "UNIT", "unit", option_list, MEMBER(units) },
    { "place", 'p', "[ID]", "place", option_text, MEMBER(place), .takes_word = is_number },
    { .name = "reverse", .letter = 'r' },
    { 0 },
};

static const struct option_group groups[] = {
    { "Options", options, .offset = offsetof(struct settings, shared) },
    { 0 },
};

/* A line of words, parsed. */
struct parsed {
    struct buf line;
    char *argv[WORDS_MAX + 1];
    struct settings settings;
    struct words words;
    struct error error;
    int r;
};

static void parse(const char *line, struct parsed *ret)
{
    int argc = 1;

    *ret = (struct parsed){ .argv = { (char *)"nodecause" } };
    buf_add_string(&ret->line, line);
    for (char *p = ret->line.data; *p && argc < WORDS_MAX; argc++) {
        ret->argv[argc] = p;
        p += strcspn(p, " ");
        if (*p) {
            *p++ = '\0';
        }
    }
    ret->r = options_parse(groups, argc, ret->argv, &ret->settings, &ret->words, &ret->error);
}

static void parsed_done(struct parsed *parsed)
{
    options_done(groups, &parsed->settings);
    buf_done(&parsed->line);
}

static void stores_values(void **state)
{
    CLEANUP(parsed_done) struct parsed parsed;

    (void)state;
    parse("-l a --name=x b -ojson --level junit -u one --unit two -- -l", &parsed);
    assert_int_equal(parsed.r, 0);
    assert_true(parsed.settings.shared.loud);
    assert_string_equal(parsed.settings.shared.name, "x");
    assert_string_equal(parsed.settings.shared.output, "json");
    assert_int_equal(parsed.settings.shared.level, 2);
    assert_int_equal(parsed.settings.shared.units.n, 2);
    assert_string_equal(parsed.settings.shared.units.items[1], "two");
    assert_null(parsed.settings.shared.units.items[2]);
    assert_null(parsed.settings.shared.place);
    assert_int_equal(parsed.settings.before, 0);
    assert_int_equal(parsed.words.n, 3);
    assert_string_equal(parsed.words.items[2], "-l");
}

static void takes_a_word_that_fits(void **state)
{
    static const struct {
        const char *line, *place;
        size_t n_words;
    } rows[] = {
        { "-p", "", 0 },    { "-p -1", "-1", 0 },    { "-p x", "", 1 },    { "-p7 -1", "7", -1 },
        { "-p -l", "", 0 }, { "--place=x", "x", 0 }, { "-p 5 x", "5", 1 }, { "x -p 5", "5", 1 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(parsed_done) struct parsed parsed;

        parse(rows[i].line, &parsed);
        if (rows[i].n_words == (size_t)-1) { /* -1 is an option of its own, and unknown */
            assert_string_equal(parsed.error.text, "unknown option '-1'");
            continue;
        }
        assert_int_equal(parsed.r, 0);
        assert_string_equal(parsed.settings.shared.place, rows[i].place);
        assert_int_equal(parsed.words.n, rows[i].n_words);
    }
}

static void refuses_by_name(void **state)
{
    static const struct {
        const char *line, *text;
    } rows[] = {
        { "-Z", "unknown option '-Z'" },
        { "-lZ", "unknown option '-Z'" },
        { "--zzz=5", "unknown option '--zzz'" },
        { "--l", "ambiguous option '--l'" },
        { "-n", "option '--name' requires an argument" },
        { "--loud=1", "option '--loud' takes no argument" },
        { "-r", "option '--reverse' of journalctl is not supported" },
        { "--reverse", "option '--reverse' of journalctl is not supported" },
        { "-o html", "--output=html: must be text, json or junit" },
        { "--level=", "--level=: must be text, json or junit" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(parsed_done) struct parsed parsed;

        parse(rows[i].line, &parsed);
        assert_int_equal(parsed.r, -EINVAL);
        assert_string_equal(parsed.error.text, rows[i].text);
    }
}

static void answers_help_at_once(void **state)
{
    static const struct {
        const char *line;
        int r;
    } rows[] = {
        { "-h", OPTIONS_HELP },
        { "x --help -Z", OPTIONS_HELP },
        { "--version", OPTIONS_VERSION },
        { "-Z -h", -EINVAL },
        { "-- -h", 0 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(parsed_done) struct parsed parsed;

        parse(rows[i].line, &parsed);
        assert_int_equal(parsed.r, rows[i].r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stores_values),
        cmocka_unit_test(takes_a_word_that_fits),
        cmocka_unit_test(refuses_by_name),
        cmocka_unit_test(answers_help_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
