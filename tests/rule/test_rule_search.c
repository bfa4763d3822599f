/* Where rules come from, in which order, and what happens to bad files. */

#include "rule/rule_search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "helpers/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define STREAMS "kubelet: { units: [kubelet.service] }\n"
#define RULE(title)                                                                                \
    "title: " title "\nseverity: error\nexplain: E\n"                                              \
    "signals: [{ name: s, stream: kubelet, pattern: some words, role: proof }]\n"

struct told {
    struct error errors[8];
    size_t n;
};

static void tell(void *data, const struct error *error)
{
    struct told *told = data;

    assert_true(told->n < 8);
    told->errors[told->n++] = *error;
}

static const char *title_of(const struct rule_set *set, const char *id)
{
    int64_t at = rules_find(rule_set_rules(set), span_of(id));

    return at < 0 ? NULL : rule_set_rules(set)->items[at].title;
}

/* The system's directories in the order of the path, then those that are named. */
static void the_last_place_wins(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct folder one, two, named;
    const char *const directories[] = { named.path, NULL };
    struct rule_search search = { .no_builtin = true, .directories = directories };

    (void)state;
    folder_init(&one);
    folder_init(&two);
    folder_init(&named);
    folder_write(&one, "streams.yaml", STREAMS);
    folder_write(&one, "a/x.yaml", RULE("one"));
    folder_write(&one, "a/y.yaml", RULE("one"));
    folder_write(&one, "a/z.yaml", RULE("one"));
    folder_write(&two, "a/y.yaml", RULE("two"));
    folder_write(&two, "a/z.yaml", RULE("two"));
    folder_write(&named, "a/z.yaml", RULE("named"));
    buf_printf(&path, "%s:/nonexistent/rules::%s", one.path, two.path);
    search.path = path.data;
    assert_int_equal(rule_search_load(&search, &set, NULL), 0);
    assert_string_equal(title_of(set, "a/x"), "one");
    assert_string_equal(title_of(set, "a/y"), "two");
    assert_string_equal(title_of(set, "a/z"), "named");
    assert_int_equal(rule_set_rules(set)->n_skipped, 0);
    folder_done(&one);
    folder_done(&two);
    folder_done(&named);
}

/* NODECAUSE_RULES_PATH, then XDG_CONFIG_HOME, then HOME. */
static void the_environment_names_places(void **state)
{
    struct folder config, home, other;
    struct rule_search search = { 0 };
    struct {
        const char *path, *config, *home, *title;
    } rows[] = {
        { other.path, config.path, home.path, "path" }, { "", config.path, home.path, NULL },
        { NULL, config.path, home.path, "config" },     { NULL, "", home.path, "home" },
        { NULL, "relative", home.path, "home" },        { NULL, NULL, NULL, NULL },
    };
    char old[4096];

    (void)state;
    (void)snprintf(old, sizeof(old), "%s", getenv("HOME") ? getenv("HOME") : "");
    folder_init(&config);
    folder_init(&home);
    folder_init(&other);
    for (size_t i = 0; i < 2; i++) {
        CLEANUP(buf_done_at) struct buf command = { 0 };

        buf_printf(&command, "mkdir -p %s%s/nodecause/rules/here", i ? home.path : config.path,
                   i ? "/.config" : "");
        assert_int_equal(system(command.data), 0);
        buf_printf(&command, " && printf '%%s' '%s' > %s%s/nodecause/rules/here/x.yaml",
                   i ? RULE("home") : RULE("config"), i ? home.path : config.path,
                   i ? "/.config" : "");
        assert_int_equal(system(command.data), 0);
    }
    folder_write(&other, "here/x.yaml", RULE("path"));
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
        const char *const names[] = { "NODECAUSE_RULES_PATH", "XDG_CONFIG_HOME", "HOME" };
        const char *const values[] = { rows[i].path, rows[i].config, rows[i].home };

        for (size_t k = 0; k < N_ELEMENTS(names); k++) {
            (void)(values[k] ? setenv(names[k], values[k], 1) : unsetenv(names[k]));
        }
        assert_int_equal(rule_search_load(&search, &set, NULL), 0);
        if (rows[i].title) {
            assert_string_equal(title_of(set, "here/x"), rows[i].title);
        } else {
            assert_null(title_of(set, "here/x"));
        }
    }
    (void)setenv("HOME", old, 1);
    (void)setenv("NODECAUSE_RULES_PATH", "", 1);
    folder_done(&config);
    folder_done(&home);
    folder_done(&other);
}

