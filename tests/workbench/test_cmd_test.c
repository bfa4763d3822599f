/* nodecause test through the whole program: variants, outputs, the corpus, and why a rule is not
 * found. */

#include "base/buf.h"
#include "helpers/folder.h"
#include "helpers/program.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    ARGUMENTS_MAX = 8
};

#define N(array) (sizeof(array) / sizeof(*(array)))

static void test(struct program_result *ret, const char *const arguments[ARGUMENTS_MAX])
{
    const char *all[ARGUMENTS_MAX + 2] = { "test" };

    for (size_t i = 0; i < ARGUMENTS_MAX && arguments[i]; i++) {
        all[i + 1] = arguments[i];
    }
    program_run(&(struct program_call){ .arguments = all, .seconds = 60 }, ret);
}

#define TEST(ret, ...) test(ret, (const char *const[ARGUMENTS_MAX]){ __VA_ARGS__ })

static void assert_says(const struct program_result *result, int code, const char *text)
{
    if (result->code != code || !strstr(result->out.data, text)) {
        fail_msg("exit %d, wanted %d and \"%s\" in:\n%s%s", result->code, code, text,
                 result->out.data, result->errs.data);
    }
}

#define HEAD                                                                                       \
    "title: T\nseverity: error\nexplain: E\nremedies: [{ kind: verify, do: Look }]\nsignals:\n"

/* ---- variants ---- */

static const char story[] = HEAD
    "  - { name: a, stream: kubelet, role: proof, anonymous: true, pattern: 'widget \\d+ broke' }\n"
    "tests:\n"
    "  - name: told\n"
    "    input: |\n"
    "      Feb 05 10:58:14 edge-3 kubelet[12704]: E0205 10:58:14.917245   12704 run.go:72] "
    "widget 1 broke\n"
    "      Feb 05 10:58:15 edge-3 systemd[1]: kubelet.service: Main process exited, "
    "code=exited, status=1/FAILURE\n"
    "    expect: { root: x/r }\n"
    "  - name: bare\n"
    "    input: |\n"
    "      E0205 10:58:14.917245   12704 run.go:72] widget 1 broke\n"
    "    expect: { root: x/r }\n"
    "  - name: prose\n"
    "    input: widget 1 broke\n"
    "    expect: { root: x/r }\n";

/* The variants that were made of the test of this name. */
static void list_variants(const char *json, const char *name, struct buf *out)
{
    json_t *root = json_loads(json, 0, NULL), *result;
    size_t i;

    json_array_foreach(json_object_get(root, "results"), i, result)
    {
        const char *variant = json_string_value(json_object_get(result, "variant"));

        if (strcmp(json_string_value(json_object_get(result, "name")), name) == 0) {
            buf_printf(out, "%s;", variant ? variant : "-");
        }
    }
    json_decref(root);
}

static void tells_a_story_in_many_ways(void **state)
{
    static const struct {
        const char *name, *variants;
    } rows[] = {
        { "told",
          "-;CRLF;newest first;noise between;as journalctl -o short-iso;as journalctl -o json;"
          "as journalctl -o export;cut at 80 columns;cut at 100 columns;" },
        { "bare", "-;CRLF;as journalctl -o short;" },
        { "prose", "-;CRLF;" },
    };
    struct folder folder;
    struct program_result result;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "x/r.yaml", story);
    TEST(&result, folder.path, "-o", "json");
    assert_int_equal(result.code, 0);
    for (size_t i = 0; i < N(rows); i++) {
        CLEANUP(buf_done_at) struct buf variants = { 0 };

        list_variants(result.out.data, rows[i].name, &variants);
        assert_string_equal(variants.data, rows[i].variants);
    }
    program_result_done(&result);
    folder_done(&folder);
}

/* What a line says behind the cut must not be what keeps the rule silent. */
static void a_cut_makes_nothing_of_nothing(void **state)
{
    struct folder folder;
    struct program_result result;

    (void)state;
    folder_init(&folder);
    folder_write(
        &folder, "x/r.yaml",
        HEAD
        "  - { name: a, stream: kubelet, role: proof, anonymous: true, pattern: 'widget "
        "broke(?!.*tolerated)' }\n"
        "tests:\n"
        "  - name: tolerated\n"
        "    input: |\n"
        "      Feb 05 10:58:14 edge-3 kubelet[12704]: E0205 10:58:14.917245   12704 run.go:72] "
        "widget broke, which is tolerated\n"
        "    expect_none: [x/r]\n");
    TEST(&result, folder.path);
    assert_says(&result, 1, "FAIL x/r: tolerated, cut at 100 columns (");
    assert_says(&result, 1, "    expect_none: found x/r in cut lines\n");
    program_result_done(&result);
    folder_done(&folder);
}

