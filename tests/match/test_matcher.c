#include "match/matcher.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* --- a batch of lines: `SECOND STREAM [@FIELD=VALUE]... MESSAGE` --- */

/* SECOND is `-` when it is not said; STREAM is u (kubelet), k (kernel), s (systemd) or x (nobody we
 * know). A line that begins with a blank continues the one before. A line of `#` is no entry. */
enum {
    KUBELET = 1,
    KERNEL = 2,
    SYSTEMD = 4
};

struct lines {
    struct span text;
    VEC(struct span) items;
    uint64_t before; /* lines in the batches before */
    int fails;       /* errno that decode gives */
    unsigned n_decoded;
};

static position locate(void *owner, size_t offset)
{
    const struct lines *lines = owner;
    size_t at = lines->items.n - 1;

    while (at > 0 && (lines->items.items[at].data > lines->text.data + offset ||
                      span_starts(lines->items.items[at], SPAN(" ")))) {
        at--;
    }
    return (position)at;
}

static uint64_t stream_of(struct span word)
{
    return span_is(word, "u")   ? KUBELET
           : span_is(word, "k") ? KERNEL
           : span_is(word, "s") ? SYSTEMD
                                : 0;
}

static void read_fields(struct span *line, struct arena *arena, struct entry *ret)
{
    struct field *fields = ARENA_ARRAY(arena, struct field, 4);
    struct span rest = *line, word;

    ret->fields = fields;
    while (ret->n_fields < 4 && span_word(&rest, &word) && span_starts(word, SPAN("@"))) {
        struct field *field = &fields[ret->n_fields++];

        word = span_skip(word, 1);
        (void)span_cut(&word, '=', &field->name);
        field->value = word;
        *line = rest;
    }
    *line = span_trim(*line);
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct lines *lines = owner;
    struct span line = lines->items.items[at], word = { 0 };
    uint64_t second;

    lines->n_decoded++;
    if (lines->fails) {
        return -lines->fails;
    }
    if (span_starts(line, SPAN("#"))) {
        return 0;
    }
    *ret = entry_empty();
    ret->raw = line;
    ret->origin.line = lines->before + (uint64_t)at + 1;
    (void)span_word(&line, &word);
    if (span_to_uint(word, &second)) {
        ret->when.time_us = (int64_t)second * USEC_PER_SEC;
    }
    (void)span_word(&line, &word);
    ret->streams = stream_of(word);
    read_fields(&line, arena, ret);
    ret->about_unit = entry_field(ret, SPAN("UNIT"), arena);
    ret->message = line;
    return 1;
}

static int step(void *owner, position at, int direction, position *ret)
{
    const struct lines *lines = owner;

    do {
        at += direction;
        if (at < 0 || (size_t)at >= lines->items.n) {
            return 0;
        }
    } while (span_starts(lines->items.items[at], SPAN(" ")));
    *ret = at;
    return 1;
}

static struct batch lines_batch(struct lines *lines, struct span text)
{
    struct span line;

    lines->before += lines->items.n;
    lines->text = text;
    vec_clear(&lines->items);
    while (span_cut(&text, '\n', &line)) {
        vec_push(&lines->items, line);
    }
    return (struct batch){ .bytes = lines->text,
                           .n_records = lines->items.n,
                           .owner = lines,
                           .locate = locate,
                           .decode = decode,
                           .step = step };
}

/* --- rules made by hand --- */

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

enum {
    P_CADVISOR,
    P_LIMIT,
    P_EXITED,
    P_KILLED,
    P_INVOKED,
    P_TASK,
    P_MEMORY,
    P_REAPED,
    P_SWAPS,
    P_SWAP_ROW,
    P_EVICTION,
    P_KUBELET_UNIT,
    P_SLOW,
    P_DUMP_END,
    P_DUMP,
    P_SUPPRESSED,
    N_PATTERNS
};

