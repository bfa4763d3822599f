/* A rule that uses every key, read back field by field; sets made of several directories. */

#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "rule/load.h"

#include "base/buf.h"
#include "rule/schema_json.h"

#include <errno.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char streams[] = "kernel: { transports: [kernel] }\n"
                              "kubelet:\n"
                              "  units: ['rke2-*.service']\n"
                              "  identifiers: [kubelet, k3s]\n"
                              "  klog_wrappers: [docker]\n"
                              "  anonymous: true\n";

static const char other[] =
    "title: Other\nseverity: info\nexplain: E\n"
    "signals: [{ name: o, stream: kernel, pattern: other text, role: sign }]\n";

static const char whole[] =
    "title: Whole\n"
    "severity: critical\n"
    "symptom: true\n"
    "signals:\n"
    "  - name: first\n"
    "    stream: [kubelet, kernel, state/swaps]\n"
    "    pattern: '(?i)it has (?<size>\\d+) things|(?<kind>one) thing'\n"
    "    message_id: [0123456789abcdef0123456789abcdef]\n"
    "    fields: { klog.severity: E, pid: '!= 1', unit: '*.service' }\n"
    "    role: proof\n"
    "    fatal: true\n"
    "    run: ends\n"
    "    where: { size: '>= 90Mi', kind: '~ ^o', status: '< {size}' }\n"
    "    each: '(?<device>/\\S+) (?<used>\\d+)'\n"
    "    set:\n"
    "      - { if: { kind: one }, then: { number: '1', word: uno } }\n"
    "      - { then: { number: many } }\n"
    "  - name: second\n"
    "    stream: kubelet\n"
    "    pattern: '\\d+'\n"
    "    literal: [digits, numbers]\n"
    "    role: context\n"
    "    block:\n"
    "      from: begin\n"
    "      to: end\n"
    "      lines: 100\n"
    "      within: 2m\n"
    "      read: ['a(?<first_fact>x)', 'b(?<second_fact>y)']\n"
    "      rows: { name: tasks, pattern: '(?<rss>\\d+)', top: rss, keep: 3 }\n"
    "    also: [tokens, chips]\n"
    "facts: { size: kibibytes, kind: [pod], status: { field: EXIT_STATUS, type: integer }, "
    "first.used: bytes }\n"
    "state:\n"
    "  in_fstab: { from: fstab, any: { fstype: swap, options: '!= noauto' } }\n"
    "  all_rows: { from: df, all: { use: '> 90' } }\n"
    "  no_rows: { from: df, none: { use: '<= 5' } }\n"
    "  many: { from: units, count: { name: '*.swap' }, at_least: 3 }\n"
    "  flag: { from: kubelet_config, path: a.b.c, equals: false }\n"
    "when:\n"
    "  all:\n"
    "    - first\n"
    "    - in_fstab\n"
    "    - { state: flag }\n"
    "    - { unknown: many }\n"
    "    - { unknown: [many, flag] }\n"
    "    - { any: [{ none: [second] }] }\n"
    "    - { count: { signal: first, at_least: 3, within: 10m } }\n"
    "    - { distinct: { signal: first, fact: size, at_least: 2 } }\n"
    "    - { sequence: { signals: [first, second], within: 250ms } }\n"
    "    - { absent: { signal: second, within: 1m, after: first } }\n"
    "    - { absent: { signal: second, within: 1m, before: first } }\n"
    "same: [host, unit, run]\n"
    "key: [kind, size]\n"
    "explains:\n"
    "  - { rule: other, within: 30s, same: [host, boot, pid] }\n"
    "  - { rule: b/c }\n"
    "suppresses: [{ rule: b/c, same: unit }]\n"
    "rules_out:\n"
    "  - { rule: other, if: { unknown: flag }, because: 'no {size}' }\n"
    "  - { rule: b/c, because: never }\n"
    "recovered_by: [b/c]\n"
    "confidence:\n"
    "  raised_by: [first, { if: { any: [flag] }, because: why }]\n"
    "  lowered_by: [flag]\n"
    "explain: It has {size}.\n"
    "remedies:\n"
    "  - { kind: now, do: Do it, run: [one, two], needs: root, risk: much, if: in_fstab }\n"
    "  - { kind: verify, do: Look }\n"
    "references: ['https://example.org/a']\n"
    "tests:\n"
    "  - name: shows it\n"
    "    formats: [short, json]\n"
    "    input: |\n"
    "      line\n"
    "    state: { fstab: text }\n"
    "    expect: { root: whole, confidence: certain, status: earlier-boot, exit: 1, facts: { "
    "first.device: /dev/a }, "
    "folds: [other], findings: [b/c] }\n"
    "    versions: all of them\n"
    "  - { name: shows it not, format: short, input: x, expect_none: [whole, other] }\n";

