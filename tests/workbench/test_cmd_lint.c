/* nodecause lint through the whole program: each thing that it says beyond the rule itself, where
 * it says it, and a rule beside it of which there is nothing to say. */

#include "base/buf.h"
#include "helpers/folder.h"
#include "helpers/program.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A rule without fault; each row changes one of its lines. */
static const char *const good[] = {
    "title: The widget {x} broke", /* 1 */
    "severity: error",             /* 2 */
    "signals:",                    /* 3 */
    "  - { name: broke, stream: kubelet, role: proof, pattern: 'widget (?<x>\\w+) broke', "
    "each: '(?<part>bolt\\d)' }",                         /* 4 */
    "state:",                                             /* 5 */
    "  listed: { from: fstab, any: { fstype: widget } }", /* 6 */
    "explain: 'It was {x|one}, seen {count} times. Parts: {broke: {part} of {x}}. Line: "
    "{listed.line}.'",                                                         /* 7 */
    "remedies: [{ kind: verify, do: 'Look at {broke.part}', run: 'ls {x}' }]", /* 8 */
    "tests:",                                                                  /* 9 */
    "  - { name: p, input: 'I0205 10:58:14.917220   12704 a.go:1] widget a broke at bolt1', "
    "expect: { root: x/r } }", /* 10 */
    "  - { name: n, input: 'I0205 10:58:14.917220   12704 a.go:1] widget a held', expect_none: "
    "[x/r] }", /* 11 */
};

