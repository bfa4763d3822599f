/* Repairs a log that was copied through terminals, mails and web pages.
 *
 *   May 23 03:00:19 node kubelet[2468]: F0523 ... Kubelet: Running with swap on is not su
 *   pported, please disable swap! or set --fail-swap-on flag to false.
 */

#include "format/clean.h"

#include "base/cleanup.h"
#include "base/utf8.h"
#include "format/cut_mark.h"
#include "format/line.h"

enum {
    WIDTH_MIN = 60,      /* narrower terminals are not used to read logs */
    WRAP_MIN = 40,       /* texts are not wrapped between words at fewer columns, */
    WRAP_MAX = 100,      /* nor at more */
    RAW_MAX = 64 * 1024, /* a longer line is cleaned before its end is known */
    PLAN_BYTES = 64 * 1024,
};

size_t clean_escape_size(struct span text)
{
    size_t n = 2;

    if (text.size < 2 || text.data[0] != '\x1b') {
        return 0;
    }
    if (text.data[1] == '[') {
        while (n < text.size && text.data[n] >= 0x20 && text.data[n] < 0x40) {
            n++;
        }
        return n < text.size ? n + 1 : n;
    }
    if (text.data[1] == ']') {
        while (n < text.size && text.data[n] != '\a' && text.data[n] != '\x1b') {
            n++;
        }
        return n < text.size && text.data[n] == '\a' ? n + 1 : n;
    }
    return text.data[1] == '\\' || text.data[1] == '(' ? 2 + (text.data[1] == '(') : 2;
}

static struct span skip_quotes(struct span line)
{
    while (line.size && line.data[0] == '>') {
        line = span_skip(line, 1);
        (void)take_byte(&line, ' ');
    }
    return line;
}

/* Writes the cleaned line to `out`, which may be the line itself. Returns its size. */
static size_t clean_line(const struct clean *clean, struct span line, char *out)
{
    size_t n = 0;

    if (clean->quotes) {
        line = skip_quotes(line);
    }
    if (clean->drop_indent) {
        (void)take_blanks(&line);
    }
    if (clean->returns) {
        while (line.size && line.data[line.size - 1] == '\r') {
            line.size--;
        }
    }
    if (!clean->escapes) {
        if (line.size) {
            memmove(out, line.data, line.size);
        }
        return line.size;
    }
    while (line.size) {
        size_t skipped = clean_escape_size(line);

        if (skipped == 0) {
            out[n++] = line.data[0];
        }
        line = span_skip(line, skipped ? skipped : 1);
    }
    return n;
}

/* The join at the end of the current line, or NULL. */
static const struct join *next_join(struct clean *clean)
{
    if (clean->next_join >= clean->joins.n ||
        clean->joins.items[clean->next_join].line != clean->line) {
        return NULL;
    }
    return &clean->joins.items[clean->next_join++];
}

static void add_edit(struct edits *edits, size_t at, uint64_t bytes, uint64_t lines)
{
    if (edits && (bytes || lines)) {
        vec_push(edits, (struct edit){ at, bytes, lines });
    }
}

/* Writes the end of a line to `out`: its newline, or the replacement. */
static char *end_line(struct clean *clean, char *out, bool *ret_joined)
{
    const struct join *join = next_join(clean);

    clean->line++;
    *ret_joined = join != NULL;
    clean->drop_indent = join && join->indent;
    if (!join) {
        *out++ = '\n';
    } else if (join->blank) {
        *out++ = ' ';
    }
    return out;
}

size_t clean_run(struct clean *clean, char *data, size_t from, size_t size, bool at_end,
                 struct edits *edits, size_t *ret_raw)
{
    size_t in = from, out = from;

    while (in < size) {
        const char *newline = memchr(data + in, '\n', size - in);
        size_t end = newline ? (size_t)(newline - data) : size;
        size_t next = newline ? end + 1 : end, start = out, line_end;
        bool joined = false;

        if (!newline && !at_end && size - in < RAW_MAX) {
            break;
        }
        out += clean_line(clean, (struct span){ data + in, end - in }, data + out);
        line_end = out;
        if (newline) {
            out = (size_t)(end_line(clean, data + out, &joined) - data);
        }
        add_edit(edits, line_end, (next - in) - (out - start), joined);
        in = next;
    }
    *ret_raw = size - in;
    memmove(data + out, data + in, size - in);
    return out + (size - in);
}

/* The lines of a text, split once. */
struct lines {
    struct span *items;
    size_t n, allocated;
};

static void lines_done(struct lines *lines)
{
    vec_free(lines);
}

static void cut_lines(struct span text, struct lines *lines)
{
    struct span line;

    while (span_cut(&text, '\n', &line)) {
        vec_push(lines, line);
    }
}

/* True if the line alone is recognisable as a record. */
static bool is_record(struct span line)
{
    int bid;

    (void)format_choose(line, &bid);
    return bid > BID_FALLBACK;
}