static const struct rule_pattern patterns[N_PATTERNS] = {
    [P_CADVISOR] = { .text = TEXT("Failed to start cAdvisor (?:err=)?inotify_init: (?<error>.*)") },
    [P_LIMIT] = { .text = TEXT("too many|no space") },
    [P_EXITED] = { .text =
                       TEXT("Main process exited, code=(?<code>\\w+), status=(?<status>\\S+)") },
    [P_KILLED] = { .text = TEXT("Killed process (?<pid>\\d+) \\((?<comm>[^)]+)\\)") },
    [P_INVOKED] = { .text = TEXT("(?<invoker>\\S+) invoked oom-killer: .*order=(?<order>\\d+)") },
    [P_TASK] = { .text = TEXT("^\\[ *(?<pid>\\d+)\\] +(?<rss>\\d+) (?<comm>\\w+)") },
    [P_MEMORY] = { .text = TEXT("memory: usage (?<usage>\\d+)kB|cgroup=(?<comm>nothing)") },
    [P_REAPED] = { .text = TEXT("oom_reaper: reaped process (?<reaped>\\d+)") },
    [P_SWAPS] = { .text = TEXT("/proc/swaps contained|^/\\S+ +(?:partition|file)") },
    [P_SWAP_ROW] = { .text = TEXT("(?<device>/dev/\\S+) +(?<type>partition|file) +(?<size>\\d+)") },
    [P_EVICTION] = { .text =
                         TEXT("eviction: available (?<available>\\S+), wanted (?<wanted>\\S+)") },
    [P_KUBELET_UNIT] = { .text = TEXT("^kube") },
    [P_SLOW] = { .text = TEXT("slow (a+)+$") },
    [P_DUMP_END] = { .text = TEXT("^end") },
    [P_SUPPRESSED] = { .text =
                           TEXT("^Suppressed (?<count>\\d+) messages(?: from (?<unit>\\S+))?") },
    [P_DUMP] = { .text = TEXT("goroutine (?<goroutine>\\d+)") },
};

static const struct span cadvisor_literals[] = { TEXT("start cAdvisor") };
static const struct span cadvisor_also[] = { TEXT("fanotify_init"), TEXT("inotify_init") };
static const struct span exited_literals[] = { TEXT("process exited") };
static const struct span killed_literals[] = { TEXT("Killed process") };
static const struct span swaps_literals[] = { TEXT("/proc/swaps"), TEXT("Swap is on") };
static const struct span eviction_literals[] = { TEXT("EVICTION:") };
static const struct span id_literals[] = { TEXT("Started") };
static const struct span slow_literals[] = { TEXT("slow") };
static const struct span suppressed_literals[] = { TEXT("Suppressed") };
static const struct span panic_literals[] = { TEXT("panic:") };
static const struct span message_ids[] = { TEXT("39f53479d3a045ac8e11786248231fbf") };

static const struct condition is_limit[] = {
    { .name = TEXT("error"), .comparison = IS_MATCHING, .text = TEXT("x"), .pattern = P_LIMIT },
};
static const struct condition is_many[] = {
    { .name = TEXT("error"), .comparison = IS_GLOB, .text = TEXT("too many*") },
};
static const struct condition is_other[] = {
    { .name = TEXT("error"), .comparison = IS_NOT_EQUAL, .text = TEXT("none") },
};
static const struct field instances[] = { { TEXT("limit"), TEXT("instances") } };
static const struct field watches[] = { { TEXT("limit"), TEXT("watches") } };
static const struct set_row limits[] = {
    { is_many, 1, instances, 1 },
    { is_other, 1, watches, 1 },
};
static const struct condition not_successful[] = {
    { .name = TEXT("status"), .comparison = IS_GREATER, .text = TEXT("0") },
};
static const struct condition of_priority[] = {
    { .name = TEXT("PRIORITY"), .comparison = IS_AT_MOST, .text = TEXT("3") },
};
static const struct condition below_wanted[] = {
    { .name = TEXT("available"), .comparison = IS_LESS, .other_fact = TEXT("wanted") },
};
static const struct condition low_order[] = {
    { .name = TEXT("order"), .comparison = IS_EQUAL, .text = TEXT("0") },
};
static const uint32_t oom_reads[] = { P_INVOKED, P_MEMORY, P_REAPED, P_KILLED };
static const uint32_t dump_reads[] = { P_DUMP };

enum {
    S_CADVISOR,
    S_EXITED,
    S_KILLED,
    S_SWAPS,
    S_EVICTION,
    S_STARTED,
    S_SLOW,
    S_PANIC,
    S_SUPPRESSED,
    N_SIGNALS
};

#define NO_PATTERNS .each = PATTERN_NONE, .block = { .from = PATTERN_NONE, .to = PATTERN_NONE }