static void a_failed_test_is_told_once(void **state)
{
    struct folder folder;
    struct program_result result;

    (void)state;
    folder_init(&folder);
    folder_write(
        &folder, "x/r.yaml",
        HEAD
        "  - { name: a, stream: kubelet, role: proof, anonymous: true, pattern: 'widget broke' }\n"
        "tests:\n"
        "  - { name: '<&\">', input: widget held, expect: { root: x/r } }\n"
        "  - { name: fine, input: widget held, expect_none: [x/r] }\n");
    TEST(&result, folder.path);
    assert_says(&result, 1, "    root: expected x/r, found nothing\n3 tests, 1 failed\n");
    program_result_done(&result);
    TEST(&result, folder.path, "-o", "junit");
    assert_says(&result, 1, "<testsuite name=\"nodecause\" tests=\"3\" failures=\"1\">");
    assert_says(&result, 1, "<testcase classname=\"x/r\" name=\"&lt;&amp;&quot;&gt;\" file=\"");
    assert_says(&result, 1, "line=\"8\">\n      <failure message=\"not as expected\">    root: ");
    program_result_done(&result);
    TEST(&result, folder.path, "-o", "html");
    assert_int_equal(result.code, 2);
    program_result_done(&result);
    folder_done(&folder);
}

/* ---- the corpus ---- */

/* Cases are at family/case, and folder_write() makes one level only. */
static void write_case(const struct folder *folder, const char *family, const char *name,
                       const char *label, const char *log)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };

    buf_printf(&path, "%s/.keep", family);
    folder_write(folder, path.data, "");
    buf_clear(&path);
    buf_printf(&path, "%s/%s/meta.json", family, name);
    folder_write(folder, path.data, label);
    buf_clear(&path);
    buf_printf(&path, "%s/%s/input.log", family, name);
    folder_write(folder, path.data, log);
}

static void judges_labelled_cases(void **state)
{
    struct folder folder, rules;
    struct program_result result;

    (void)state;
    folder_init(&folder);
    folder_init(&rules);
    folder_write(&folder, "families.tsv", "# family\trules\nwidgets\ty/z x/r*\ta remark\n");
    folder_write(&rules, "x/r.yaml",
                 HEAD "  - { name: a, stream: kubelet, role: proof, anonymous: true, pattern: "
                      "'widget broke' }\n");
    write_case(&folder, "widgets", "found", "{\"expected\":[\"widgets\"]}", "widget broke\n");
    write_case(&folder, "widgets", "missed", "{\"expected\":[\"widgets\"]}", "widget tore\n");
    write_case(&folder, "widgets", "unsure", "{\"expected\":[\"widgets\"],\"also_ok\":[\"none\"]}",
               "widget tore\n");
    write_case(&folder, "negative", "healthy", "{\"expected\":[\"none\"]}", "widget held\n");
    TEST(&result, "--rules", rules.path, "--corpus", folder.path);
    assert_says(&result, 1, "FAIL widgets: missed (");
    assert_says(&result, 1, "    expected widgets, found nothing\n4 tests, 1 failed\n");
    program_result_done(&result);
    TEST(&result, "--rules", rules.path, "--corpus", folder.path, "--min=75");
    assert_int_equal(result.code, 0);
    program_result_done(&result);
    write_case(&folder, "negative", "ill", "{\"expected\":[\"none\"]}", "widget broke\n");
    TEST(&result, "--rules", rules.path, "--corpus", folder.path, "--min=10");
    assert_says(&result, 1, "    expected no root cause, found x/r\n");
    program_result_done(&result);
    write_case(&folder, "widgets", "unlabelled", "[", "widget broke\n");
    TEST(&result, "--rules", rules.path, "--corpus", folder.path, "--min=10");
    assert_says(&result, 1, "    meta.json cannot be read, or is not JSON\n");
    program_result_done(&result);
    TEST(&result, "--rules", rules.path, "--corpus", "/nonexistent");
    assert_int_equal(result.code, 2);
    program_result_done(&result);
    folder_done(&folder);
    folder_done(&rules);
}

/* ---- why not ---- */