static bool is_prompt(struct span line)
{
    return span_starts(line, SPAN("# ")) || span_starts(line, SPAN("$ ")) ||
           span_find(span_head(line, 80), SPAN("# ")) > 0 ||
           span_find(span_head(line, 80), SPAN("$ ")) > 0;
}

/* True if this can be the rest of a wrapped line. Lines of a Go stack dump and indented lines
 * cannot. */
static bool may_be_rest(struct span line)
{
    if (line.size == 0 || line.data[0] == '\t' || span_starts(line, SPAN("  "))) {
        return false;
    }
    if (span_starts(line, SPAN("goroutine ")) || span_starts(line, SPAN("created by "))) {
        return false;
    }
    return !line_is_debris(line) && !is_prompt(line) && !is_record(line);
}

/* True if a quote or a bracket is still open at its end. */
static bool is_open(struct span line)
{
    int depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];

        if (c == '\\') {
            i++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == '{' || c == '[' || c == '(') {
            depth++;
        } else if (c == '}' || c == ']' || c == ')') {
            depth--;
        }
    }
    return quoted || depth > 0;
}

static size_t widest(const struct lines *lines)
{
    size_t width = 0;

    for (size_t i = 0; i < lines->n; i++) {
        size_t columns = utf8_columns(lines->items[i]);

        if (columns > width) {
            width = columns;
        }
    }
    return width;
}

/* True if the line fills the width of the terminal. A space in the last column is often lost. */
static bool fills(struct span line, size_t width)
{
    size_t columns = utf8_columns(line);

    return columns == width || columns + 1 == width;
}

/* A terminal wraps all lines at the same width, which is then the maximum. Several records that
 * fill it and are followed by lines that are not records are proof; a single one must also be
 * wrapped inside a quote or bracket. */
static void plan_terminal_joins(struct clean *clean, const struct lines *lines, size_t width)
{
    size_t n_exact = 0;
    bool joined = false;

    for (size_t i = 0; i + 1 < lines->n; i++) {
        struct span line = lines->items[i];
        bool exact = utf8_columns(line) == width;

        joined = fills(line, width) && may_be_rest(lines->items[i + 1]) &&
                 (joined || is_record(line) || (exact && is_open(line)));
        n_exact += joined && exact;
        if (joined) {
            vec_push(&clean->joins, (struct join){ .line = i, .blank = !exact });
        }
    }
    if (n_exact < 2 &&
        !(clean->joins.n == 1 && is_open(lines->items[clean->joins.items[0].line]))) {
        vec_clear(&clean->joins);
    }
}

/* --- lines wrapped between words --- */

static size_t indent_of(struct span line)
{
    return take_blanks(&line);
}

/* A line with the start of a record after its indentation, a list mark or a few words (`it says: `). */
static bool starts_record(struct span line)
{
    struct span word;

    (void)take_blanks(&line);
    if (is_record(line)) {
        return true;
    }
    /* `kubelet.go:1530] ` alone is the header of a quoted message */
    return span_word(&line, &word) && span_ends(word, SPAN("]")) &&
           span_find(word, SPAN(".go:")) > 0;
}

/* A line that a pager cut has no rest. */
static bool is_cut(struct span line)
{
    return cut_mark_drop(&line);
}

/* True if the next word has no room in the line. A break with room for it was meant. */
static bool breaks_for_width(struct span line, struct span next, size_t width)
{
    struct span word;

    return !is_cut(line) && span_word(&next, &word) &&
           utf8_columns(line) + 1 + utf8_columns(word) > width;
}

/* True if this can be the rest of a line that broke between words. Lines of a Go stack dump, and
 * lists, cannot. */
static bool may_be_wrapped_rest(struct span line)
{
    if (line.size == 0 || line.data[0] == '\t') {
        return false;
    }
    (void)take_blanks(&line);
    return line.size && line.data[0] != '-' && line.data[0] != '*' && may_be_rest(line) &&
           !starts_record(line);
}

/* In text that was wrapped by a mail program or by hand, the lines of a record after its first have
 * the same indentation, which is at least that of the first. Without any, each must break where the
 * next word has no room, and one such break proves nothing. */
static void plan_word_joins(struct clean *clean, const struct lines *lines, size_t width)
{
    bool joined = false, indented = false;
    size_t indent = 0;

    for (size_t i = 0; i + 1 < lines->n; i++) {
        struct span line = lines->items[i], next = lines->items[i + 1];
        bool begins = !joined && starts_record(line);

        if (begins) {
            indent = indent_of(next);
        }
        joined = (joined || begins) && indent_of(next) == indent && indent >= indent_of(line) &&
                 may_be_wrapped_rest(next) &&
                 (indent > 0 ? !is_cut(line) : breaks_for_width(line, next, width));
        if (joined) {
            vec_push(&clean->joins, (struct join){ .line = i, .blank = true, .indent = true });
            indented = indented || indent > 0;
        }
    }
    if (clean->joins.n == 1 && !indented) {
        vec_clear(&clean->joins);
    }
}