static const struct signal_rule signals[N_SIGNALS] = {
    [S_CADVISOR] = { .name = TEXT("cadvisor"),
                     .streams = KUBELET,
                     .pattern = P_CADVISOR,
                     .literals = cadvisor_literals,
                     .n_literals = 1,
                     .also = cadvisor_also,
                     .n_also = 2,
                     .where = is_limit,
                     .n_where = 1,
                     .set = limits,
                     .n_set = 2,
                     NO_PATTERNS },
    [S_EXITED] = { .name = TEXT("exited"),
                   .streams = SYSTEMD,
                   .pattern = P_EXITED,
                   .literals = exited_literals,
                   .n_literals = 1,
                   .where = not_successful,
                   .n_where = 1,
                   NO_PATTERNS },
    [S_KILLED] = { .name = TEXT("killed"),
                   .streams = KERNEL,
                   .pattern = P_KILLED,
                   .literals = killed_literals,
                   .n_literals = 1,
                   .where = low_order,
                   .n_where = 1,
                   .each = PATTERN_NONE,
                   .block = { .present = true,
                              .from = P_INVOKED,
                              .to = P_REAPED,
                              .lines = 20,
                              .within_us = 60 * USEC_PER_SEC,
                              .reads = oom_reads,
                              .n_reads = 4,
                              .rows_name = TEXT("tasks"),
                              .rows = P_TASK,
                              .rows_top = TEXT("rss"),
                              .rows_keep = 2 } },
    [S_SUPPRESSED] = { .name = TEXT("suppressed"),
                       .streams = SYSTEMD,
                       .pattern = P_SUPPRESSED,
                       .literals = suppressed_literals,
                       .n_literals = 1,
                       .role = ROLE_CONTEXT,
                       .blind_spot = BLIND_SPOT_SUPPRESSED,
                       NO_PATTERNS },
    [S_SWAPS] = { .name = TEXT("swaps"),
                  .streams = KUBELET,
                  .state_kind = TEXT("swaps"),
                  .pattern = P_SWAPS,
                  .literals = swaps_literals,
                  .n_literals = 2,
                  .each = P_SWAP_ROW,
                  .block = { .from = PATTERN_NONE, .to = PATTERN_NONE } },
    [S_EVICTION] = { .name = TEXT("eviction"),
                     .streams = KUBELET | KERNEL,
                     .pattern = P_EVICTION,
                     .literals = eviction_literals,
                     .n_literals = 1,
                     .literals_caseless = true,
                     .where = below_wanted,
                     .n_where = 1,
                     NO_PATTERNS },
    [S_STARTED] = { .name = TEXT("started"),
                    .streams = SYSTEMD,
                    .pattern = PATTERN_NONE,
                    .literals = id_literals,
                    .n_literals = 1,
                    .message_ids = message_ids,
                    .n_message_ids = 1,
                    .fields = of_priority,
                    .n_fields = 1,
                    NO_PATTERNS },
    [S_SLOW] = { .name = TEXT("slow"),
                 .streams = KUBELET,
                 .pattern = P_SLOW,
                 .literals = slow_literals,
                 .n_literals = 1,
                 NO_PATTERNS },
    [S_PANIC] = { .name = TEXT("panic"),
                  .streams = KUBELET,
                  .pattern = PATTERN_NONE,
                  .literals = panic_literals,
                  .n_literals = 1,
                  .each = PATTERN_NONE,
                  .block = { .present = true,
                             .from = PATTERN_NONE,
                             .to = P_DUMP_END,
                             .lines = 3,
                             .reads = dump_reads,
                             .n_reads = 1 } },
};

static const struct fact_declaration declarations[] = {
    { .name = TEXT("status"), .type = FACT_INTEGER, .field = TEXT("EXIT_STATUS") },
    { .name = TEXT("order"), .type = FACT_INTEGER },
    { .name = TEXT("tasks.rss"), .type = FACT_PAGES },
    { .name = TEXT("swaps.size"), .type = FACT_KIBIBYTES },
    { .name = TEXT("available"), .type = FACT_QUANTITY },
    { .name = TEXT("wanted"), .type = FACT_QUANTITY },
};

static const struct rule one_rule = {
    .id = "test/rule",
    .signals = signals,
    .n_signals = N_SIGNALS,
    .facts = declarations,
    .n_facts = N_ELEMENTS(declarations),
};

static const char *const kubelet_units[] = { "kubelet.service", NULL };
static const struct stream stream_items[] = {
    { .name = "kubelet", .units = kubelet_units, .anonymous = true },
    { .name = "kernel", .anonymous = true },
    { .name = "systemd", .anonymous = true },
};
static const struct rules rules = {
    .items = &one_rule,
    .n = 1,
    .patterns = patterns,
    .n_patterns = N_PATTERNS,
    .streams = { stream_items, N_ELEMENTS(stream_items) },
};

/* --- signals as text: `killed@7 pid=4711 comm=postgres tasks=[pid=1 comm=a; pid=2 comm=b]` --- */