/* clang-format off */
static const struct row {
    size_t replaced; /* line of the good rule; 0: none */
    const char *text;
    const char *said; /* behind the path; NULL: nothing */
} rows[] = {
    { 0, "", NULL },
    { 7, "explain: 'It was {xx}, seen often.'", ":7:19: unknown-name: unknown fact 'xx', did you mean 'x'?" },
    { 7, "explain: 'It was {elsewhere.line}.'", ":7:19: unknown-name: unknown fact 'elsewhere.line'" },
    { 7, "explain: 'It was {listed.lime}.'", ":7:19: unknown-name: unknown fact 'listed.lime', did you mean 'listed.line'?" },
    { 7, "explain: 'It was {x_after}, {broke_after: {part}}.'", NULL },
    { 7, "explain: 'It was {broke: {bart}}.'", ":7:27: unknown-name: unknown fact 'broke.bart', did you mean 'broke.part'?" },
    { 7, "explain: 'It was {table: {bart}}.'", ":7:19: unknown-name: unknown fact 'table'" },
    { 7, "explain: 'It was {x.'", ":7:18: bad-text: missing name or closing brace after `{`; write `{{` for a brace" },
    { 7, "explain: 'It was {{x.'", NULL },
    { 2, "severity: error\nlasts: until-lifted", ":3:8: never-lifted: lasts: until-lifted requires recovered_by" },
    { 2, "severity: error\nlasts: moment\nrecovered_by: [x/other]", ":4:15: moment-recovers: a moment has no end" },
    { 2, "severity: error\nlasts: until-lifted\nrecovered_by: [x/other]", NULL },
    { 1, "title: The widget {y} broke", ":1:20: unknown-name: unknown fact 'y', did you mean 'x'?" },
    { 8, "remedies: [{ kind: verify, do: Look, run: ['ls', 'ls {path}'] }]", ":8:55: unknown-name: unknown fact 'path'" },
    { 8, "remedies: [{ kind: verify, do: See, run: ls }, { kind: now, do: Fix, run: fix }]", ":8:48: no-risk: it changes something; say its 'risk'" },
    { 8, "remedies: [{ kind: verify, do: See, run: ls }, { kind: now, do: Fix, run: fix, risk: 'it breaks' }]", NULL },
    { 8, "remedies: [{ kind: verify, do: See, run: 'systemctl --no-block restart x' }]", ":8:43: changing-question: an 'inspect' or 'verify' must not change anything" },
    { 8, "remedies: [{ kind: verify, do: See, run: 'ls > /etc/x' }]", ":8:43: changing-question" },
    { 8, "remedies: [{ kind: verify, do: See, run: 'ls 2>/dev/null | grep restart' }]", NULL },
    { 8, "remedies: [{ kind: verify, do: See, run: ls }, { kind: now, do: Fix, risk: much, run: [ls, 'kubectl delete pods -A --field-selector=status.phase=Failed'] }]", ":8:87: cluster-wide" },
    { 8, "remedies: [{ kind: verify, do: See, run: ls }, { kind: now, do: Fix, risk: much, run: 'kubectl delete pods -A --field-selector=spec.nodeName={node}' }]", NULL },
    { 8, "remedies: [{ kind: verify, do: See, run: ls }, { kind: now, do: Fix, risk: much, run: 'journalctl --vacuum-size=1G' }]", ":8:88: lost-journal" },
    { 8, "remedies: [{ kind: verify, do: See, run: 'journalctl -k -g oom' }]", ":8:43: no-such-option" },
    { 8, "remedies: [{ kind: verify, do: See, run: 'journalctl -k | grep -A 3 oom' }]", NULL },
    { 8, "remedies: [{ kind: verify, do: See, run: 'systemctl is-active kubelet' }]", ":8:43: unit-name: 'kubelet' is not on every node; write {kubelet_unit}" },
    { 8, "remedies: [{ kind: verify, do: See, run: ['journalctl -u crio.service'] }]", ":8:42: unit-name: 'crio.service' is not on every node; write {runtime_unit}" },
    { 8, "remedies: [{ kind: verify, do: See, run: 'systemctl is-active {kubelet_unit} | grep kubelet' }]", NULL },
    { 8, "remedies: [{ kind: verify, do: See, run: 'kubectl get node {host}' }]", ":8:43: host-name: the name of a node has no capital letters; write {node}" },
    { 8, "remedies: [{ kind: verify, do: See, run: 'timeout 9 crictl ps' }]", ":8:43: fixed-command: it is not on every node" },
    { 8, "remedies: [{ kind: verify, do: See, run: 'kubeadm token list' }]", ":8:43: fixed-command: it is not on every node" },
    { 8, "remedies: [{ kind: verify, do: See, run: ['{crictl} ps', 'cat {kubelet_config}'] }]", NULL },
    { 8, "remedies: [{ kind: verify, do: See, given: { y: 1 }, run: 'ls' }]", ":8:46: unknown-name: unknown fact 'y', did you mean 'x'?" },
    { 6, "  listed: { from: fstap, any: { fstype: widget } }", ":6:19: unknown-state: unknown state table 'fstap', did you mean 'fstab'?" },
    { 6, "  listed: { from: fstab, any: { fstyp: widget } }", ":6:33: unknown-column: unknown column 'fstyp' of fstab; it has device mount fstype options dump pass line" },
    { 6, "  listed: { from: fstab, any: { fstype: '!= {tipe}' } }", ":6:42: unknown-column: unknown column 'tipe'" },
    { 6, "  listed: { from: fstab, path: a.b, equals: c }", ":6:26: unknown-column: unknown column 'path'" },
    { 6, "  listed: { from: sysctl, path: a.b, equals: c }", NULL },
    { 4, "  - { name: broke, stream: [kubelet, state/fstap], role: proof, pattern: 'widget (?<x>\\w+) broke', each: '(?<part>bolt)' }", ":4:38: unknown-state: unknown state table 'fstap'" },
    { 11, "  - { name: n, state: { fstap: a }, expect_none: [x/r] }", ":11:25: unknown-state: unknown state table 'fstap'" },
    { 11, "  - { name: n, input: 'I0205 10:58:14.917220   12704 a.go:1] widget a held', expect_none: [x/r, x/othr] }", ":11:97: unknown-rule: unknown rule 'x/othr', did you mean 'x/other'?" },
    { 11, "  - { name: n, format: klogg, input: 'I0205 10:58:14.917220   12704 a.go:1] widget a held', expect_none: x/r }", ":11:24: unknown-format: unknown format 'klogg'" },
    { 4, "  - { name: broke, stream: kubelet, role: context, pattern: 'widget (?<x>\\w+) broke', each: '(?<part>bolt\\d)' }", ":1:1: no-proof: no signal is a proof or a sign: the rule is never found" },
    { 10, "  - { name: p, input: 'I0205 10:58:14.917220   12704 a.go:1] widget a tore', expect: { root: x/r } }", ":10:86: silent-test: the test expects this rule, but the report does not have it" },
    { 10, "  - { name: p, input: 'I0205 10:58:14.917220   12704 a.go:1] widget a tore', expect: { root: x/r } }", ":4:5: silent-signal: no test matches the signal 'broke'" },
    { 10, "  - { name: p, input: \"I0205 10:58:14.917220   12704 kubelet.go:1] widget a broke\\nI0205 10:58:14.917220   12704 kubelet.go:1] gadget burst\", expect: { root: x/r } }", ":10:5: rival: x/other is a certain root here too, but the test does not expect it" },
    { 10, "  - { name: p, input: \"I0205 10:58:14.917220   12704 a.go:1] widget a broke\\nI0205 10:58:14.917220   12704 a.go:1] gadget burst\", expect: { findings: [x/r, x/other] } }", NULL },
};
/* clang-format on */