/* Formats whose records are single lines. */
static bool has_plain_lines(struct span text)
{
    static const char *const names[] = { "journal-short", "klog", "dmesg", "text" };
    const char *name = format_choose(span_head(text, PLAN_BYTES), NULL)->name;

    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void plan_joins(struct clean *clean, struct span text)
{
    CLEANUP(lines_done) struct lines lines = { 0 };
    size_t width;

    cut_lines(text, &lines);
    width = widest(&lines);
    if (width >= WIDTH_MIN) {
        plan_terminal_joins(clean, &lines, width);
    }
    if (clean->joins.n == 0 && width >= WRAP_MIN && width <= WRAP_MAX && has_plain_lines(text)) {
        plan_word_joins(clean, &lines, width);
        clean->between_words = clean->joins.n > 0;
    }
}

/* True if most lines that are not empty start with a mail quote. */
static bool is_quoted(struct span head)
{
    size_t n = 0, n_quoted = 0;
    struct span line;

    while (span_cut(&head, '\n', &line)) {
        n += line.size > 0;
        n_quoted += line.size > 0 && line.data[0] == '>';
    }
    return n_quoted > n / 2;
}

void clean_plan(struct clean *clean, struct span head, bool whole)
{
    struct span start = span_head(head, PLAN_BYTES), looked_at = whole ? head : start;
    size_t size, raw;
    char *copy;

    clean->binary = format_choose(start, NULL)->binary;
    if (clean->binary) {
        return;
    }
    clean->returns = span_find(looked_at, SPAN("\r\n")) >= 0;
    clean->escapes = span_find(looked_at, SPAN("\x1b")) >= 0;
    clean->quotes = is_quoted(looked_at);
    if (!whole || head.size == 0) {
        return;
    }
    copy = alloc_bytes(head.size);
    memcpy(copy, head.data, head.size);
    size = clean_run(clean, copy, 0, head.size, true, NULL, &raw);
    clean->line = 0;
    plan_joins(clean, (struct span){ copy, size });
    free(copy);
}

bool clean_is_needed(const struct clean *clean)
{
    return clean->returns || clean->escapes || clean->quotes || clean->joins.n;
}

void clean_done(struct clean *clean)
{
    vec_free(&clean->joins);
}

/* Number of NUL bytes at even and odd offsets. */
static void count_nuls(struct span head, size_t ret_n[2])
{
    ret_n[0] = ret_n[1] = 0;
    for (size_t i = 0; i < head.size; i++) {
        ret_n[i % 2] += head.data[i] == '\0';
    }
}

bool utf16_is_possible(struct span head)
{
    size_t n[2];

    count_nuls(span_head(head, UTF16_SEEN_BYTES), n);
    return (n[0] == 0) != (n[1] == 0);
}

size_t utf16_detect(struct utf16 *utf16, struct span head)
{
    bool unmarked;
    size_t n[2];

    if (span_starts(head, SPAN("\xef\xbb\xbf"))) {
        return 3;
    }
    utf16->big_endian = span_starts(head, SPAN("\xfe\xff"));
    utf16->on = utf16->big_endian || span_starts(head, SPAN("\xff\xfe"));
    if (utf16->on) {
        return 2;
    }
    head = span_head(head, UTF16_SEEN_BYTES);
    count_nuls(head, n);
    /* At least two characters: a single NUL byte is not text. */
    unmarked = head.size >= 4 && utf16_is_possible(head) && n[0] + n[1] > head.size / 4;
    utf16->on = unmarked;
    utf16->big_endian = unmarked && n[0] > 0;
    return 0;
}

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

static uint32_t unit_at(const struct utf16 *utf16, const unsigned char *p)
{
    return utf16->big_endian ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* Writes the complete characters in `kept`, and clears it. */
static size_t put_kept(struct utf16 *utf16, char *out)
{
    enum {
        REPLACEMENT = 0xfffd
    };
    uint32_t first = unit_at(utf16, utf16->kept), second;
    bool high = first >= 0xd800 && first < 0xdc00;

    if (high && utf16->n_kept < 4) {
        return 0;
    }
    if (high) {
        second = unit_at(utf16, utf16->kept + 2);
        if (second >= 0xdc00 && second < 0xe000) {
            utf16->n_kept = 0;
            return put_utf8(out, 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        }
    }
    utf16->n_kept -= 2;
    memmove(utf16->kept, utf16->kept + 2, utf16->n_kept);
    return put_utf8(out, first >= 0xd800 && first < 0xe000 ? REPLACEMENT : first);
}

size_t utf16_convert(struct utf16 *utf16, struct span text, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < text.size; i++) {
        utf16->kept[utf16->n_kept++] = (unsigned char)text.data[i];
        while (utf16->n_kept >= 2 && utf16->n_kept % 2 == 0) {
            size_t written = put_kept(utf16, out + n);

            if (written == 0) {
                break;
            }
            n += written;
        }
    }
    return n;
}