static void add_facts(struct buf *buf, const struct fact *facts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_printf(buf, "%s%s=%s", i ? " " : "", facts[i].name.data, facts[i].text.data);
    }
}

static void describe_signal(struct buf *buf, const struct signal *signal)
{
    buf_printf(buf, "%s@%d ", signals[signal->signal].name.data, (int)signal->sequence);
    add_facts(buf, signal->facts, signal->n_facts);
    for (size_t i = 0; i < signal->n_tables; i++) {
        const struct fact_table *table = &signal->tables[i];

        buf_printf(buf, " %s=[", table->name.data);
        for (size_t j = 0; j < table->n_rows; j++) {
            buf_add_string(buf, j ? "; " : "");
            add_facts(buf, table->rows[j].facts, table->rows[j].n_facts);
        }
        buf_add_byte(buf, ']');
    }
    buf_add_byte(buf, '\n');
}

struct run {
    struct matcher *matcher;
    struct store *store;
    struct notes *notes;
    struct lines lines;
    struct buf text;
};

static void run_begin(struct run *run)
{
    *run = (struct run){ .store = store_new(), .notes = notes_new() };
    run->matcher = matcher_new(&rules);
}

static int run_batch(struct run *run, struct span text)
{
    struct batch batch = lines_batch(&run->lines, text);

    return matcher_run(run->matcher, &batch, run->store, run->notes, SPAN("test.log"));
}

static const char *run_text(struct run *run)
{
    buf_clear(&run->text);
    buf_add_string(&run->text, "");
    for (size_t i = 0; i < store_n_groups(run->store); i++) {
        describe_signal(&run->text, store_group(run->store, i)->signal);
    }
    return run->text.data;
}

static void run_end(struct run *run)
{
    matcher_free(run->matcher);
    store_free(run->store);
    notes_free(run->notes);
    vec_free(&run->lines.items);
    buf_done(&run->text);
}

