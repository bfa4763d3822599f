#include "rule/healthy.h"

#include "base/buf.h"
#include "base/cleanup.h"
#include "rule/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    const char *text;
    bool caseless, always, at_start;
} rows[] = {
    { "ContainerStarted", false, true, false },
    { "containerstarted", false, false, false },
    { "containerstarted", true, true, false },
    { "Starting to listen", false, false, true },
    { "STARTING TO LISTEN", true, false, true },
    { "inotify_init: too many open files", false, false, false },
    { "inotify_init: too many open files", true, false, false },
};

static void test_hits(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct healthy_hits hits = healthy_hits(span_of(rows[i].text), rows[i].caseless);

        if ((hits.always > 0) != rows[i].always || (hits.at_start > 0) != rows[i].at_start) {
            fail_msg("'%s' is in %u and %u lines", rows[i].text, hits.always, hits.at_start);
        }
    }
}

static bool has_also(const struct signal_rule *signal, struct span line)
{
    for (size_t i = 0; i < signal->n_also; i++) {
        if (span_find(line, signal->also[i]) >= 0) {
            return true;
        }
    }
    return signal->n_also == 0;
}

static bool is_candidate(const struct rules *rules, struct span line)
{
    for (size_t i = 0; i < rules->n; i++) {
        for (size_t j = 0; j < rules->items[i].n_signals; j++) {
            const struct signal_rule *signal = &rules->items[i].signals[j];

            for (size_t k = 0; signal->streams && k < signal->n_literals; k++) {
                if (span_find(line, signal->literals[k]) >= 0 && has_also(signal, line)) {
                    print_message("'%.*s' of %s is in: %.*s\n", TEXT_OF(signal->literals[k]),
                                  rules->items[i].id, (int)line.size, line.data);
                    return true;
                }
            }
        }
    }
    return false;
}

/* None of the lines that a kubelet logs while all is well is decoded for the built-in rules. */
static void test_no_candidates(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    FILE *file = fopen(SOURCE_DIR "/tests/days/pieces/healthy.txt", "re");
    size_t allocated = 0, n_lines = 0, n_candidates = 0;
    char *line = NULL;
    ssize_t size;

    (void)state;
    assert_non_null(file);
    assert_return_code(rule_set_add_builtin(set, NULL), 0);
    assert_return_code(rule_set_finish(set, NULL), 0);
    while ((size = getline(&line, &allocated, file)) > 0) {
        n_lines++;
        n_candidates += is_candidate(rule_set_rules(set), (struct span){ line, (size_t)size - 1 });
    }
    free(line);
    (void)fclose(file);
    assert_true(n_lines > 10);
    assert_int_equal(n_candidates, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hits),
        cmocka_unit_test(test_no_candidates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
