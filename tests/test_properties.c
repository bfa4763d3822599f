/* Event time only: what is found does not depend on how the entries arrive. The same log told in
 * order, newest first, shuffled within equal times, split over several inputs, and in small reads
 * gives the same findings. Tried on the input of every test of every rule, and on logs mixed from
 * them with a fixed seed. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"
#include "helpers/shipped_rules.h"
#include "helpers/summary.h"
#include "pipeline.h"
#include "rule/load.h"

#include <stdio.h>
#include <stdlib.h>

typedef VEC(struct span) lines;

struct story {
    const char *rule, *name;
    struct span input;
};

static struct rule_set *set;
static VEC(struct story) stories;

static int load(void **state)
{
    const struct rules *rules;

    (void)state;
    set = shipped_rules();
    rules = rule_set_rules(set);
    for (size_t i = 0; i < rules->n; i++) {
        for (size_t k = 0; k < rules->items[i].n_tests; k++) {
            vec_push(&stories, (struct story){ rules->items[i].id, rules->items[i].tests[k].name,
                                               rules->items[i].tests[k].input });
        }
    }
    assert_true(stories.n > 0);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    vec_free(&stories);
    rule_set_free(set);
    return 0;
}

/* --- telling the story ---------------------------------------------------------------------- */

static void cut_lines(struct span text, lines *ret)
{
    struct span line;

    while (span_cut(&text, '\n', &line)) {
        vec_push(ret, line);
    }
}

static void join(const struct span *items, size_t n, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < n; i++) {
        buf_add(out, items[i]);
        buf_add_byte(out, '\n');
    }
}

/* Findings of the log given as several inputs. */
static void diagnose_inputs(const struct span *inputs, size_t n, struct buf *out)
{
    struct pipeline_options options = { .rules = rule_set_rules(set), .fail_on = RULE_ERROR };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    CLEANUP(report_free_at) struct report *report = report_new();

    for (size_t i = 0; i < n; i++) {
        pipeline_read_text(pipeline, "log", inputs[i]);
    }
    pipeline_finish(pipeline, report);
    buf_clear(out);
    buf_add_string(out, "");
    summary_add(out, report, "");
}

static void diagnose(struct span first, struct span second, struct buf *out)
{
    const struct span inputs[] = { first, second };

    diagnose_inputs(inputs, second.size ? 2 : 1, out);
}

/* `Feb 05 10:58:14 host ident[pid]: ` at the head of each line: only such logs can be told in
 * another order, since a line without a stamp belongs to the one before. */
static bool is_stamped(struct span line)
{
    return line.size > 16 && line.data[3] == ' ' && line.data[6] == ' ' && line.data[9] == ':' &&
           line.data[12] == ':' && line.data[15] == ' ';
}

static bool are_stamped(const lines *log)
{
    for (size_t i = 0; i < log->n; i++) {
        if (!is_stamped(log->items[i])) {
            return false;
        }
    }
    return log->n > 1;
}

static bool can_turn(const lines *log)
{
    return are_stamped(log) &&
           !span_equal(span_head(log->items[0], 15), span_head(log->items[log->n - 1], 15));
}

static void compare(const struct story *story, const char *how, const struct buf *one,
                    const struct buf *other)
{
    if (!span_equal(buf_span(one), buf_span(other))) {
        fail_msg("%s, test '%s': told %s it reads\n%s\ninstead of\n%s", story->rule, story->name,
                 how, other->data, one->data);
    }
}

/* --- the properties -------------------------------------------------------------------------- */

static void test_newest_first(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t i = 0; i < stories.n; i++) {
        CLEANUP(buf_done_at) struct buf forward = { 0 };
        CLEANUP(buf_done_at) struct buf backward = { 0 };
        CLEANUP(buf_done_at) struct buf text = { 0 };
        lines log = { 0 };

        cut_lines(stories.items[i].input, &log);
        if (can_turn(&log)) {
            diagnose(stories.items[i].input, (struct span){ 0 }, &forward);
            for (size_t a = 0, b = log.n - 1; a < b; a++, b--) {
                struct span line = log.items[a];

                log.items[a] = log.items[b];
                log.items[b] = line;
            }
            join(log.items, log.n, &text);
            diagnose(buf_span(&text), (struct span){ 0 }, &backward);
            compare(&stories.items[i], "newest first", &forward, &backward);
            tried++;
        }
        vec_free(&log);
    }
    assert_true(tried > 5);
}

static void test_split_over_inputs(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t i = 0; i < stories.n; i++) {
        CLEANUP(buf_done_at) struct buf whole = { 0 };
        CLEANUP(buf_done_at) struct buf parts = { 0 };
        CLEANUP(buf_done_at) struct buf first = { 0 };
        CLEANUP(buf_done_at) struct buf second = { 0 };
        lines log = { 0 };
        size_t half;

        cut_lines(stories.items[i].input, &log);
        half = log.n / 2;
        if (can_turn(&log) &&
            !span_equal(span_head(log.items[half - 1], 15), span_head(log.items[half], 15))) {
            join(log.items, half, &first);
            join(log.items + half, log.n - half, &second);
            diagnose(stories.items[i].input, (struct span){ 0 }, &whole);
            diagnose(buf_span(&first), buf_span(&second), &parts);
            compare(&stories.items[i], "in two inputs", &whole, &parts);
            diagnose(buf_span(&second), buf_span(&first), &parts);
            compare(&stories.items[i], "in two inputs, the later one first", &whole, &parts);
            tried++;
        }
        vec_free(&log);
    }
    assert_true(tried > 5);
}

