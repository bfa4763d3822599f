#include "format_test.h"

#include "base/buf.h"
#include "format/clean.h"

/* Cleans the text as a whole and in pieces of a few bytes: the same comes out, and every byte and
 * line that was taken out is in an edit. */
static void clean(struct span text, size_t piece, struct buf *ret, struct edits *edits)
{
    struct clean clean = { 0 };
    size_t from = 0, raw = 0;

    clean_plan(&clean, text, /* whole= */ true);
    (void)buf_reserve(ret, 1);
    do {
        struct span head = span_head(text, piece);

        buf_add(ret, head);
        text = span_skip(text, head.size);
        ret->size =
            clean_run(&clean, ret->data, from - raw, ret->size, text.size == 0, edits, &raw);
        from = ret->size;
    } while (text.size);
    clean_done(&clean);
}

#define A20 "aaaaaaaaaaaaaaaaaaaa"
#define J   "Apr 07 22:06:29 h kubelet[7]: "

static void texts(void **state)
{
    static const struct {
        const char *text, *expected;
        int lines; /* that were taken out */
    } rows[] = {
        { "", "", 0 },
        { "nothing\nto do", "nothing\nto do", 0 },
        { "a\r\nb\r\r\n\r\nc", "a\nb\n\nc", 0 },
        { "a\rb\n", "a\rb\n", 0 },
        { "\x1b[1;31mred\x1b[0m\n\x1b]0;title\apl\x1b(Bain\n", "red\nplain\n", 0 },
        { "cut \x1b[", "cut ", 0 },
        { "cut \x1b", "cut \x1b", 0 },
        { "> a\n> \n> > b\n>c\n", "a\n\nb\nc\n", 0 },
        { "> a\nb\nc\n", "> a\nb\nc\n", 0 },
        /* broken at 80 columns, twice: proof; the blank that stood in the last column is back */
        { J A20 A20 "1234567890\nand more\n" J A20 A20 "1234567890\nand more\n",
          J A20 A20 "1234567890and more\n" J A20 A20 "1234567890and more\n", 2 },
        { J A20 A20 "1234567890\nand more\n" J A20 A20 "123456789\nand more\n" J A20 A20
                    "1234567890\nx\n",
          J A20 A20 "1234567890and more\n" J A20 A20 "123456789 and more\n" J A20 A20
                    "1234567890x\n",
          3 },
        /* broken over three lines, inside of a quote */
        { J "say \"" A20 "1234567890123456789012345\n" A20 A20 A20 "12345678901234567890\nend\"\n",
          J "say \"" A20 "1234567890123456789012345" A20 A20 A20 "12345678901234567890end\"\n", 2 },
        /* wrapped between words, in a mail and in a note */
        { "It says:\n\n  [ 7345.580453] Out of memory: Kill\n  process 4711 (java) score 912 or "
          "sacrifice child\n",
          "It says:\n\n  [ 7345.580453] Out of memory: Kill process 4711 (java) score 912 or "
          "sacrifice child\n",
          1 },
        { J "Failed to start it\n   because of\n   its path\n" J "x\n",
          J "Failed to start it because of its path\n" J "x\n", 2 },
        { J "Failed to start\nnotatallbecause of it\n" J "Failed to stop\nnotatallbecause\n",
          J "Failed to start notatallbecause of it\n" J "Failed to stop notatallbecause\n", 2 },
        /* there was room, a stack, a list, a line that was cut */
        { J "Failed to start it\nbecause\n" J A20 A20 "x\n",
          J "Failed to start it\nbecause\n" J A20 A20 "x\n", 0 },
        { J "panic: no more of it\n\tmain.go:12\n", J "panic: no more of it\n\tmain.go:12\n", 0 },
        { J "Failed to start:\n  - one\n  - two\n", J "Failed to start:\n  - one\n  - two\n", 0 },
        { J "Failed to start i>\n  because\n", J "Failed to start i>\n  because\n", 0 },
        /* what follows is a record, a prompt, debris; indented it was not broken by a terminal */
        { J A20 A20 "1234567890\n" J A20 A20 "1234567890\n" J "x\n",
          J A20 A20 "1234567890\n" J A20 A20 "1234567890\n" J "x\n", 0 },
        { J A20 A20 "1234567890\n# dmesg\n" J A20 A20 "1234567890\n-- Reboot --\n",
          J A20 A20 "1234567890\n# dmesg\n" J A20 A20 "1234567890\n-- Reboot --\n", 0 },
        { J A20 A20 "1234567890\n   x\n" J A20 A20 "1234567890\n   x\n",
          J A20 A20 "1234567890 x\n" J A20 A20 "1234567890 x\n", 2 },
        /* no terminal is so narrow */
        { "aaaaaaaaaa\nbb\naaaaaaaaaa\nbb\n", "aaaaaaaaaa\nbb\naaaaaaaaaa\nbb\n", 0 },
    };
    static const size_t pieces[] = { 1, 7, 4096 };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows) * N_ELEMENTS(pieces); i++) {
        const char *text = rows[i / 3].text, *expected = rows[i / 3].expected;
        CLEANUP(buf_done_at) struct buf got = { 0 };
        struct edits edits = { 0 };
        uint64_t bytes = 0, lines = 0;

        clean(span_of(text), pieces[i % 3], &got, &edits);
        for (size_t k = 0; k < edits.n; k++) {
            bytes += edits.items[k].bytes;
            lines += edits.items[k].lines;
        }
        vec_free(&edits);
        if (!span_equal(buf_span(&got), span_of(expected))) {
            fail_msg("%s\nin pieces of %zu became\n%.*s", text, pieces[i % 3], (int)got.size,
                     got.data);
        }
        assert_int_equal(bytes, strlen(text) - strlen(expected));
        assert_int_equal(lines, rows[i / 3].lines);
    }
}

