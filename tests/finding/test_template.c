/* Filling of texts: what each form gives, and which sentences and commands are left out. */

#include "finding/template.h"
#include "finding/template_check.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct fact version = { .name = { "version", 7 }, .text = { "v1.12.3", 7 } };
static const struct fact pods[] = {
    { .name = { "pods", 4 }, .text = { "kube-system/a", 13 } },
    { .name = { "pods", 4 }, .text = { "kube-system/b", 13 } },
};
static const struct fact evil = { .name = { "evil", 4 }, .text = { "a'; rm -rf $HOME", 16 } };
static const struct fact option = { .name = { "option", 6 }, .text = { "-rf", 3 } };
static const struct fact nothing = { .name = { "nothing", 7 }, .text = { "", 0 } };
static const struct fact first[] = {
    { .name = { "device", 6 }, .text = { "/dev/sda5", 9 } },
    { .name = { "type", 4 }, .text = { "partition", 9 } },
};
static const struct fact second[] = {
    { .name = { "device", 6 }, .text = { "/swap", 5 } },
    { .name = { "type", 4 }, .text = { "file", 4 } },
};
static const struct fact third[] = {
    { .name = { "device", 6 }, .text = { "/other", 6 } },
};
static const struct fact_row rows[] = { { first, 2 }, { second, 2 }, { third, 1 } };
static const struct fact_table swaps = { .name = { "swaps", 5 }, .rows = rows, .n_rows = 3 };

static const struct finding_fact facts[] = {
    { .name = { "version", 7 }, .values = &version, .n_values = 1 },
    { .name = { "pods", 4 }, .values = pods, .n_values = 2 },
    { .name = { "evil", 4 }, .values = &evil, .n_values = 1 },
    { .name = { "option", 6 }, .values = &option, .n_values = 1 },
    { .name = { "nothing", 7 }, .values = &nothing, .n_values = 1 },
    { .name = { "swaps", 5 }, .table = &swaps },
};

static const struct fact line = { .name = { "line", 4 }, .text = { "/swap none swap sw", 18 } };
static const struct state_row fstab_row = { .facts = &line, .n_facts = 1 };
static const struct state_row *const state_rows[] = { &fstab_row, NULL };
static const struct state_rule states[] = {
    { .name = { "in_fstab", 8 } },
    { .name = { "swap_unit", 9 } },
};
static const struct rule rule = { .states = states, .n_states = 2 };
static const struct template_scope scope = {
    .facts = facts,
    .n_facts = N_ELEMENTS(facts),
    .rule = &rule,
    .state_rows = state_rows,
};

static void test_texts(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "", "" },
        { "Plain. Two.", "Plain. Two." },
        { "The kubelet {version} stops.", "The kubelet v1.12.3 stops." },
        { "Refused: {pods}.", "Refused: kube-system/a, kube-system/b." },
        { "Known. The {missing} is not. Known.", "Known. Known." },
        { "The {missing} is not. Known.", "Known." },
        { "Known. The {missing} is not.", "Known." },
        { "The {missing} is not", "" },
        { "The {nothing} is empty. Known.", "Known." },
        { "The kubelet {missing|of this node} stops.", "The kubelet of this node stops." },
        { "The kubelet {missing|at {version}} stops.", "The kubelet at v1.12.3 stops." },
        { "The kubelet {missing|} stops.", "The kubelet  stops." },
        { "Active: {swaps: {device} ({type})}.", "Active: /dev/sda5 (partition); /swap (file)." },
        { "Active: {swaps: {device}{type|}}.", "Active: /dev/sda5partition; /swapfile; /other." },
        { "With {swaps: {device} on {version}}.",
          "With /dev/sda5 on v1.12.3; /swap on v1.12.3; /other on v1.12.3." },
        { "Active: {swaps: {missing}}. Known.", "Known." },
        { "Devices {swaps.device}.", "Devices /dev/sda5, /swap, /other." },
        { "Line {in_fstab.line}.", "Line /swap none swap sw." },
        { "Mask {swap_unit.name}. Known.", "Known." },
        { "A table {swaps} has no text. Known.", "Known." },
        { "{{{version}}", "{v1.12.3}" },
        { "go template {{{{.Name}}", "go template {{.Name}}" },
        { "No stop in v1.2. But here. And {missing}.", "No stop in v1.2. But here." },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();

        assert_string_equal(template_fill(cases[i].text, &scope, arena), cases[i].expected);
    }
}

static void test_commands(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "swapoff -a", "swapoff -a" },
        { "swapoff {swaps.device}", "swapoff /dev/sda5 /swap /other" },
        { "{swaps: swapoff {device}}", "swapoff /dev/sda5; swapoff /swap; swapoff /other" },
        { "kubectl get pod {missing}", NULL },
        { "kubectl get pod {missing|POD}", "kubectl get pod POD" },
        { "echo {evil}", "echo 'a'\\''; rm -rf $HOME'" },
        { "echo 'x {evil}'", "echo 'x a'\\''; rm -rf $HOME'" },
        { "echo \"x {evil}\"", "echo \"x \"'a'\\''; rm -rf $HOME'\"\"" },
        { "rm {option}", NULL },
        { "rm x{option}", "rm x-rf" },
        { "awk '{{print $2}'", "awk '{print $2}'" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        const char *command = template_fill_command(cases[i].text, &scope, arena);

        if (!cases[i].expected) {
            assert_null(command);
        } else {
            assert_string_equal(command ? command : "(none)", cases[i].expected);
        }
    }
}

static void test_show(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "plain {{ text", "plain { text" },
        { "the {version|of this node} of {host}", "the of this node of <host>" },
        { "Active: {swaps: {device} ({size})}.", "Active: <device> (<size>)." },
        { "{quantity|}{percentage|}", "" },
        { "line {in_fstab.line}", "line <in_fstab.line>" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();

        assert_string_equal(template_show(cases[i].text, arena), cases[i].expected);
    }
}

static void collect(void *data, struct span name)
{
    buf_add(data, name);
    buf_add_byte(data, ' ');
}

static void test_check(void **state)
{
    static const struct {
        const char *text, *names; /* NULL: refused */
        unsigned column;
    } cases[] = {
        { "no names, one stop. {{", "", 0 },
        { "{a} {b.c|{d}}", "a b.c d ", 0 },
        { "{swaps: {device} ({size|?})}", "swaps swaps.device swaps.size ", 0 },
        { "open {a", NULL, 6 },
        { "empty {}", NULL, 7 },
        { "{a b}", NULL, 1 },
        { "{a|{b|{c|{d|{e}}}}}", NULL, 1 },
        { "x {swaps: {device}", NULL, 3 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(buf_done_at) struct buf names = { 0 };
        struct error error = { 0 };
        int r = template_check(cases[i].text, collect, &names, &error);

        assert_int_equal(r, cases[i].names ? 0 : -EINVAL);
        if (cases[i].names) {
            assert_string_equal(names.data ? names.data : "", cases[i].names);
        }
        assert_int_equal(error.column, cases[i].column);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_show),
        cmocka_unit_test(test_check),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