static struct rule_set *loaded(bool with_tests)
{
    static const struct {
        const char *id, *text;
    } files[] = {
        { "streams.yaml", streams }, { "whole", whole }, { "other", other }, { "b/c", other }
    };
    struct rule_set *set = rule_set_new();
    struct error error = { 0 };
    int r = 0;

    for (size_t i = 0; r >= 0 && i < N_ELEMENTS(files); i++) {
        r = rule_set_add_text(set, files[i].id, files[i].id, span_of(files[i].text), with_tests,
                              &error);
    }
    if (r >= 0) {
        r = rule_set_finish(set, &error);
    }
    if (r < 0) {
        fail_msg("%s:%u:%u: %s", error.path, error.line, error.column, error.text);
    }
    return set;
}

static const struct rule *find(const struct rule_set *set, const char *id)
{
    const struct rules *rules = rule_set_rules(set);
    int64_t found = rules_find(rules, span_of(id));

    return found < 0 ? NULL : &rules->items[found];
}

static void check_text(struct span text, const char *expected, int line)
{
    if (!span_is(text, expected)) {
        fail_msg("line %d: '%.*s' is not '%s'", line, (int)text.size, text.data ? text.data : "",
                 expected);
    }
}

#define assert_text(text, expected) check_text((text), (expected), __LINE__)

static void assert_pattern(const struct rule_set *set, uint32_t pattern, const char *expected)
{
    const struct rules *rules = rule_set_rules(set);

    assert_true(pattern < rules->n_patterns);
    assert_text(rules->patterns[pattern].text, expected);
}

static void assert_condition(const struct condition *condition, const char *name,
                             enum comparison comparison, const char *text)
{
    assert_text(condition->name, name);
    assert_int_equal(condition->comparison, comparison);
    assert_text(condition->text, text);
}

static void reads_the_head(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct rule *rule = find(set, "whole");

    (void)state;
    assert_int_equal(rule_set_rules(set)->n, 3);
    assert_string_equal(rule_set_rules(set)->items[0].id, "b/c"); /* in the order of ids */
    assert_string_equal(rule->id, "whole");
    assert_string_equal(rule->origin, "text");
    assert_string_equal(rule->title, "Whole");
    assert_int_equal(rule->severity, RULE_CRITICAL);
    assert_string_equal(rule_severity_name(rule->severity), "critical");
    assert_true(rule->symptom);
    assert_int_equal(rule->same, SAME_HOST | SAME_UNIT | SAME_RUN);
    assert_int_equal(find(set, "other")->same, SAME_HOST);
    assert_int_equal(rule->n_key, 2);
    assert_text(rule->key[1], "size");
    assert_string_equal(rule->explain, "It has {size}.");
    assert_string_equal(rule->references[0], "https://example.org/a");
    assert_null(rule->references[1]);
    assert_null(find(set, "missing"));
}