/* Each of these files is bad, and only it is left out. */
static void a_bad_file_is_skipped(void **state)
{
    static const struct {
        const char *name, *text, *message;
        unsigned line;
    } rows[] = {
        { "a/bad.yaml", "title: [\n", "", 2 },
        { "a/bad.yaml", RULE("t") "pattren: x\n", "no key 'pattren'", 5 },
        { "a/bad.yaml", RULE("t") "explains: [{ rule: no/such, within: 1s }]\n", "unknown rule",
          5 },
        { "a/bad.yaml", "includes: nothing\n" RULE("t"), "nothing", 1 },
        { "a/bad.yml", RULE("t"), ".yaml", 0 },
        { "common.yaml", "x: 1\n", "", 1 },
        { "streams.yaml", "kubelet: 1\n", "", 1 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
        CLEANUP(rule_set_free_at) struct rule_set *none = NULL;
        struct folder folder;
        struct told told = { 0 };
        struct error error = { 0 };
        const char *const directories[] = { folder.path, NULL };
        struct rule_search search = {
            .path = "", .directories = directories, .on_skip = tell, .data = &told
        };

        folder_init(&folder);
        folder_write(&folder, "a/good.yaml", RULE("good"));
        folder_write(&folder, rows[i].name, rows[i].text);
        assert_int_equal(rule_search_load(&search, &set, &error), 0);
        assert_string_equal(title_of(set, "a/good"), "good");
        assert_non_null(title_of(set, "kubelet/swap-enabled"));
        assert_null(title_of(set, "a/bad"));
        assert_int_equal(told.n, 1);
        assert_int_equal(told.errors[0].line, rows[i].line);
        assert_non_null(strstr(told.errors[0].text, rows[i].message));
        assert_int_equal(rule_set_rules(set)->n_skipped, 1);
        assert_string_equal(rule_set_rules(set)->skipped[0].path, told.errors[0].path);
        search.strict = true;
        assert_true(rule_search_load(&search, &none, &error) < 0);
        assert_null(none);
        assert_string_equal(error.text, told.errors[0].text);
        folder_done(&folder);
    }
}

/* The rule that it would have replaced stays, and so do the rules that name it. */
static void nothing_else_is_lost(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    struct folder folder;
    struct told told = { 0 };
    const char *const directories[] = { folder.path, NULL };
    const struct rule_search search = {
        .path = "", .directories = directories, .on_skip = tell, .data = &told
    };

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "kubelet/swap-enabled.yaml", RULE("Mine") "unknown: 1\n");
    folder_write(&folder, "a/bad.yaml", "unknown: 1\n");
    folder_write(&folder, "a/names.yaml",
                 RULE("names") "explains: [{ rule: a/bad, within: 1s }]\n");
    assert_int_equal(rule_search_load(&search, &set, NULL), 0);
    assert_string_not_equal(title_of(set, "kubelet/swap-enabled"), "Mine");
    assert_string_equal(title_of(set, "a/names"), "names");
    assert_int_equal(told.n, 2);
    folder_done(&folder);
}

/* Of a cycle with a built-in rule the other one is skipped. */
static void a_cycle_is_opened(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    struct folder folder;
    struct told told = { 0 };
    const char *const directories[] = { folder.path, NULL };
    const struct rule_search search = {
        .path = "", .directories = directories, .on_skip = tell, .data = &told
    };

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "systemd/unit-exited.yaml",
                 RULE("Mine") "explains: [{ rule: kubelet/swap-enabled, within: 1s }]\n");
    assert_int_equal(rule_search_load(&search, &set, NULL), 0);
    assert_string_not_equal(title_of(set, "systemd/unit-exited"), "Mine");
    assert_int_equal(told.n, 1);
    assert_non_null(strstr(told.errors[0].text, "a cycle"));
    folder_done(&folder);
}

static void no_rule_is_left(void **state)
{
    struct rule_set *set = NULL;
    struct folder folder;
    const char *const directories[] = { folder.path, NULL };
    const char *const missing[] = { "/nonexistent/rules", NULL };
    struct rule_search search = { .no_builtin = true, .path = "", .directories = directories };
    struct error error = { 0 };

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "a/bad.yaml", "unknown: 1\n");
    assert_int_equal(rule_search_load(&search, &set, &error), -EINVAL);
    assert_string_equal(error.text, "no rules are left");
    search.directories = missing;
    assert_int_equal(rule_search_load(&search, &set, NULL), -ENOENT);
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_place_wins),   cmocka_unit_test(the_environment_names_places),
        cmocka_unit_test(a_bad_file_is_skipped), cmocka_unit_test(nothing_else_is_lost),
        cmocka_unit_test(a_cycle_is_opened),     cmocka_unit_test(no_rule_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