static const char other[] =
    "title: A gadget burst\nseverity: error\nexplain: It burst.\n"
    "signals: [{ name: burst, stream: kubelet, role: proof, pattern: gadget burst }]\n"
    "remedies: [{ kind: verify, do: Look }]\n"
    "tests:\n"
    "  - { name: p, input: 'I0205 10:58:14.917220   12704 a.go:1] gadget burst', expect: { root: "
    "x/other } }\n"
    "  - { name: n, input: 'I0205 10:58:14.917220   12704 a.go:1] gadget held', expect_none: "
    "[x/other] }\n";

static void write_rule(const struct folder *folder, const struct row *row)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        buf_printf(&text, "%s\n", row->replaced == i + 1 ? row->text : good[i]);
    }
    folder_write(folder, "x/r.yaml", text.data);
    folder_write(folder, "x/other.yaml", other);
}

static void lint(const char *first, const char *second, const char *third,
                 struct program_result *ret)
{
    const char *const arguments[] = { "lint", first, second, third, NULL };

    program_run(&(struct program_call){ .arguments = arguments }, ret);
}

static bool row_holds(const struct row *row)
{
    struct folder folder;
    struct program_result result;
    CLEANUP(buf_done_at) struct buf line = { 0 };
    bool holds;

    folder_init(&folder);
    write_rule(&folder, row);
    lint(folder.path, NULL, NULL, &result);
    buf_printf(&line, "%s/x/r.yaml%s", folder.path, row->said ? row->said : "");
    holds = row->said ? result.code == 1 && strstr(result.out.data, line.data) : result.code == 0;
    if (!holds) {
        print_error("%s\n  should give %s, gives %d:\n%s%s\n", row->text,
                    row->said ? row->said : "nothing", result.code, result.out.data,
                    result.errs.data);
    }
    program_result_done(&result);
    folder_done(&folder);
    return holds;
}

/* streams.yaml: two streams without fault; each row adds a key or a stream. */
static const char streams[] = "kubelet:\n"
                              "  units: [kubelet.service]\n"
                              "  callers: [kubelet.go]\n"
                              "  headings: ['kubelet*']\n"
                              "  words: ['pkg/kubelet/']\n"
                              "  paths: ['*/kubelet.log*']\n"
                              "  anonymous: true\n"
                              "widget:\n"
                              "  identifiers: [widget]\n";

static const struct stream_row {
    const char *text, *said; /* behind the path; NULL: nothing */
} stream_rows[] = {
    { "", NULL },
    { "  callers: [gadget.go]\n", NULL },
    { "  callers: [kubelet.go]\n",
      ":10:13: shadowed: 'kubelet.go' has no effect: 'kubelet' is before 'widget'" },
    { "  callers: [widget]\n", ":10:13: dead-caller" },
    { "  callers: ['pkg/widget.go']\n", ":10:14: dead-caller" },
    { "  headings: ['kubelet logs']\n", ":10:15: shadowed" },
    { "  words: [wid]\n", ":10:11: short-text: 'wid' is shorter than 4 bytes" },
    { "  words: ['in pkg/kubelet/widget']\n", ":10:12: shadowed" },
    { "  paths: ['*/widget/*']\n", NULL },
    { "  paths: ['*/kubelet.log.1']\n", ":10:12: shadowed" },
    { "  paths: ['*/widget/']\n", ":10:12: dead-path" },
    { "  paths: ['var//log/*']\n", ":10:12: dead-path" },
    { "  paths: ['*/widget-[0-9].log']\n", ":10:12: dead-path" },
    { "gadget:\n  anonymous: true\n",
      ":10:1: no-recognition: no line can be known to be of 'gadget'" },
    { "gadget:\n  container_ids: true\n", NULL },
    { "node: [kubelet]\n", NULL },
};