static void reads_signals(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct rule *rule = find(set, "whole");
    const struct signal_rule *signal = &rule->signals[0];

    (void)state;
    assert_int_equal(rule->n_signals, 2);
    assert_int_equal(rule_signal(rule, SPAN("second")), 1);
    assert_int_equal(rule_signal(rule, SPAN("third")), -1);
    assert_text(signal->name, "first");
    assert_int_equal(signal->place.line, 5);
    assert_int_equal(signal->streams, 3);
    assert_text(signal->state_kind, "swaps");
    assert_pattern(set, signal->pattern, "(?i)it has (?<size>\\d+) things|(?<kind>one) thing");
    assert_int_equal(signal->n_literals, 3);
    assert_true(signal->literals_caseless);
    assert_text(signal->literals[0], "it has");
    assert_text(signal->literals[1], "thing");
    assert_text(signal->literals[2], "0123456789abcdef0123456789abcdef");
    assert_int_equal(signal->n_message_ids, 1);
    assert_int_equal(signal->role, ROLE_PROOF);
    assert_true(signal->fatal);
    assert_int_equal(signal->run, RUN_ENDS);
    assert_pattern(set, signal->each, "(?<device>/\\S+) (?<used>\\d+)");
    assert_false(signal->block.present);
}

static void reads_conditions(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct signal_rule *signal = &find(set, "whole")->signals[0];

    (void)state;
    assert_int_equal(signal->n_fields, 3);
    assert_condition(&signal->fields[0], "klog.severity", IS_EQUAL, "E");
    assert_condition(&signal->fields[1], "pid", IS_NOT_EQUAL, "1");
    assert_condition(&signal->fields[2], "unit", IS_GLOB, "*.service");
    assert_int_equal(signal->n_where, 3);
    assert_condition(&signal->where[0], "size", IS_AT_LEAST, "90Mi");
    assert_condition(&signal->where[1], "kind", IS_MATCHING, "^o");
    assert_pattern(set, signal->where[1].pattern, "^o");
    assert_condition(&signal->where[2], "status", IS_LESS, "{size}");
    assert_text(signal->where[2].other_fact, "size");
    assert_int_equal(signal->n_set, 2);
    assert_condition(&signal->set[0].conditions[0], "kind", IS_EQUAL, "one");
    assert_int_equal(signal->set[0].n_facts, 2);
    assert_text(signal->set[0].facts[1].name, "word");
    assert_text(signal->set[0].facts[1].value, "uno");
    assert_int_equal(signal->set[1].n_conditions, 0);
}

static void reads_blocks(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct signal_rule *signal = &find(set, "whole")->signals[1];
    const struct block_rule *block = &signal->block;

    (void)state;
    assert_text(signal->literals[1], "numbers");
    assert_int_equal(signal->n_literals, 2);
    assert_text(signal->also[1], "chips");
    assert_int_equal(signal->n_also, 2);
    assert_false(signal->literals_caseless);
    assert_int_equal(signal->role, ROLE_CONTEXT);
    assert_int_equal(signal->run, RUN_GOES_ON);
    assert_int_equal(signal->each, PATTERN_NONE);
    assert_true(block->present);
    assert_pattern(set, block->from, "begin");
    assert_pattern(set, block->to, "end");
    assert_int_equal(block->lines, 100);
    assert_int_equal(block->within_us, 2 * USEC_PER_MINUTE);
    assert_int_equal(block->n_reads, 2);
    assert_pattern(set, block->reads[1], "b(?<second_fact>y)");
    assert_text(block->rows_name, "tasks");
    assert_pattern(set, block->rows, "(?<rss>\\d+)");
    assert_text(block->rows_top, "rss");
    assert_int_equal(block->rows_keep, 3);
}

static void reads_facts_and_states(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct rule *rule = find(set, "whole");

    (void)state;
    assert_int_equal(rule->n_facts, 4);
    assert_int_equal(rule_fact(rule, SPAN("size"))->type, FACT_KIBIBYTES);
    assert_int_equal(rule_fact(rule, SPAN("kind"))->type, FACT_POD);
    assert_true(rule_fact(rule, SPAN("kind"))->list);
    assert_text(rule_fact(rule, SPAN("status"))->field, "EXIT_STATUS");
    assert_int_equal(rule_fact(rule, SPAN("first.used"))->type, FACT_BYTES);
    assert_null(rule_fact(rule, SPAN("used")));
    assert_int_equal(rule->n_states, 5);
    assert_text(rule->states[0].from, "fstab");
    assert_int_equal(rule->states[0].match, STATE_ANY);
    assert_condition(&rule->states[0].conditions[1], "options", IS_NOT_EQUAL, "noauto");
    assert_int_equal(rule->states[1].match, STATE_ALL);
    assert_condition(&rule->states[1].conditions[0], "use", IS_GREATER, "90");
    assert_int_equal(rule->states[2].match, STATE_NONE);
    assert_condition(&rule->states[2].conditions[0], "use", IS_AT_MOST, "5");
    assert_int_equal(rule->states[3].match, STATE_COUNT);
    assert_int_equal(rule->states[3].at_least, 3);
    assert_int_equal(rule->states[4].match, STATE_PATH);
    assert_text(rule->states[4].path, "a.b.c");
    assert_condition(&rule->states[4].conditions[0], "value", IS_EQUAL, "false");
}

