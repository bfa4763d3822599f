#include "format_test.h"

#include "base/buf.h"
#include "base/json.h"
#include "format/unescape.h"

struct row {
    struct span before, after;
};

/* Without blanks: where they stand, and how many, is no matter. */
static size_t squeeze(char *text, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < size; i++) {
        if (text[i] != ' ') {
            text[n++] = text[i];
        }
    }
    return n;
}

static void check(const struct row *row, bool bytes)
{
    CLEANUP(buf_done_at) struct buf record = { 0 };
    CLEANUP(buf_done_at) struct buf want = { 0 };

    buf_add(&record, row->before);
    buf_add(&want, row->after);
    if (bytes) {
        unescape_bytes(record.data, record.size, SPAN("\"M\""));
    } else if (record.size) {
        unescape_text(record.data, record.size);
    }
    record.size = squeeze(record.data, record.size);
    want.size = squeeze(want.data, want.size);
    if (!span_equal(buf_span(&record), buf_span(&want))) {
        fail_msg("%.*s became `%.*s`", (int)row->before.size, row->before.data, (int)record.size,
                 record.data);
    }
}

static void escapes(void **state)
{
    /* clang-format off */
    static const struct row rows[] = {
        { RECORD(""), RECORD("") },
        { RECORD("{\"a\":\"plain \\\" \\\\ \\n\"}"), RECORD("{\"a\":\"plain \\\" \\\\ \\n\"}") },
        { RECORD("{\"a\":\"\\/x\"}\n"), RECORD("{\"a\":\"/x\"} \n") },
        { RECORD("{\"a\":\"\\u003cnil\\u003E\"}\n\n"), RECORD("{\"a\":\"<nil>\"}          \n\n") },
        /* what would end the string, or be no string */
        { RECORD("\"\\u0022 \\u005c \\u000a \\u007f \\u00e9 \\u003\""),
          RECORD("\"\\u0022 \\u005c \\u000a \\u007f \\u00e9 \\u003\"") },
        /* an escaped backslash in front of what looks like an escape */
        { RECORD("\"\\\\/ \\\\u003c \\/\""), RECORD("\"\\\\/ \\\\u003c /\" ") },
        { RECORD("\"\\/\\"), RECORD("\"/\\ ") },
        { RECORD("\\u00"), RECORD("\\u00") },
    };
    /* clang-format on */

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        check(&rows[i], false);
    }
}

static void bytes(void **state)
{
    /* clang-format off */
    static const struct row rows[] = {
        { RECORD("{\"M\":[72,105],\"b\":1}"), RECORD("{\"M\":\"Hi\"   ,\"b\":1}") },
        /* colours */
        { RECORD("{\"M\":[27,91,51,49,109,72]}"), RECORD("{\"M\":\"H\"                }") },
        /* quotes, tabs, control characters, and what is no UTF-8 */
        { RECORD("{\"M\":[34,92,9,7,255,72]}"), RECORD("{\"M\":\"\\\"\\\\\\t \xef\xbf\xbdH\"   }") },
        { RECORD("{\"M\":[195,169]}"), RECORD("{\"M\":\"\xc3\xa9\"     }") },
        /* on many lines, which all stay */
        { RECORD("{\n\t\"M\" : [\n\t\t72,\n\t\t105\n\t],\n\t\"b\" : 1\n}\n"),
          RECORD("{\n\t\"M\" : \"Hi\"\n\n\n      ,\n\t\"b\" : 1\n}\n") },
        /* two of them */
        { RECORD("{\"M\":[72]}{\"M\":[73]}"), RECORD("{\"M\":\"H\" }{\"M\":\"I\" }") },
        /* what is no list of bytes */
        { RECORD("{\"M\":[]}"), RECORD("{\"M\":[]}") },
        { RECORD("{\"M\":[\"a\",\"b\"]}"), RECORD("{\"M\":[\"a\",\"b\"]}") },
        { RECORD("{\"M\":[72,256]}"), RECORD("{\"M\":[72,256]}") },
        { RECORD("{\"M\":[72,-1]}"), RECORD("{\"M\":[72,-1]}") },
        { RECORD("{\"M\":[72,"), RECORD("{\"M\":[72,") },
        { RECORD("{\"M\":null}"), RECORD("{\"M\":null}") },
        { RECORD("{\"MM\":[72]}"), RECORD("{\"MM\":[72]}") },
        { RECORD("{\"x\":\"\\\"M\\\":[72]\"}"), RECORD("{\"x\":\"\\\"M\\\":[72]\"}") },
        /* no room for the escape of a tab */
        { RECORD("{\"M\":[9]}"), RECORD("{\"M\":[9]}") },
    };
    /* clang-format on */

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        check(&rows[i], true);
    }
}

/* Whatever the bytes are, what comes out is JSON. */
static void stays_json(void **state)
{
    (void)state;
    for (int a = 0; a < 256; a++) {
        CLEANUP(buf_done_at) struct buf text = { 0 };
        CLEANUP(json_free_at) json_t *json = NULL;

        buf_printf(&text, "{\"M\":[72,%d,%d,%d],\"b\":\"\\/\\u003c\"}", a, 255 - a, (a * 7) % 256);
        unescape_bytes(text.data, text.size, SPAN("\"M\""));
        unescape_text(text.data, text.size);
        if (json_read(buf_span(&text), &json) < 0) {
            fail_msg("%s", text.data);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes),
        cmocka_unit_test(bytes),
        cmocka_unit_test(stays_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