static bool stream_row_holds(const struct stream_row *row)
{
    struct folder folder;
    struct program_result result;
    CLEANUP(buf_done_at) struct buf text = { 0 }, line = { 0 };
    bool holds;

    folder_init(&folder);
    write_rule(&folder, &rows[0]);
    buf_printf(&text, "%s%s", streams, row->text);
    folder_write(&folder, "streams.yaml", text.data);
    lint(folder.path, NULL, NULL, &result);
    buf_printf(&line, "%s/streams.yaml%s", folder.path, row->said ? row->said : "");
    holds = row->said ? result.code == 1 && strstr(result.out.data, line.data)
                      : !strstr(result.out.data, "streams.yaml");
    if (!holds) {
        print_error("%s\n  should give %s, gives %d:\n%s%s\n", row->text,
                    row->said ? row->said : "nothing", result.code, result.out.data,
                    result.errs.data);
    }
    program_result_done(&result);
    folder_done(&folder);
    return holds;
}

static void streams_that_mislead(void **state)
{
    unsigned n_wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(stream_rows) / sizeof(*stream_rows); i++) {
        n_wrong += !stream_row_holds(&stream_rows[i]);
    }
    assert_int_equal(n_wrong, 0);
}

static void says_what_and_where(void **state)
{
    unsigned n_wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        n_wrong += !row_holds(&rows[i]);
    }
    assert_int_equal(n_wrong, 0);
}

/* One bad file hides neither the next one nor the findings of good ones. */
static void tells_every_bad_file(void **state)
{
    static const char text[] =
        "/x/a.yaml:1:1: error: a rule has no key 'titel', did you mean 'title'?\n"
        "    titel: T\n"
        "    ^\n";
    struct folder folder;
    struct program_result result;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "x/a.yaml", "titel: T\n");
    folder_write(&folder, "x/b.yaml", "title: [T]\n");
    folder_write(&folder, "x/c.yaml", "disabled: true\n");
    folder_write(
        &folder, "x/d.yaml",
        "title: T\nseverity: info\nexplain: '{y}'\nexplains: [{ rule: x/a }, { rule: x/z }]\n"
        "signals: [{ name: s, stream: kubelet, role: sign, pattern: some text }]\n");
    lint(folder.path, NULL, NULL, &result);
    assert_int_equal(result.code, 2);
    assert_non_null(strstr(result.out.data, text));
    assert_non_null(strstr(result.out.data, "/x/b.yaml:1:8: error: 'title' must be a text\n"));
    assert_non_null(strstr(result.out.data, "/x/d.yaml:4:35: error: unknown rule 'x/z'"));
    assert_null(strstr(result.out.data, "no rule 'x/a'")); /* it is there, but broken */
    assert_non_null(strstr(result.out.data, "/x/c.yaml:1:1: disables-nothing: "));
    assert_non_null(strstr(result.out.data, "/x/d.yaml:3:12: unknown-name: unknown fact 'y'"));
    assert_non_null(strstr(result.out.data, "errors: 3,"));
    program_result_done(&result);
    folder_done(&folder);
}

static void speaks_json(void **state)
{
    struct folder folder;
    struct program_result result;
    json_t *root;
    const char *code;
    int line, column;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "x/c.yaml", "disabled: true\n");
    folder_write(&folder, "x/a.yaml", "titel: T\n");
    lint("-o", "json", folder.path, &result);
    root = json_loads(result.out.data, 0, NULL);
    assert_int_equal(json_unpack(root, "{s[{ss si si}]}", "findings", "code", &code, "line", &line,
                                 "column", &column),
                     0);
    assert_string_equal(code, "disables-nothing");
    assert_int_equal(json_array_size(json_object_get(root, "errors")), 1);
    assert_int_equal(result.code, 2);
    json_decref(root);
    program_result_done(&result);
    folder_done(&folder);
}

static void needs_to_know_what(void **state)
{
    struct program_result result;

    (void)state;
    lint(NULL, NULL, NULL, &result);
    assert_int_equal(result.code, 2);
    assert_non_null(strstr(result.errs.data, "name the rule files or directories to check"));
    program_result_done(&result);
    lint("/nonexistent.yaml", NULL, NULL, &result);
    assert_int_equal(result.code, 2);
    program_result_done(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_and_where),  cmocka_unit_test(streams_that_mislead),
        cmocka_unit_test(tells_every_bad_file), cmocka_unit_test(speaks_json),
        cmocka_unit_test(needs_to_know_what),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