static const char asked[] =
    HEAD "  - { name: a, stream: kubelet, role: proof, anonymous: true, pattern: 'widget "
         "(?<n>\\d+) (?:broke|tore) "
         "at (?<t>\\w+)',\n"
         "      fields: { klog.severity: E }, where: { n: '>= 3' } }\n"
         "  - { name: b, stream: kubelet, role: sign, pattern: 'gadget burst' }\n"
         "  - { name: c, stream: kubelet, role: sign, pattern: 'gadget gone' }\n"
         "facts: { n: integer }\n"
         "when: { all: [b, c] }\n";

static const char better[] = HEAD "  - { name: a, stream: kubelet, role: proof, anonymous: true, "
                                  "pattern: 'widget \\d+ broke at noon' }\n"
                                  "suppresses: [{ rule: x/r }]\n";

static const char deeper[] =
    HEAD "  - { name: a, stream: kubelet, role: proof, anonymous: true, pattern: 'hammer fell' }\n"
         "explains: [{ rule: x/r }]\n";

#define KLOG(severity) severity "0205 10:58:14.917220   12704 a.go:1] "

/* One row for each stage. */
static const struct {
    const char *log;
    int code;
    const char *said;
} stages[] = {
    { "nothing\n", 1,
      "x/r is not found\n  a (proof): the input has none of its literals: 'widget'\n" },
    { "Feb 05 10:58:14 n bash[7]: widget 5 broke at one\n", 1,
      "  a (proof): line 1: its literal is in a line of bash (stream: none, certain by "
      "identifier), "
      "which it does not read\n" },
    { KLOG("E") "widget 5 broke on\n", 1,
      "  a (proof): line 1: the pattern does not match\n"
      "      message: widget 5 broke on\n"
      "      matches: widget (?<n>\\d+) (?:broke|tore) \n"
      "      and not: at (?<t>\\w+)\n" },
    { KLOG("I") "widget 5 broke at one\n", 1,
      "  a (proof): line 1: this condition is false: { fields: { klog.severity: 'E' } }\n" },
    { KLOG("E") "widget 2 broke at one\n", 1,
      "  a (proof): line 1: this condition is false: { where: { n: '>= 3' } }; it is '2'\n" },
    { KLOG("E") "gadget burst\n", 1, "  its signs match, but `when` (line 11) is not true" },
    { KLOG("E") "widget 5 broke at noon\n", 1, "  suppressed by x/better\n" },
    { KLOG("E") "widget 5 broke at one\n", 0,
      "x/r is found: root, certain, ongoing\n  a (proof): line 1: matches\n" },
    { KLOG("E") "hammer fell\n" KLOG("E") "widget 5 broke at one\n", 0,
      "x/r is found: consequence, certain, ongoing\n  explained by x/deeper\n" },
};

static void says_where_a_rule_stopped(void **state)
{
    struct folder folder, logs;

    (void)state;
    folder_init(&folder);
    folder_init(&logs);
    folder_write(&folder, "x/r.yaml", asked);
    folder_write(&folder, "x/better.yaml", better);
    folder_write(&folder, "x/deeper.yaml", deeper);
    for (size_t i = 0; i < N(stages); i++) {
        struct program_result result;
        char path[128];

        folder_write(&logs, "n.log", stages[i].log);
        (void)snprintf(path, sizeof(path), "%s/n.log", logs.path);
        TEST(&result, "--rules", folder.path, "--why-not", "x/r", path);
        assert_says(&result, stages[i].code, stages[i].said);
        program_result_done(&result);
    }
    folder_done(&folder);
    folder_done(&logs);
}

static void needs_a_rule_and_a_file(void **state)
{
    struct program_result result;

    (void)state;
    TEST(&result, "--why-not", "kubelet/swap-enabled");
    assert_int_equal(result.code, 2);
    program_result_done(&result);
    TEST(&result, "--why-not", "no/such", "/dev/null");
    assert_int_equal(result.code, 2);
    assert_non_null(strstr(result.errs.data, "unknown rule 'no/such'"));
    program_result_done(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_a_story_in_many_ways),
        cmocka_unit_test(a_cut_makes_nothing_of_nothing),
        cmocka_unit_test(a_failed_test_is_told_once),
        cmocka_unit_test(judges_labelled_cases),
        cmocka_unit_test(says_where_a_rule_stopped),
        cmocka_unit_test(needs_a_rule_and_a_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
