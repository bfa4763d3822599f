/* Which rules test and lint check, and under which ids: the same whichever folder is named, from
 * whichever directory. Through the whole program. */

#include "base/buf.h"
#include "helpers/folder.h"
#include "helpers/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#define RULE(word, more)                                                                           \
    "title: A " word " broke\nseverity: error\nexplain: It broke.\n" more                          \
    "signals: [{ name: broke, stream: kubelet, role: proof, anonymous: true, pattern: " word       \
    " broke }]\n"                                                                                  \
    "remedies: [{ kind: verify, do: Look }]\n"                                                     \
    "tests:\n"                                                                                     \
    "  - { name: p, input: 'I0205 10:58:14.917220   12704 a.go:1] " word                           \
    " broke', expect: { root: acme/" word " } }\n"                                                 \
    "  - { name: n, input: 'I0205 10:58:14.917220   12704 a.go:1] " word                           \
    " held', expect_none: [acme/" word "] }\n"

static const char widget[] = RULE("widget", "explains: [{ rule: other/gadget, within: 5m }]\n");
static const char gadget[] =
    "title: A gadget burst\nseverity: error\nexplain: It burst.\n"
    "signals: [{ name: burst, stream: kubelet, role: proof, anonymous: true, pattern: gadget burst "
    "}]\n"
    "remedies: [{ kind: verify, do: Look }]\n"
    "tests:\n"
    "  - { name: p, input: 'I0205 10:58:14.917220   12704 a.go:1] gadget burst', expect: { root: "
    "other/gadget } }\n"
    "  - { name: n, input: 'I0205 10:58:14.917220   12704 a.go:1] gadget held', expect_none: "
    "[other/gadget] }\n";
static const char alone[] = RULE("bolt", "");

/* A shell's line, in which $NODECAUSE is the program and $D the folder. */
static void shell(const struct folder *folder, const char *line, struct program_result *ret)
{
    CLEANUP(buf_done_at) struct buf script = { 0 };

    buf_printf(&script, "D=%s; cd $D && %s", folder->path, line);
    program_run(&(struct program_call){ .program = "/bin/sh",
                                        .arguments = (const char *[]){ "-c", script.data, NULL },
                                        .seconds = 60 },
                ret);
}

static void assert_says(const struct folder *folder, const char *line, int code, const char *text)
{
    struct program_result result;

    shell(folder, line, &result);
    if (result.code != code || (!strstr(result.out.data ? result.out.data : "", text) &&
                                !strstr(result.errs.data ? result.errs.data : "", text))) {
        fail_msg("%s: exit %d, expected %d and \"%s\" in:\n%s%s", line, result.code, code, text,
                 result.out.data ? result.out.data : "", result.errs.data ? result.errs.data : "");
    }
    program_result_done(&result);
}

/* tree/ has streams.yaml, so it is the root of what is below it. */
static void init_tree(struct folder *folder)
{
    struct program_result result;

    folder_init(folder);
    shell(folder, "mkdir -p tree/acme tree/other tree/empty", &result);
    program_result_done(&result);
    shell(folder, "cp " SOURCE_DIR "/rules/streams.yaml tree/streams.yaml", &result);
    assert_int_equal(result.code, 0);
    program_result_done(&result);
    folder_write(folder, "widget.yaml", widget);
    folder_write(folder, "gadget.yaml", gadget);
    shell(folder, "mv widget.yaml tree/acme && mv gadget.yaml tree/other", &result);
    assert_int_equal(result.code, 0);
    program_result_done(&result);
}