static void reads_trees(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct when *when = find(set, "whole")->when;
    const struct when *child = when->children;

    (void)state;
    assert_int_equal(when->kind, WHEN_ALL);
    assert_int_equal(when->n_children, 11);
    assert_int_equal(child[0].kind, WHEN_SIGNAL);
    assert_int_equal(child[1].kind, WHEN_STATE);
    assert_int_equal(child[2].kind, WHEN_STATE);
    assert_int_equal(child[2].state, 4);
    assert_int_equal(child[3].kind, WHEN_UNKNOWN);
    assert_int_equal(child[3].state, 3);
    assert_int_equal(child[4].kind, WHEN_ALL);
    assert_int_equal(child[4].children[1].kind, WHEN_UNKNOWN);
    assert_int_equal(child[5].children[0].kind, WHEN_NONE);
    assert_int_equal(child[5].children[0].children[0].signal, 1);
    assert_int_equal(child[6].kind, WHEN_COUNT);
    assert_int_equal(child[6].at_least, 3);
    assert_int_equal(child[6].within_us, 10 * USEC_PER_MINUTE);
    assert_int_equal(child[7].kind, WHEN_DISTINCT);
    assert_text(child[7].fact, "size");
    assert_int_equal(child[8].kind, WHEN_SEQUENCE);
    assert_int_equal(child[8].sequence[1], 1);
    assert_int_equal(child[8].within_us, 250000);
    assert_int_equal(child[10].kind, WHEN_ABSENT);
    assert_int_equal(child[10].before, 0);
    assert_int_equal(child[10].after, UINT32_MAX);
    assert_int_equal(child[9].kind, WHEN_ABSENT);
    assert_int_equal(child[9].signal, 1);
    assert_int_equal(child[9].after, 0);
}

static void reads_what_names_other_rules(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct rule *rule = find(set, "whole");

    (void)state;
    assert_int_equal(rule->n_explains, 2);
    assert_int_equal(rule->explains[0].rule, 1);
    assert_int_equal(rule->explains[0].within_us, 30 * USEC_PER_SEC);
    assert_int_equal(rule->explains[0].same, SAME_HOST | SAME_BOOT | SAME_PID);
    assert_int_equal(rule->explains[1].rule, 0);
    assert_int_equal(rule->explains[1].within_us, 0);
    assert_int_equal(rule->explains[1].same, SAME_HOST | SAME_BOOT);
    assert_int_equal(rule->n_suppresses, 1);
    assert_int_equal(rule->suppresses[0].same, SAME_UNIT);
    assert_int_equal(rule->n_rules_out, 2);
    assert_int_equal(rule->rules_out[0].when->kind, WHEN_UNKNOWN);
    assert_string_equal(rule->rules_out[0].because, "no {size}");
    assert_null(rule->rules_out[1].when);
    assert_int_equal(rule->n_recovered_by, 1);
    assert_int_equal(rule->recovered_by[0], 0);
}

