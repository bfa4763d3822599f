/* Unescapes JSON text in place; RFC 8259.
 *
 *   {"MESSAGE":[27,91,51,49,109,69,48,54,48,50],"_PID":"18726"}     a message in red
 *   {"log":"open \/proc\/swaps: \u003cnil\u003e\n"}                 the care of some writers
 */

#include "format/unescape.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "format/clean.h"
#include "format/logtime.h"

static int hex_digit(char c)
{
    if (is_digit(c)) {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character of the escape at the start of the text, and the size of the escape; 0 if it must be
 * kept. */
static char escaped(struct span text, size_t *ret_size)
{
    int high, low;
    char c;

    *ret_size = 2;
    if (text.size >= 2 && text.data[1] == '/') {
        return '/';
    }
    if (text.size < 6 || !span_starts(text, SPAN("\\u00"))) {
        return '\0';
    }
    high = hex_digit(text.data[4]);
    low = hex_digit(text.data[5]);
    if (high < 2 || high > 7 || low < 0) {
        return '\0';
    }
    c = (char)(high << 4 | low);
    if (c == '"' || c == '\\' || c == '\x7f') {
        return '\0';
    }
    *ret_size = 6;
    return c;
}

/* Messages are full of quotes, whose backslashes stay. */
static bool has_escapes(struct span text)
{
    ptrdiff_t at;

    while ((at = span_find_byte(text, '\\')) >= 0) {
        text = span_skip(text, (size_t)at);
        if (span_starts(text, SPAN("\\/")) || span_starts(text, SPAN("\\u00"))) {
            return true;
        }
        text = span_skip(text, 2);
    }
    return false;
}

/* Without trailing spaces and newlines. */
static size_t size_of_text(const char *record, size_t size)
{
    while (size && strchr(" \t\r\n", record[size - 1]) && record[size - 1]) {
        size--;
    }
    return size;
}

void unescape_text(char *record, size_t size)
{
    size_t end = size_of_text(record, size), in = 0, out = 0;

    if (!has_escapes((struct span){ record, end })) {
        return;
    }
    while (in < end) {
        size_t n = 1;
        char c = record[in];

        if (c == '\\' && in + 1 < end) {
            c = escaped((struct span){ record + in, end - in }, &n);
            if (c == '\0') { /* both bytes, so that `\\/` is not read as `\/` */
                record[out++] = '\\';
                c = record[in + 1];
            }
        }
        record[out++] = c;
        in += n;
    }
    memset(record + out, ' ', end - out);
}

struct span unescape_find(struct span record, struct span key)
{
    struct span rest = record;
    ptrdiff_t at = span_find(record, key);

    if (at < 0) {
        return (struct span){ 0 };
    }
    rest = span_skip(record, (size_t)at + key.size);
    (void)take_blanks(&rest);
    if (!take_byte(&rest, ':')) {
        return (struct span){ 0 };
    }
    (void)take_blanks(&rest);
    return rest;
}

/* A parsed list of bytes. */
struct bytes {
    struct buf text;
    size_t n_lines; /* newlines inside the list */
};

static void skip_space(struct span *rest, struct bytes *bytes)
{
    while (rest->size && rest->data[0] && strchr(" \t\r\n", rest->data[0])) {
        bytes->n_lines += rest->data[0] == '\n';
        *rest = span_skip(*rest, 1);
    }
}

/* Cuts the list off the start of the text. False if it is not a list of bytes. */
static bool take_list(struct span *rest, struct bytes *bytes)
{
    struct span at = *rest;
    int64_t byte;

    if (!take_byte(&at, '[')) {
        return false;
    }
    do {
        skip_space(&at, bytes);
        if (!take_digits(&at, 1, 3, &byte) || byte > 255) {
            return false;
        }
        buf_add_byte(&bytes->text, (char)(unsigned char)byte);
        skip_space(&at, bytes);
    } while (take_byte(&at, ','));
    if (!take_byte(&at, ']')) {
        return false;
    }
    *rest = at;
    return true;
}

static void quote_byte(struct buf *out, char c)
{
    static const char letters[] = "\"\\nrtbf", bytes[] = "\"\\\n\r\t\b\f";
    const char *found = c ? strchr(bytes, c) : NULL;

    if (found) {
        buf_add_byte(out, '\\');
    }
    buf_add_byte(out, found ? letters[found - bytes] : (unsigned char)c < 0x20 ? ' ' : c);
}

/* Writes it as a JSON string. */
static void quote(struct buf *out, struct span text)
{
    CLEANUP(buf_done_at) struct buf bare = { 0 };
    CLEANUP(buf_done_at) struct buf valid = { 0 };

    while (text.size) {
        size_t escape = clean_escape_size(text);

        if (escape == 0) {
            buf_add_byte(&bare, text.data[0]);
        }
        text = span_skip(text, escape ? escape : 1);
    }
    utf8_add_clean(&valid, buf_span(&bare));
    buf_add_byte(out, '"');
    for (size_t i = 0; i < valid.size; i++) {
        quote_byte(out, valid.data[i]);
    }
    buf_add_byte(out, '"');
}

/* Writes a string over the list at `from`, followed by the newlines of the list. */
static void write_over(char *from, size_t size, const struct buf *string, size_t n_lines)
{
    if (string->size + n_lines > size) { /* such as `[9]`, whose tab would require two bytes */
        return;
    }
    memcpy(from, string->data, string->size);
    memset(from + string->size, '\n', n_lines);
    memset(from + string->size + n_lines, ' ', size - string->size - n_lines);
}

void unescape_bytes(char *record, size_t size, struct span key)
{
    struct span rest = unescape_find((struct span){ record, size }, key);

    while (rest.size) {
        CLEANUP(buf_done_at) struct buf string = { 0 };
        struct bytes bytes = { 0 };
        struct span list = rest;

        if (take_list(&rest, &bytes)) {
            quote(&string, buf_span(&bytes.text));
            write_over(record + (list.data - record), list.size - rest.size, &string,
                       bytes.n_lines);
        }
        buf_done(&bytes.text);
        rest = unescape_find(rest, key);
    }
}
