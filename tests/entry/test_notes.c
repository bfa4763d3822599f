#include "entry/notes.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static void counts(void **state)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();

    (void)state;
    notes_add(NULL, NOTE_BINARY, SPAN("a"), 1, "nobody listens");
    notes_add(notes, NOTE_LINE_CUT, SPAN("a"), 7, "first %d", 1);
    notes_add(notes, NOTE_LINE_CUT, SPAN("a"), 9, "second %d", 2);
    notes_add(notes, NOTE_LINE_CUT, SPAN("b"), 3, "other input");
    notes_add_many(notes, NOTE_SUPPRESSED, SPAN("a"), 23, "dropped");
    notes_add_many(notes, NOTE_SUPPRESSED, SPAN("a"), 0, "nothing");
    assert_int_equal(notes_count(notes), 3);
    assert_int_equal(notes_get(notes, 0)->count, 2);
    assert_int_equal(notes_get(notes, 0)->first_line, 7);
    assert_true(span_is(notes_get(notes, 0)->detail, "first 1"));
    assert_true(span_is(notes_get(notes, 1)->where, "b"));
    assert_int_equal(notes_get(notes, 2)->count, 23);
}

/* Beyond the limit only the counters of what is there move. */
static void bounded(void **state)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();

    (void)state;
    for (int i = 0; i < 10 * LIMIT_NOTES; i++) {
        char name[16];

        (void)snprintf(name, sizeof(name), "%d", i);
        notes_add(notes, NOTE_UNREADABLE, span_of(name), 0, "x");
    }
    assert_int_equal(notes_count(notes), LIMIT_NOTES);
    notes_add(notes, NOTE_UNREADABLE, SPAN("0"), 0, "x");
    assert_int_equal(notes_get(notes, 0)->count, 2);
}

static void names(void **state)
{
    (void)state;
    for (int kind = 0; kind < NOTE_KINDS; kind++) {
        assert_non_null(note_kind_name((enum note_kind)kind));
    }
    assert_string_equal(note_kind_name(NOTE_PAGER_CUT), "pager-cut");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(bounded),
        cmocka_unit_test(names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