static void reads_confidence_and_remedies(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct rule *rule = find(set, "whole");

    (void)state;
    assert_int_equal(rule->n_raised_by, 2);
    assert_string_equal(rule->raised_by[0].because, "the signal first was seen");
    assert_string_equal(rule->raised_by[1].because, "why");
    assert_int_equal(rule->raised_by[1].when->kind, WHEN_ANY);
    assert_string_equal(rule->lowered_by[0].because, "the state flag is true");
    assert_int_equal(rule->n_remedies, 2);
    assert_int_equal(rule->remedies[0].kind, REMEDY_NOW);
    assert_string_equal(rule->remedies[0].action, "Do it");
    assert_string_equal(rule->remedies[0].run[1], "two");
    assert_null(rule->remedies[0].run[2]);
    assert_string_equal(rule->remedies[0].needs, "root");
    assert_string_equal(rule->remedies[0].risk, "much");
    assert_int_equal(rule->remedies[0].when->kind, WHEN_STATE);
    assert_null(rule->remedies[1].run);
    assert_null(rule->remedies[1].needs);
    assert_null(rule->remedies[1].when);
}

static void reads_tests(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    CLEANUP(rule_set_free_at) struct rule_set *without = loaded(false);
    const struct rule *rule = find(set, "whole");
    const struct rule_test *test = &rule->tests[0];

    (void)state;
    assert_null(find(without, "whole")->tests);
    assert_int_equal(rule->n_tests, 2);
    assert_string_equal(test->name, "shows it");
    assert_string_equal(test->formats[1], "json");
    assert_text(test->input, "line\n");
    assert_text(test->state[0].name, "fstab");
    assert_int_equal(test->n_expect, 5);
    assert_text(test->expect[0].name, "root");
    assert_text(test->expect[2].value, "earlier-boot");
    assert_text(test->expect[3].value, "1");
    assert_text(test->expect[4].name, "facts.first.device");
    assert_text(test->expect[4].value, "/dev/a");
    assert_string_equal(test->folds[0], "other");
    assert_string_equal(test->expect_findings[0], "b/c");
    assert_null(test->expect_none[0]);
    assert_string_equal(test->versions, "all of them");
    assert_string_equal(rule->tests[1].formats[0], "short");
    assert_null(rule->tests[1].formats[1]);
    assert_string_equal(rule->tests[1].expect_none[1], "other");
}

static void reads_streams(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = loaded(true);
    const struct streams *found = &rule_set_rules(set)->streams;

    (void)state;
    assert_int_equal(found->n, 2);
    assert_string_equal(found->items[1].name, "kubelet");
    assert_string_equal(found->items[1].units[0], "rke2-*.service");
    assert_null(found->items[1].units[1]);
    assert_string_equal(found->items[1].identifiers[1], "k3s");
    assert_string_equal(found->items[1].klog_wrappers[0], "docker");
    assert_null(found->items[1].transports[0]);
    assert_true(found->items[1].anonymous);
    assert_false(found->items[0].anonymous);
}

/* libfyaml hands such a text out in more pieces than it has room for at first. */
static void keeps_texts_of_many_escapes(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };

    (void)state;
    buf_printf(&text, "signals: [{ name: o, stream: kernel, pattern: other text, role: sign }]\n"
                      "title: T\nseverity: info\nexplain: '");
    for (int i = 0; i < 200; i++) {
        buf_add_string(&text, "a''");
    }
    buf_add_string(&text, "'\n");
    assert_int_equal(rule_set_add_text(set, "streams.yaml", "s", SPAN(streams), true, NULL), 0);
    assert_int_equal(rule_set_add_text(set, "r", "r", buf_span(&text), true, NULL), 0);
    assert_int_equal(rule_set_finish(set, NULL), 0);
    assert_int_equal(strlen(find(set, "r")->explain), 400);
}

/* ---- directories ---- */

