#include "format/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    LINE_BYTES = 100,
    N_LINES = 5000
};

/* Line n begins with `=` if n % 64 is 0, and no byte is special otherwise. */
static int64_t read_lines(void *source, char *buffer, size_t size)
{
    size_t *at = source, n = 0;

    for (; n < size && *at < (size_t)LINE_BYTES * N_LINES; n++, ++*at) {
        size_t column = *at % LINE_BYTES;

        buffer[n] = 'a';
        if (column == LINE_BYTES - 1) {
            buffer[n] = '\n';
        } else if (column == 0 && *at / LINE_BYTES % 64 == 0) {
            buffer[n] = '=';
        }
    }
    return (int64_t)n;
}

static void check_place(struct window *window, size_t at)
{
    struct text_place place = window_place(window, at);

    assert_int_equal(place.line, (window->base + at) / LINE_BYTES + 1);
    assert_int_equal(place.offset, window->base + at);
}

static void check_places(struct window *window)
{
    size_t size = window_text(window).size;
    uint64_t before = window->n_counted;

    for (size_t n = 0; n < 100; n++) {
        check_place(window, n * 31 % size);
        check_place(window, size - n * 17 % size);
        check_place(window, n * 7919 % size);
    }
    /* Each place is at most two parts of a step away. */
    assert_true(window->n_counted - before <= (uint64_t)300 * 2 * WINDOW_STEP_BYTES);
}

static void test_places_by_steps(void **state)
{
    static const size_t starts[] = { 0, 1, 4096, 12345 };
    size_t at = 0;
    struct window window = { .read = read_lines, .source = &at };

    (void)state;
    window_init(&window);
    assert_int_equal(window_fill(&window), 0);
    check_place(&window, 400000);
    check_place(&window, 77);
    for (size_t i = 0; i < N_ELEMENTS(starts); i++) {
        size_t end = window_text(&window).size - starts[i], n = 0;
        struct traits traits = window_traits(&window, starts[i], end);

        for (size_t j = starts[i]; j < end; j++) {
            n += window.data[j] == '\n';
        }
        assert_int_equal(traits.n_newlines, n);
        assert_true(traits.has_marks);
        check_place(&window, 0);
        check_place(&window, window_text(&window).size);
        check_place(&window, end);
    }
    (void)window_traits(&window, 0, window_text(&window).size);
    check_places(&window);
    window_drop(&window, 150000); /* the steps are those of other bytes now */
    check_place(&window, 4096);
    check_place(&window, 0);
    (void)window_traits(&window, 1, window_text(&window).size);
    check_places(&window);
    window_done(&window);
}

/* A heading is found wherever it begins, also with a step. */
static void test_marks(void **state)
{
    static char text[3 * WINDOW_STEP_BYTES];
    struct window window = { .data = text, .size = sizeof(text) };

    (void)state;
    for (size_t at = WINDOW_STEP_BYTES - 100; at < WINDOW_STEP_BYTES + 100; at++) {
        memset(text, 'a', sizeof(text));
        text[at - 1] = '\n';
        text[at] = '=';
        assert_true(window_traits(&window, 0, sizeof(text)).has_marks);
        assert_false(window_traits(&window, at, sizeof(text)).has_marks);
    }
}

static const char first_line[] = "before\n", last_lines[] = "after\nlast\n";

enum {
    NUL_BYTES = 3 * LIMIT_LINE_BYTES + 7
};

static int64_t read_nuls(void *source, char *buffer, size_t size)
{
    const size_t first = strlen(first_line), last = first + NUL_BYTES;
    size_t *at = source, n = 0;

    for (; n < size && *at < last + strlen(last_lines); n++, ++*at) {
        buffer[n] = *at < first ? first_line[*at] : *at < last ? 0 : last_lines[*at - last];
    }
    return (int64_t)n;
}

/* After a crash: the line that follows so many NULs is not a part of them. */
static void test_nuls(void **state)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    size_t at = 0;
    struct window window = { .read = read_nuls, .source = &at, .notes = notes };
    struct text_place place;

    (void)state;
    window_init(&window);
    assert_int_equal(window_fill(&window), 0);
    assert_true(span_is(window_text(&window), "before\nafter\nlast\n"));
    place = window_place(&window, strlen("before\nafter\n"));
    assert_int_equal(place.line, 3);
    assert_int_equal(place.offset, strlen("before\nafter\n") + NUL_BYTES);
    assert_int_equal(window_place(&window, 3).offset, 3);
    assert_int_equal(notes_count(notes), 1);
    assert_int_equal(notes_get(notes, 0)->kind, NOTE_BINARY);
    window_done(&window);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_by_steps),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_nuls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