/* Lines of the same second in any order, which is what a journal merged from several writers looks
 * like: the same rules are found in the same roles. What the last line said may differ, since none
 * of them is the last. */
static int by_text(const void *a, const void *b)
{
    const struct span *one = a, *other = b;
    size_t shorter = one->size < other->size ? one->size : other->size;
    int r = memcmp(one->data, other->data, shorter);

    return r ? r : (one->size > other->size) - (one->size < other->size);
}

static void add_roles(struct buf *out, const char *summary)
{
    struct span rest = span_of(summary), line, rule, role;
    lines roles = { 0 };

    while (span_cut(&rest, '\n', &line)) {
        struct span words = line;

        if (span_word(&words, &rule) && span_word(&words, &role)) {
            vec_push(&roles, span_head(line, (size_t)(words.data - line.data)));
        }
    }
    if (roles.n) {
        qsort(roles.items, roles.n, sizeof(*roles.items), by_text);
    }
    join(roles.items, roles.n, out);
    vec_free(&roles);
}

/* `host kubelet[12704]`, or `host kernel`. */
static struct span sender_of(struct span line)
{
    struct span rest = span_skip(line, 16);
    ptrdiff_t end = span_find(rest, SPAN(": "));

    return span_head(rest, end < 0 ? 0 : (size_t)end);
}

/* Swaps neighbours of the same second from different senders; each sender's own lines keep their
 * order. */
static size_t shuffle(lines *log, unsigned seed)
{
    size_t swapped = 0;

    for (size_t round = 0; round < 4; round++) {
        for (size_t i = 1; i < log->n; i++) {
            struct span before = log->items[i - 1];

            seed = seed * 1103515245u + 12345u;
            if (!(seed >> 16 & 1) ||
                !span_equal(span_head(before, 15), span_head(log->items[i], 15)) ||
                span_equal(sender_of(before), sender_of(log->items[i]))) {
                continue;
            }
            log->items[i - 1] = log->items[i];
            log->items[i] = before;
            swapped++;
        }
    }
    return swapped;
}

enum {
    MAX_SENDERS = 4
};

/* A log for each sender; what the fourth and later ones say is in one. */
static size_t part_by_sender(const lines *log, struct buf *ret)
{
    struct span senders[MAX_SENDERS];
    size_t n = 0;

    for (size_t i = 0; i < log->n; i++) {
        struct span sender = sender_of(log->items[i]);
        size_t at = 0;

        while (at < n && !span_equal(senders[at], sender)) {
            at++;
        }
        at = at < MAX_SENDERS ? at : MAX_SENDERS - 1;
        if (at == n) {
            senders[n++] = sender;
        }
        buf_add(&ret[at], log->items[i]);
        buf_add_byte(&ret[at], '\n');
    }
    return n;
}

/* The next permutation in the order of the alphabet; false after the last one. */
static bool permute(size_t *items, size_t n)
{
    size_t at = n - 1, other = n - 1, swap;

    while (at > 0 && items[at - 1] > items[at]) {
        at--;
    }
    if (at == 0) {
        return false;
    }
    while (items[other] < items[at - 1]) {
        other--;
    }
    swap = items[at - 1];
    items[at - 1] = items[other];
    items[other] = swap;
    for (other = n - 1; at < other; at++, other--) {
        swap = items[at];
        items[at] = items[other];
        items[other] = swap;
    }
    return true;
}

static void check_any_order_of_inputs(const struct story *story, const struct buf *parts, size_t n)
{
    CLEANUP(buf_done_at) struct buf expected = { 0 };
    CLEANUP(buf_done_at) struct buf got = { 0 };
    size_t order[MAX_SENDERS];
    struct span inputs[MAX_SENDERS];

    for (size_t i = 0; i < n; i++) {
        order[i] = i;
    }
    do {
        for (size_t i = 0; i < n; i++) {
            inputs[i] = buf_span(&parts[order[i]]);
        }
        diagnose_inputs(inputs, n, &got);
        if (expected.size == 0) {
            buf_add(&expected, buf_span(&got));
            buf_add_string(&expected, "");
        }
        compare(story, "with its inputs named in another order", &expected, &got);
    } while (permute(order, n));
}

/* What each sender logged in an input of its own: in whatever order they are named, and although
 * many stamps are equal, the answer is the same. */