static void ids_do_not_depend_on_the_folder(void **state)
{
    static const struct {
        const char *lint, *test;
        const char *rules;
    } rows[] = {
        { "$NODECAUSE lint tree", "$NODECAUSE test tree", "rules: 2, errors: 0" },
        { "$NODECAUSE lint tree/acme", "$NODECAUSE test tree/acme", "rules: 1, errors: 0" },
        { "$NODECAUSE lint tree/acme/", "$NODECAUSE test tree/acme/", "rules: 1, errors: 0" },
        { "$NODECAUSE lint $D/tree/acme", "$NODECAUSE test $D/tree/acme", "rules: 1, errors: 0" },
        { "$NODECAUSE lint tree/acme/widget.yaml", "$NODECAUSE test tree/acme/widget.yaml",
          "rules: 1, errors: 0" },
        { "cd tree && $NODECAUSE lint acme", "cd tree && $NODECAUSE test acme",
          "rules: 1, errors: 0" },
        { "cd tree/acme && $NODECAUSE lint .", "cd tree/acme && $NODECAUSE test .",
          "rules: 1, errors: 0" },
        { "cd tree/acme && $NODECAUSE lint widget.yaml",
          "cd tree/acme && $NODECAUSE test widget.yaml", "rules: 1, errors: 0" },
        { "$NODECAUSE lint tree/acme tree/other/gadget.yaml",
          "$NODECAUSE test tree/acme tree/other/gadget.yaml", "rules: 2, errors: 0" },
        { "$NODECAUSE lint --rules tree tree/other", "$NODECAUSE test --rules tree tree/other",
          "rules: 1, errors: 0" },
        { "$NODECAUSE lint --rules tree", "$NODECAUSE test --rules tree", "rules: 2, errors: 0" },
    };
    struct folder folder;

    (void)state;
    init_tree(&folder);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_says(&folder, rows[i].lint, 0, rows[i].rules);
        assert_says(&folder, rows[i].test, 0, " 0 failed");
    }
    folder_done(&folder);
}

/* The program's own tree. */
static void a_folder_of_ours_passes(void **state)
{
    struct folder folder;

    (void)state;
    folder_init(&folder);
    assert_says(&folder, "cd " SOURCE_DIR " && $NODECAUSE lint rules/runtime", 0, "errors: 0");
    assert_says(&folder, "cd " SOURCE_DIR "/rules/runtime && $NODECAUSE test .", 0, " 0 failed");
    folder_done(&folder);
}

/* Where no streams.yaml is above, a rule is its folder and its name. */
static void works_without_a_tree(void **state)
{
    static const char *const lines[] = {
        "$NODECAUSE test acme",         "$NODECAUSE test acme/bolt.yaml",       "$NODECAUSE test .",
        "cd acme && $NODECAUSE test .", "cd acme && $NODECAUSE test bolt.yaml",
    };
    struct folder folder;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "acme/bolt.yaml", alone);
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        assert_says(&folder, lines[i], 0, " 0 failed");
    }
    folder_done(&folder);
}

/* What would check nothing is a mistake. */
static void refuses_what_is_no_rule(void **state)
{
    static const struct {
        const char *line, *text;
    } rows[] = {
        { "$NODECAUSE lint empty", "nodecause: empty: no rule files (*.yaml) found" },
        { "$NODECAUSE test empty", "nodecause: empty: no rule files (*.yaml) found" },
        { "$NODECAUSE test --rules empty", "nodecause: empty: no rule files (*.yaml) found" },
        { "$NODECAUSE lint tree/empty", "tree/empty: no rule files (*.yaml) found" },
        { "$NODECAUSE lint acme empty", "nodecause: empty: no rule files (*.yaml) found" },
        { "$NODECAUSE lint yml", "one.yml: error: rule files must end in .yaml; rename this one" },
        { "$NODECAUSE test yml", "one.yml: rule files must end in .yaml; rename this one" },
        { "$NODECAUSE --strict-rules --rules yml x.log", "one.yml: rule files must end in .yaml" },
        { "$NODECAUSE lint yml/one.yml", "yml/one.yml: the name of a rule file must end in .yaml" },
        { "$NODECAUSE lint nonexist", "nonexist: No such file or directory" },
    };
    struct folder folder;

    (void)state;
    init_tree(&folder);
    folder_write(&folder, "acme/bolt.yaml", alone);
    folder_write(&folder, "yml/one.yml", alone);
    folder_write(&folder, "empty/README", "");
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_says(&folder, rows[i].line, 2, rows[i].text);
    }
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_do_not_depend_on_the_folder),
        cmocka_unit_test(a_folder_of_ours_passes),
        cmocka_unit_test(works_without_a_tree),
        cmocka_unit_test(refuses_what_is_no_rule),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
