/* `in node`: what streams.yaml makes of it, and names that it does not have. */

#include "rule/load.h"

#include "base/buf.h"
#include "base/pattern.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char streams[] = "kubelet: { units: [kubelet.service, 'rke2-*.service', 'a?c'] }\n"
                              "runtime: { units: [docker.service] }\n"
                              "kernel: { transports: [kernel] }\n"
                              "node: [kubelet, runtime, 'snap.k8s.*']\n"
                              "broken: [kubelet, runtme]\n";

/* A rule with the condition. */
static int load(struct rule_set *set, const char *condition, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    int r;

    buf_printf(&text,
               "title: T\nseverity: info\nexplain: E\nsignals:\n"
               "  - name: a\n    stream: kernel\n    pattern: 'some text (?<unit>.*)'\n"
               "    where: { unit: %s }\n    role: sign\n",
               condition);
    r = rule_set_add_text(set, "r", "r.yaml", buf_span(&text), true, reterr);
    if (r >= 0) {
        r = rule_set_add_text(set, "streams.yaml", "s", SPAN(streams), true, reterr);
    }
    return r < 0 ? r : rule_set_finish(set, reterr);
}

static bool holds(const char *condition, const char *unit)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;
    const struct rules *rules;
    uint32_t index;

    assert_int_equal(load(set, condition, NULL), 0);
    rules = rule_set_rules(set);
    index = rules->items[0].signals[0].where[0].pattern;
    assert_int_not_equal(index, PATTERN_NONE);
    assert_int_equal(pattern_compile(rules->patterns[index].text, &pattern, NULL), 0);
    return pattern_match(pattern, span_of(unit), 0) > 0;
}

static void matches_units(void **state)
{
    static const struct {
        const char *condition, *unit;
        bool holds;
    } rows[] = {
        { "in kubelet", "kubelet.service", true },
        { "in kubelet", "kubeletXservice", false },
        { "in kubelet", "my-kubelet.service", false },
        { "in kubelet", "kubelet.service.d", false },
        { "in kubelet", "rke2-server.service", true },
        { "in kubelet", "abc", true },
        { "in kubelet", "abbc", false },
        { "in kubelet", "docker.service", false },
        { "in node", "docker.service", true },
        { "in node", "kubelet.service", true },
        { "in node", "snap.k8s.kubelet.service", true },
        { "in node", "sshd.service", false },
        { "not in node", "sshd.service", true },
        { "not in node", "docker.service", false },
        { "in kernel", "", false },
        { "not in kernel", "a.service", true },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (holds(rows[i].condition, rows[i].unit) != rows[i].holds) {
            fail_msg("%s: %s", rows[i].condition, rows[i].unit);
        }
    }
}

static void refuses_unknown_names(void **state)
{
    static const struct {
        const char *condition;
        unsigned column;
        const char *message;
    } rows[] = {
        { "in nod", 20, "unknown stream or group 'nod', did you mean 'node'?" },
        { "not in elsewhere", 20, "unknown stream or group 'elsewhere'" },
        { "in broken", 20, "the group 'broken' in streams.yaml has the unknown stream 'runtme'" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
        struct error error = { 0 };

        assert_int_equal(load(set, rows[i].condition, &error), -EINVAL);
        assert_string_equal(error.text, rows[i].message);
        assert_int_equal(error.line, 8);
        assert_int_equal(error.column, rows[i].column);
    }
}

/* Only one word after it makes `in` an operator. */
static void other_texts_are_texts(void **state)
{
    static const char *const texts[] = { "in", "in use now", "into", "not in",
                                         "'not in the list'" };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();

        assert_int_equal(load(set, texts[i], NULL), 0);
        assert_int_equal(rule_set_rules(set)->items[0].signals[0].where[0].comparison, IS_EQUAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_units),
        cmocka_unit_test(refuses_unknown_names),
        cmocka_unit_test(other_texts_are_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