static void test_order_of_inputs(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t i = 0; i < stories.n; i++) {
        struct buf parts[MAX_SENDERS] = { 0 };
        lines log = { 0 };
        size_t n = 0;

        cut_lines(stories.items[i].input, &log);
        if (are_stamped(&log)) {
            n = part_by_sender(&log, parts);
        }
        if (n > 1) {
            check_any_order_of_inputs(&stories.items[i], parts, n);
            tried++;
        }
        for (size_t k = 0; k < MAX_SENDERS; k++) {
            buf_done(&parts[k]);
        }
        vec_free(&log);
    }
    assert_true(tried > 5);
}

static void test_shuffled_within_a_second(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t i = 0; i < stories.n; i++) {
        CLEANUP(buf_done_at) struct buf in_order = { 0 };
        CLEANUP(buf_done_at) struct buf shuffled = { 0 };
        CLEANUP(buf_done_at) struct buf text = { 0 };
        CLEANUP(buf_done_at) struct buf roles = { 0 };
        lines log = { 0 };

        cut_lines(stories.items[i].input, &log);
        if (are_stamped(&log) && shuffle(&log, (unsigned)i) > 0) {
            diagnose(stories.items[i].input, (struct span){ 0 }, &in_order);
            join(log.items, log.n, &text);
            diagnose(buf_span(&text), (struct span){ 0 }, &shuffled);
            add_roles(&roles, in_order.data);
            add_roles(&text, shuffled.data);
            compare(&stories.items[i], "shuffled within a second", &roles, &text);
            tried++;
        }
        vec_free(&log);
    }
    assert_true(tried > 5);
}

/* Healthy lines between the others change nothing. */
static void test_noise(void **state)
{
    static const char noise[] = "kubelet[4]: I0205 10:58:14.000000       4 kubelet.go:2438] "
                                "\"SyncLoop (PLEG): event for pod\" pod=\"default/web\"";
    size_t tried = 0;

    (void)state;
    for (size_t i = 0; i < stories.n; i++) {
        CLEANUP(buf_done_at) struct buf quiet = { 0 };
        CLEANUP(buf_done_at) struct buf noisy = { 0 };
        CLEANUP(buf_done_at) struct buf text = { 0 };
        lines log = { 0 };

        cut_lines(stories.items[i].input, &log);
        if (can_turn(&log)) {
            for (size_t k = 0; k < log.n; k++) {
                struct span rest = span_skip(log.items[k], 16), host;

                buf_add(&text, log.items[k]);
                if (span_word(&rest, &host)) {
                    buf_printf(&text, "\n%.16s%.*s %s", log.items[k].data, (int)host.size,
                               host.data, noise);
                }
                buf_add_byte(&text, '\n');
            }
            diagnose(stories.items[i].input, (struct span){ 0 }, &quiet);
            diagnose(buf_span(&text), (struct span){ 0 }, &noisy);
            compare(&stories.items[i], "with healthy lines between", &quiet, &noisy);
            tried++;
        }
        vec_free(&log);
    }
    assert_true(tried > 5);
}

/* A log and a copy of it are one log. */
static void test_copy(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t i = 0; i < stories.n; i++) {
        CLEANUP(buf_done_at) struct buf once = { 0 };
        CLEANUP(buf_done_at) struct buf twice = { 0 };
        lines log = { 0 };

        cut_lines(stories.items[i].input, &log);
        if (are_stamped(&log)) {
            diagnose(stories.items[i].input, (struct span){ 0 }, &once);
            diagnose(stories.items[i].input, stories.items[i].input, &twice);
            compare(&stories.items[i], "twice", &once, &twice);
            tried++;
        }
        vec_free(&log);
    }
    assert_true(tried > 5);
}

/* A storm of one complaint, each time with a path of its own, hides nothing else. */
static void test_storm(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(buf_done_at) struct buf summary = { 0 };

    (void)state;
    for (int i = 0; i < 4200; i++) {
        buf_printf(&text,
                   "Jun 02 %02d:%02d:%02d n kubelet[563]: W0602 %02d:%02d:%02d.214014     563 "
                   "watcher.go:93] Error: inotify_add_watch /sys/fs/cgroup/pids/run-%d.scope: no "
                   "space left on device\n",
                   i / 3600, i / 60 % 60, i % 60, i / 3600, i / 60 % 60, i % 60, i);
    }
    buf_add_string(&text,
                   "Jun 02 02:00:00 n kubelet[777]: E0602 02:00:00.100000     777 run.go:74] "
                   "\"command failed\" err=\"failed to run Kubelet: running with swap on is not "
                   "supported, please disable swap! or set --fail-swap-on flag to false\"\n"
                   "Jun 02 02:00:00 n systemd[1]: kubelet.service: Main process exited, "
                   "code=exited, status=1/FAILURE\n");
    diagnose(buf_span(&text), (struct span){ 0 }, &summary);
    assert_non_null(strstr(summary.data, "kubelet/swap-enabled root certain"));
    assert_non_null(strstr(summary.data, "node/inotify-exhausted"));
    assert_non_null(strstr(summary.data, " x4200 "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_newest_first),
        cmocka_unit_test(test_split_over_inputs),
        cmocka_unit_test(test_shuffled_within_a_second),
        cmocka_unit_test(test_order_of_inputs),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_storm),
    };

    return cmocka_run_group_tests_name("properties", tests, load, unload);
}