static void test_rows(void **state)
{
    static const struct {
        const char *input, *expected;
    } rows[] = {
        /* pattern, where, set */
        { "1 u Failed to start cAdvisor inotify_init: too many open files",
          "cadvisor@1 error=too many open files limit=instances\n" },
        { "1 u Failed to start cAdvisor err=inotify_init: no space left on device",
          "cadvisor@1 error=no space left on device limit=watches\n" },
        { "1 u Failed to start cAdvisor inotify_init: permission denied", "" },
        { "1 u Failed to start cAdvisor fsnotify: too many open files", "" },
        /* another sender, and no entry at all */
        { "1 k Failed to start cAdvisor inotify_init: too many open files", "" },
        { "1 x Failed to start cAdvisor inotify_init: too many open files", "" },
        { "# u Failed to start cAdvisor inotify_init: too many open files", "" },
        /* a field wins over the pattern; conditions on it */
        { "1 s Main process exited, code=exited, status=255/EXCEPTION", "" },
        { "1 s @EXIT_STATUS=255 Main process exited, code=exited, status=255/EXCEPTION",
          "exited@1 code=exited status=255\n" },
        { "1 s @EXIT_STATUS=0 Main process exited, code=exited, status=1", "" },
        { "1 s Main process exited, code=exited, status=0", "" },
        { "1 s Main process exited, code=exited, status=1", "exited@1 code=exited status=1\n" },
        /* MESSAGE_ID and fields */
        { "1 s @MESSAGE_ID=39f53479d3a045ac8e11786248231fbf @PRIORITY=3 Started", "started@1 \n" },
        { "1 s @MESSAGE_ID=39f53479d3a045ac8e11786248231fbf @PRIORITY=6 Started", "" },
        { "1 s @MESSAGE_ID=39f53479d3a045ac8e11786248231fbf Started", "" },
        { "1 s @MESSAGE_ID=00000000000000000000000000000000 @PRIORITY=3 Started", "" },
        { "1 s @PRIORITY=3 Started", "" },
        /* facts compared with facts, as values */
        { "1 u eviction: available 900Mi, wanted 1Gi", "eviction@1 available=900Mi wanted=1Gi\n" },
        { "1 k Eviction: eviction: available 900Mi, wanted 1Gi",
          "eviction@1 available=900Mi wanted=1Gi\n" },
        { "1 u eviction: available 1Gi, wanted 900Mi", "" },
        { "1 u eviction: available much, wanted more", "" },
        /* each */
        { "1 u /proc/swaps contained: /dev/sda2 partition 2097148 /dev/sdb file 1024",
          "swaps@1  swaps=[device=/dev/sda2 size=2097148 type=partition; "
          "device=/dev/sdb size=1024 type=file]\n" },
        { "1 u /proc/swaps contained: nothing", "swaps@1 \n" },
        /* two literals of one record, and one that stands in a line which continues it */
        { "1 u Swap is on: /proc/swaps contained nothing", "swaps@1 \n" },
        { "1 u /proc/swaps contained\n Swap is on\n2 u x", "swaps@1 \n" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct run run;

        run_begin(&run);
        assert_int_equal(run_batch(&run, span_of(rows[i].input)), 0);
        if (strcmp(run_text(&run), rows[i].expected) != 0) {
            fail_msg("%s\ngot:      %s\nexpected: %s", rows[i].input, run_text(&run),
                     rows[i].expected);
        }
        run_end(&run);
    }
}

/* The same lines, the last first. */
static void reverse(struct span text, struct buf *ret)
{
    VEC(struct span) lines = { 0 };
    struct span line;

    while (span_cut(&text, '\n', &line)) {
        vec_push(&lines, line);
    }
    while (lines.n > 0) {
        buf_add(ret, lines.items[--lines.n]);
        buf_add_byte(ret, '\n');
    }
    vec_free(&lines);
}

/* Back and forward are meant in time, so that both orders say the same but for the line's number.
 */
static void test_blocks(void **state)
{
    static const struct {
        const char *input, *expected;
    } rows[] = {
        { "1 k memory: usage 1kB\n" /* before the block */
          "2 k java invoked oom-killer: order=0\n"
          "2 u memory: usage 2kB\n" /* another sender */
          "3 k memory: usage 3kB\n"
          "#\n"
          "4 k [  11]  100 bash\n"
          "4 k [  12]  300 java\n"
          "4 k [  13]  200 sshd\n"
          "5 k memory: usage 5kB\n" /* nearer */
          "6 k Killed process 12 (java)\n"
          "7 k oom_reaper: reaped process 12\n"
          "8 k [  14]  900 late\n",
          "comm=java invoker=java order=0 pid=12 reaped=12 usage=5 "
          "tasks=[comm=java pid=12 rss=300; comm=sshd pid=13 rss=200]\n" },
        /* order is unequal: refused by a fact of the block */
        { "2 k java invoked oom-killer: order=2\n6 k Killed process 12 (java)\n", "" },
        /* too far away in time */
        { "2 k java invoked oom-killer: order=0\n70 k Killed process 12 (java)\n", "" },
        /* the anchor's own facts win over all */
        { "2 k java invoked oom-killer: order=0\n3 k cgroup=nothing\n6 k Killed process 1 (a)\n",
          "comm=a invoker=java order=0 pid=1\n" },
        /* more lines than it may look at */
        { "1 k java invoked oom-killer: order=0\n"
          "1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n"
          "1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n1 k .\n2 k Killed process 1 (a)\n",
          "" },
        /* forward only, three lines */
        { "1 u goroutine 0\n2 u panic: x\n3 u .\n4 u goroutine 1\n5 u goroutine 2\n",
          "goroutine=1\n" },
        { "2 u panic: x\n3 u end\n4 u goroutine 1\n", "\n" },
        { "2 u panic: x\n3 u .\n4 u .\n4 u .\n5 u goroutine 2\n", "\n" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        for (int backwards = 0; backwards < 2; backwards++) {
            struct buf text = { 0 };
            const char *got;
            struct run run;

            run_begin(&run);
            if (backwards) {
                reverse(span_of(rows[i].input), &text);
            } else {
                buf_add_string(&text, rows[i].input);
            }
            assert_int_equal(run_batch(&run, buf_span(&text)), 0);
            got = run_text(&run);
            got = strchr(got, '@') ? strchr(got, ' ') + 1 : got;
            if (strcmp(got, rows[i].expected) != 0) {
                fail_msg("%s\ngot:      %s\nexpected: %s", text.data, got, rows[i].expected);
            }
            buf_done(&text);
            run_end(&run);
        }
    }
}

static void test_order_of_lines(void **state)
{
    struct run run;

    (void)state;
    run_begin(&run);
    assert_int_equal(run_batch(&run, SPAN("- k a invoked oom-killer: order=0\n"
                                          "- k Killed process 1 (a)\n"
                                          "- k memory: usage 5kB\n")),
                     0);
    assert_string_equal(run_text(&run), "killed@2 comm=a invoker=a order=0 pid=1 usage=5\n");
    run_end(&run);
}

/* More rows in one record than are kept. */
static void test_many_rows(void **state)
{
    struct run run;
    struct buf text = { 0 };

    (void)state;
    run_begin(&run);
    buf_add_string(&text, "1 u /proc/swaps contained");
    for (int i = 0; i < LIMIT_EACH_ROWS + 1; i++) {
        buf_printf(&text, " /dev/a%d file 1", i);
    }
    assert_int_equal(run_batch(&run, buf_span(&text)), 0);
    assert_int_equal(store_group(run.store, 0)->signal->tables[0].n_rows, LIMIT_EACH_ROWS);
    assert_int_equal(notes_count(run.notes), 1);
    assert_int_equal(notes_get(run.notes, 0)->kind, NOTE_LIMIT);
    buf_done(&text);
    run_end(&run);
}

/* Lines that the log says are missing: summed up by whose they are. */
static void test_blind_spots(void **state)
{
    struct run run;

    (void)state;
    run_begin(&run);
    assert_int_equal(run_batch(&run, SPAN("1 s Suppressed 17 messages from kubelet.service\n"
                                          "2 s Suppressed 4 messages\n"
                                          "3 u Suppressed 99 messages from kubelet.service\n"
                                          "4 s Suppressed 3 messages from kubelet.service\n")),
                     0);
    assert_int_equal(notes_count(run.notes), 2);
    assert_int_equal(notes_get(run.notes, 0)->kind, NOTE_SUPPRESSED);
    assert_true(span_is(notes_get(run.notes, 0)->where, "kubelet.service"));
    assert_int_equal(notes_get(run.notes, 0)->count, 20);
    assert_true(span_is(notes_get(run.notes, 1)->where, "test.log"));
    assert_int_equal(notes_get(run.notes, 1)->count, 4);
    run_end(&run);
}

static void test_batches(void **state)
{
    struct run run;

    (void)state;
    run_begin(&run);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(
            run_batch(&run, SPAN("1 u panic: x\n2 u Swap is on, /proc/swaps contained\n")), 0);
    }
    assert_int_equal(store_n_groups(run.store), 2);
    assert_int_equal(store_group(run.store, 0)->count, 3);
    assert_int_equal(store_group(run.store, 1)->count, 3);
    assert_int_equal(store_group(run.store, 1)->last->sequence, 6);
    assert_int_equal(matcher_stats(run.matcher).candidates, 6);
    run_end(&run);
}

static void test_runs(void **state)
{
    static const struct {
        const char *input;
        uint64_t streams, unit_streams;
    } rows[] = {
        { "1 s @UNIT=kubelet.service Main process exited, code=exited, status=1", SYSTEMD,
          KUBELET },
        { "1 s @UNIT=cron.service Main process exited, code=exited, status=1", SYSTEMD, SYSTEMD },
        { "1 s Main process exited, code=exited, status=1", SYSTEMD, SYSTEMD },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct run run;

        run_begin(&run);
        assert_int_equal(run_batch(&run, span_of(rows[i].input)), 0);
        assert_int_equal(store_n_groups(run.store), 1);
        assert_int_equal(store_group(run.store, 0)->signal->streams, rows[i].streams);
        assert_int_equal(store_group(run.store, 0)->signal->unit_streams, rows[i].unit_streams);
        run_end(&run);
    }
}

static void test_state(void **state)
{
    static const char swaps[] = "Filename Type Size Used Priority\n"
                                "/dev/sda2 partition 2097148 0 -2\n\n"
                                "Failed to start cAdvisor inotify_init: too many open files\n";
    struct run run;

    (void)state;
    run_begin(&run);
    matcher_run_state(run.matcher, SPAN("swaps"), span_of(swaps), 3, SPAN("proc/swaps"), run.store,
                      run.notes);
    matcher_run_state(run.matcher, SPAN("fstab"), span_of(swaps), 4, SPAN(""), run.store,
                      run.notes);
    assert_string_equal(run_text(&run),
                        "swaps@2  swaps=[device=/dev/sda2 size=2097148 type=partition]\n");
    assert_int_equal(store_group(run.store, 0)->signal->origin.input, 3);
    assert_true(span_is(store_group(run.store, 0)->signal->origin.member, "proc/swaps"));
    run_end(&run);
}

static void test_slow_pattern(void **state)
{
    struct run run;
    struct buf text = { 0 };

    (void)state;
    run_begin(&run);
    buf_add_string(&text, "1 u slow ");
    for (int i = 0; i < 100; i++) {
        buf_add_byte(&text, 'a');
    }
    buf_add_byte(&text, '!');
    assert_int_equal(run_batch(&run, buf_span(&text)), 0);
    assert_string_equal(run_text(&run), "");
    assert_int_equal(notes_count(run.notes), 1);
    assert_int_equal(notes_get(run.notes, 0)->kind, NOTE_PATTERN_LIMIT);
    assert_true(span_is(notes_get(run.notes, 0)->where, "test/rule, signal slow"));
    buf_done(&text);
    run_end(&run);
}

static void test_failing_owner(void **state)
{
    struct run run;

    (void)state;
    run_begin(&run);
    run.lines.fails = 5;
    assert_int_equal(run_batch(&run, SPAN("1 u boring")), 0);
    assert_int_equal(run_batch(&run, SPAN("1 u Swap is on")), -5);
    run_end(&run);
}

/* A line with the literal alone is not decoded, whatever the lines around it hold. */
static void test_also(void **state)
{
    struct buf text = { 0 };
    struct run run;

    (void)state;
    for (int i = 0; i < 100; i++) {
        buf_printf(&text, "%d u Failed to start cAdvisor %s\n", 2 * i,
                   i == 50 ? "inotify_init: too many open files" : "at last");
        buf_printf(&text, "%d u inotify_init: too many open files\n", 2 * i + 1);
    }
    run_begin(&run);
    assert_int_equal(run_batch(&run, buf_span(&text)), 0);
    assert_int_equal(matcher_stats(run.matcher).candidates, 1);
    assert_int_equal(matcher_stats(run.matcher).decoded, 1);
    assert_int_equal(matcher_stats(run.matcher).signals, 1);
    buf_done(&text);
    run_end(&run);
}

/* What is asked for after the rules were tried is decoded once: by the rules, if they needed it. */
static void test_batch_of_decoded(void **state)
{
    static const struct span lines = TEXT("1 u boring\n"
                                          "2 u Swap is on\n"
                                          " and more of it\n"
                                          "#\n"
                                          "4 u Swap is on again\n");
    static const char *const messages[] = { "boring", "Swap is on", "", "Swap is on again" };
    struct arena *arena = arena_new();
    struct batch read, batch;
    struct run run;
    position at;
    unsigned n_before;
    size_t n = 0;

    (void)state;
    run_begin(&run);
    read = lines_batch(&run.lines, lines);
    assert_int_equal(matcher_run(run.matcher, &read, run.store, run.notes, SPAN("test.log")), 0);
    n_before = run.lines.n_decoded;
    batch = matcher_batch(run.matcher);
    assert_int_equal(batch_locate(&batch, 0), 0);
    for (at = 0; n == 0 || batch_step(&batch, at, 1, &at) > 0; n++) {
        struct entry entry;
        int r = batch_decode(&batch, at, arena, &entry);

        assert_int_equal(r, messages[n][0] != '\0');
        if (r > 0) {
            assert_true(span_is(entry.message, messages[n]));
        }
    }
    assert_int_equal(n, N_ELEMENTS(messages));
    assert_true(n_before >= 2);
    assert_int_equal(run.lines.n_decoded, N_ELEMENTS(messages));
    arena_free(arena);
    run_end(&run);
}

static void check_cost(struct span text, unsigned n_threads)
{
    struct matcher_stats stats;
    struct run run;

    run_begin(&run);
    matcher_set_threads(run.matcher, n_threads);
    assert_int_equal(run_batch(&run, text), 0);
    stats = matcher_stats(run.matcher);
    assert_int_equal(stats.records, 100000);
    assert_int_equal(stats.bytes, text.size); /* each once */
    assert_int_equal(stats.candidates, 100);
    assert_int_equal(stats.decoded, 100);
    assert_int_equal(stats.tried, 200); /* the signal's pattern, and the one of its `where:` */
    assert_int_equal(stats.signals, 100);
    run_end(&run);
}

/* Only what holds a literal costs more than its bytes. */
static void test_cost_of_boring_lines(void **state)
{
    struct buf text = { 0 };

    (void)state;
    for (int i = 0; i < 100000; i++) {
        buf_printf(&text, "%d u %s\n", i,
                   i % 1000 ? "I0602 15:59:24.360483   18726 kubelet.go:1530] \"SyncLoop UPDATE\""
                            : "Failed to start cAdvisor inotify_init: too many open files");
    }
    check_cost(buf_span(&text), 1);
    check_cost(buf_span(&text), 2);
    buf_done(&text);
}

/* The reference that others are compared with really decodes and tries all, also the second line of a
 * record and what has no literal. */
static void test_try_all(void **state)
{
    static const struct span lines =
        TEXT("1 u boring\n"
             " and more of it\n"
             "2 u Failed to start cAdvisor inotify_init: too many open files\n"
             "#\n"
             "3 x nobody\n");
    struct matcher_stats stats;
    struct run run;

    (void)state;
    run_begin(&run);
    matcher_try_all(run.matcher);
    assert_int_equal(run_batch(&run, lines), 0);
    stats = matcher_stats(run.matcher);
    assert_int_equal(stats.candidates, 4);
    assert_int_equal(stats.decoded, 4);
    assert_true(stats.tried >= 4);
    assert_true(stats.signals >=
                1); /* more: some signals here are decided by their literal alone */
    run_end(&run);
}

/* A thousand kills that all read the lines between them decode each line once, and try each pattern
 * that fails once on it. */
static void test_cost_of_a_storm(void **state)
{
    enum {
        KILLS = 1000,
        BETWEEN = 10
    };
    struct buf text = { 0 };
    struct matcher_stats stats;
    struct run run;

    (void)state;
    for (int i = 0; i < KILLS; i++) {
        buf_printf(&text, "%d k java invoked oom-killer: order=0\n", i);
        for (int j = 0; j < BETWEEN; j++) {
            buf_printf(&text, "%d k [  %d]  100 bash\n", i, j);
        }
        buf_printf(&text, "%d k Killed process 12 (java)\n", i);
    }
    run_begin(&run);
    assert_int_equal(run_batch(&run, buf_span(&text)), 0);
    stats = matcher_stats(run.matcher);
    assert_int_equal(stats.signals, KILLS);
    assert_true(stats.decoded <= KILLS * (BETWEEN + 2) * 3 / 2);
    assert_true(stats.tried <= KILLS * (BETWEEN + 2) * 10);
    buf_done(&text);
    run_end(&run);
}

/* Kills among so many lines of others that no block ends: what is near stays known from one to the
 * next, however long the batch is. */
static void test_cost_of_lines_of_others(void **state)
{
    enum {
        KILLS = 600,
        BETWEEN = 60
    };
    struct buf text = { 0 };
    struct matcher_stats stats;
    struct run run;

    (void)state;
    for (int i = 0; i < KILLS; i++) {
        buf_printf(&text, "%d k Killed process %d (java)\n", i, i);
        for (int j = 0; j < BETWEEN; j++) {
            buf_printf(&text, "%d u SyncLoop UPDATE %d\n", i, j);
        }
    }
    run_begin(&run);
    assert_int_equal(run_batch(&run, buf_span(&text)), 0);
    stats = matcher_stats(run.matcher);
    assert_int_equal(stats.candidates, KILLS);
    assert_true(stats.decoded <= stats.records);
    buf_done(&text);
    run_end(&run);
}

/* Any bytes: no crash, and no more decoded than there are records. */
static void test_hostile(void **state)
{
    static const char *const pieces[] = {
        "\n",
        "1 k ",
        "9 k ",
        "- u ",
        "1 s ",
        "\n ",
        "Killed process 1 (a)",
        "invoked oom-killer: order=0",
        "oom_reaper: reaped process 1",
        "[ 1] 1 a",
        "@EXIT_STATUS=",
        "Main process exited, code=a, status=",
        "/proc/swaps contained /dev/a file 1",
        "\xff\xfe",
        "slow aaaaaaaaaaaaaaaaaa!",
        "panic:",
        "#",
        "eviction: available 1, wanted 2",
        "\0",
    };
    struct buf text = { 0 };
    unsigned random = 3;

    (void)state;
    for (int round = 0; round < 300; round++) {
        struct run run;

        run_begin(&run);
        buf_clear(&text);
        for (int i = 0; i < 200; i++) {
            random = random * 1103515245 + 12345;
            buf_add_string(&text, pieces[(random >> 16) % N_ELEMENTS(pieces)]);
        }
        assert_int_equal(run_batch(&run, buf_span(&text)), 0);
        assert_true(matcher_stats(run.matcher).decoded <= run.lines.items.n);
        run_end(&run);
    }
    buf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_order_of_lines),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_batches),
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_state),
        cmocka_unit_test(test_blind_spots),
        cmocka_unit_test(test_slow_pattern),
        cmocka_unit_test(test_failing_owner),
        cmocka_unit_test(test_also),
        cmocka_unit_test(test_cost_of_boring_lines),
        cmocka_unit_test(test_batch_of_decoded),
        cmocka_unit_test(test_try_all),
        cmocka_unit_test(test_cost_of_a_storm),
        cmocka_unit_test(test_cost_of_lines_of_others),
        cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
