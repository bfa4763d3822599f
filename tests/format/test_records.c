#include "format_test.h"

#include "base/buf.h"
#include "format/records.h"

static int64_t read_span(void *source, char *buffer, size_t size)
{
    struct span *rest = source;
    struct span piece = span_head(*rest, size);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    *rest = span_skip(*rest, piece.size);
    return (int64_t)piece.size;
}

/* The records of a text, walked forwards and then backwards, must be these. */
static void check(const char *format, const char *text, const char *const *want)
{
    struct span rest = span_of(text);
    struct window window = { .read = read_span, .source = &rest };
    struct records records = { .window = &window, .format = format_find(span_of(format)) };
    struct record record;
    size_t n = 0, size;

    window_init(&window);
    assert_int_equal(window_fill(&window), 0);
    size = window_text(&window).size;
    records_read(&records);
    record = records_at(&records, 0);
    do {
        assert_true(span_is(records_text(&records, record), want[n]));
        n++;
    } while (records_step(&records, record.start, 1, &record));
    assert_null(want[n]);
    while (n-- > 0) {
        assert_true(span_is(records_text(&records, record), want[n]));
        assert_int_equal(records_at(&records, record.end - 1).start, record.start);
        assert_int_equal(records_step(&records, record.start, -1, &record), n > 0);
    }
    assert_int_equal(records_end(&records, 0), size);
    records_done(&records);
    window_done(&window);
}

static void lines(void **state)
{
    static const char text[] = "E0905 10:00:00.000000     812 a.go:1] panic\n"
                               "goroutine 1 [running]:\n"
                               "\t/go/src/main.go:7 +0x2a\n"
                               "E0905 10:00:01.000000     812 a.go:2] no newline";
    static const char *const want[] = {
        "E0905 10:00:00.000000     812 a.go:1] panic\n"
        "goroutine 1 [running]:\n"
        "\t/go/src/main.go:7 +0x2a",
        "E0905 10:00:01.000000     812 a.go:2] no newline",
        NULL,
    };

    (void)state;
    check("klog", text, want);
}

static void frames(void **state)
{
    static const char text[] = "MESSAGE=a\n_PID=1\n\nMESSAGE=b\n_PID=2\n\n";
    static const char *const want[] = { "MESSAGE=a\n_PID=1\n\n", "MESSAGE=b\n_PID=2\n\n", NULL };

    (void)state;
    check("journal-export", text, want);
}

/* Lines of other formats are asked what they are once, from whichever side they are reached. */
static void strangers_are_asked_once(void **state)
{
    enum {
        LINES = 50
    };
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(choices_free_at) struct choices *choices = choices_new();
    struct span rest;
    struct window window = { .read = read_span, .source = &rest };
    struct records records = { .window = &window,
                               .format = format_find(SPAN("klog")),
                               .choices = choices };
    struct record record;
    int n = 1;

    (void)state;
    for (int i = 0; i < LINES; i++) {
        buf_printf(&text, "  Warning  Evicted  %dm  kubelet, node01  low on resource\n", i + 1);
    }
    rest = buf_span(&text);
    window_init(&window);
    assert_int_equal(window_fill(&window), 0);
    record = records_at(&records, 0);
    while (records_step(&records, record.start, 1, &record)) {
        n++;
    }
    assert_int_equal(n, LINES);
    while (records_step(&records, record.start, -1, &record)) {
        n--;
    }
    assert_int_equal(n, 1);
    assert_int_equal(choices_n_asked(choices),
                     LINES - 1); /* the first line begins a record anyway */
    records_done(&records);
    window_done(&window);
}

/* Where the input is still growing, a line without its newline waits, unless it is asked for. */
static void ends(void **state)
{
    struct span rest = SPAN("one\ntwo\nthr");
    struct window window = { .read = read_span, .source = &rest };
    struct records records = { .window = &window, .format = &format_text };

    (void)state;
    window_init(&window);
    assert_int_equal(window_fill(&window), 0);
    assert_int_equal(records_end_before(&records, 11, false), 8);
    assert_int_equal(records_end_before(&records, 11, true), 11);
    assert_int_equal(records_end_before(&records, 5, false), 4);
    assert_int_equal(records_drop(&records, 6), 4);
    assert_true(span_is(window_text(&window), "two\nthr"));
    records_done(&records);
    window_done(&window);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(frames),
        cmocka_unit_test(strangers_are_asked_once),
        cmocka_unit_test(ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