/* Sizes of values stand in the export format: nothing may be taken out. */
static void untouched(void **state)
{
    const struct span text = SPAN("__REALTIME_TIMESTAMP=1\nMESSAGE\n\5\0\0\0\0\0\0\0\x1b[1ma\n\n");
    struct clean clean = { 0 };

    (void)state;
    clean_plan(&clean, text, /* whole= */ true);
    assert_false(clean_is_needed(&clean));
    clean_done(&clean);
}

static void marks(void **state)
{
    const struct {
        struct span head;
        size_t mark;
        bool on, big_endian;
    } rows[] = {
        { SPAN(""), 0, false, false },
        { SPAN("\xef\xbb\xbf"), 3, false, false },
        { SPAN("\xff\xfe"), 2, true, false },
        { SPAN("\xfe\xff"), 2, true, true },
        { SPAN("a\0b\0c\0"), 0, true, false },
        { SPAN("\0a\0b\0c"), 0, true, true },
        { SPAN("a\0b\0\x2d\x4e"
               "d\0"),
          0, true, false },
        { SPAN("abc\0def\0"), 0, false, false },
        { SPAN("a\0\0b"), 0, false, false },
        { SPAN("plain text"), 0, false, false },
        { SPAN("\0\0\0\0"), 0, false, false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct utf16 utf16 = { 0 };

        if (utf16_detect(&utf16, rows[i].head) != rows[i].mark || utf16.on != rows[i].on ||
            utf16.big_endian != rows[i].big_endian) {
            fail_msg("row %zu", i);
        }
    }
}

/* Surrogate pairs, halves of them, and pieces that end inside of a character. */
static void converts(void **state)
{
    const struct span text = SPAN("a\0\xe9\0\xac\x20\x3d\xd8\x00\xde\x3d\xd8"
                                  "b\0\x00\xde");
    const char *expected = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbd"
                           "b\xef\xbf\xbd";

    (void)state;
    for (size_t piece = 1; piece <= text.size; piece++) {
        struct utf16 utf16 = { .on = true };
        struct span rest = text;
        char out[64];
        size_t n = 0;

        while (rest.size) {
            n += utf16_convert(&utf16, span_head(rest, piece), out + n);
            rest = span_skip(rest, piece);
        }
        if (!span_is((struct span){ out, n }, expected)) {
            fail_msg("in pieces of %zu: %.*s", piece, (int)n, out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts),
        cmocka_unit_test(untouched),
        cmocka_unit_test(marks),
        cmocka_unit_test(converts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