static void write_file(const char *directory, const char *name, const char *text)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    FILE *file;

    buf_printf(&path, "%s/%s", directory, name);
    for (char *slash = strchr(path.data + strlen(directory) + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(path.data, 0700);
        *slash = '/';
    }
    file = fopen(path.data, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void remove_tree(const char *directory)
{
    CLEANUP(buf_done_at) struct buf command = { 0 };

    buf_printf(&command, "rm -r '%s'", directory);
    assert_int_equal(system(command.data), 0);
}

static int finish(struct rule_set *set, const char *const *directories, struct error *reterr)
{
    int r = 0;

    for (; r >= 0 && *directories; directories++) {
        r = rule_set_add_directory(set, *directories, true, reterr);
    }
    return r < 0 ? r : rule_set_finish(set, reterr);
}

/* The later directory replaces one rule, switches one off that others name, and adds a stream. */
static void a_later_directory_wins(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    char first[] = "/tmp/rules-XXXXXX", second[] = "/tmp/rules-XXXXXX";
    const char *const directories[] = { mkdtemp(first), mkdtemp(second), NULL };
    struct error error = { 0 };

    (void)state;
    write_file(first, "streams.yaml", streams);
    write_file(first, "whole.yaml", whole);
    write_file(first, "other.yaml", other);
    write_file(first, "b/c.yaml", other);
    write_file(first, "layouts/x.yaml", "not: a rule\n");
    write_file(first, "schema/x.yaml", "not: a rule\n");
    write_file(first, ".hidden.yaml", "not: a rule\n");
    write_file(first, "README.md", "not: a rule\n");
    write_file(second, "streams.yaml", "mine: { identifiers: [me] }\nkernel: { units: [k] }\n");
    write_file(second, "other.yaml", "disabled: true\n");
    write_file(second, "b/c.yaml",
               "title: Mine\nseverity: info\nexplain: E\n"
               "signals: [{ name: o, stream: mine, pattern: my text, role: sign }]\n");
    if (finish(set, directories, &error) < 0) {
        fail_msg("%s:%u:%u: %s", error.path, error.line, error.column, error.text);
    }
    assert_int_equal(rule_set_rules(set)->n, 2);
    assert_string_equal(find(set, "b/c")->title, "Mine");
    assert_string_equal(find(set, "b/c")->origin, second);
    assert_int_equal(find(set, "b/c")->signals[0].streams, 4);
    assert_null(find(set, "other"));
    assert_int_equal(find(set, "whole")->n_explains, 1); /* the edge to what was switched off */
    assert_int_equal(find(set, "whole")->n_rules_out, 1);
    assert_int_equal(rule_set_rules(set)->streams.n, 3);
    assert_string_equal(rule_set_rules(set)->streams.items[0].units[0], "k");
    remove_tree(first);
    remove_tree(second);
}

static void says_which_directory_is_missing(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    (void)state;
    assert_int_equal(rule_set_add_directory(set, "/nonexistent", true, &error), -ENOENT);
    assert_string_equal(error.path, "/nonexistent");
    assert_int_equal(rule_set_add_directory(set, "/nonexistent", true, NULL), -ENOENT);
}

/* A rule set of no rules is one, too. */
static void an_empty_set_is_fine(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();

    (void)state;
    assert_int_equal(rule_set_finish(set, NULL), 0);
    assert_int_equal(rule_set_rules(set)->n, 0);
    rule_set_free(NULL);
}

static void the_json_schema_is_json(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    json_t *schema, *properties;

    (void)state;
    schema_json(&text);
    schema = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(schema);
    properties = json_object_get(schema, "properties");
    assert_non_null(json_object_get(properties, "signals"));
    assert_non_null(json_object_get(json_object_get(schema, "$defs"), "tree"));
    assert_int_equal(json_object_size(properties), 21);
    json_decref(schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_head),
        cmocka_unit_test(reads_signals),
        cmocka_unit_test(reads_conditions),
        cmocka_unit_test(reads_blocks),
        cmocka_unit_test(reads_facts_and_states),
        cmocka_unit_test(reads_trees),
        cmocka_unit_test(reads_what_names_other_rules),
        cmocka_unit_test(reads_confidence_and_remedies),
        cmocka_unit_test(reads_tests),
        cmocka_unit_test(reads_streams),
        cmocka_unit_test(keeps_texts_of_many_escapes),
        cmocka_unit_test(a_later_directory_wins),
        cmocka_unit_test(says_which_directory_is_missing),
        cmocka_unit_test(an_empty_set_is_fine),
        cmocka_unit_test(the_json_schema_is_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
