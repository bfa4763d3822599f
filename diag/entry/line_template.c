/* The fixed and the variable parts of a message.
 *
 *   eviction manager: pod coredns-5c98db65d4-x9x2q evicted after 12.5s, 3 left
 *   eviction manager: pod <name> evicted after <duration>, <number> left
 */

#include "entry/line_template.h"

#include "base/cleanup.h"

#include <ctype.h>

enum {
    BYTES_MAX = 512,
    QUOTED_MAX = 256,
    ID_MIN = 8,  /* shorter runs of hex digits can be words: `dead`, `facade` */
    WORD_MAX = 4 /* `x509`, `k8s`, `sda1`, `cgv2`: letters with a digit in them: fixed */
};

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool is_joint(char c)
{
    return c == '-' || c == '.' || c == ':';
}

/* Size of the word at the start: joints are part of it between two word bytes. */
static size_t word_size(struct span text)
{
    size_t n = 0;

    while (n < text.size && (is_word_byte(text.data[n]) ||
                             (n > 0 && n + 1 < text.size && is_joint(text.data[n]) &&
                              is_word_byte(text.data[n - 1]) && is_word_byte(text.data[n + 1])))) {
        n++;
    }
    return n;
}

static bool is_number(struct span word)
{
    bool any = false, point = false;

    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] == '.' && !point && any) {
            point = true;
        } else if (!is_digit(word.data[i])) {
            return false;
        }
        any = true;
    }
    return any;
}

static bool is_duration(struct span word)
{
    static const struct span units[] = { { "ns", 2 }, { "us", 2 }, { "ms", 2 },
                                         { "s", 1 },  { "m", 1 },  { "h", 1 } };

    while (word.size) {
        size_t n = 0, i = 0;

        while (n < word.size && (is_digit(word.data[n]) || (n > 0 && word.data[n] == '.'))) {
            n++;
        }
        word = span_skip(word, n);
        while (i < N_ELEMENTS(units) && !span_starts(word, units[i])) {
            i++;
        }
        if (n == 0 || i == N_ELEMENTS(units)) {
            return false;
        }
        word = span_skip(word, units[i].size);
    }
    return true;
}

/* An identifier: hex digits, including groups as in a UUID, with at least one digit. */
static bool is_hex(struct span word)
{
    bool digit = false;

    if (span_starts(word, SPAN("0x")) && word.size > 2) {
        return true;
    }
    for (size_t i = 0; i < word.size; i++) {
        if (!isxdigit((unsigned char)word.data[i]) && word.data[i] != '-') {
            return false;
        }
        digit = digit || is_digit(word.data[i]);
    }
    return digit && word.size >= ID_MIN;
}

/* True if a part between joints starts with a digit, or looks like a generated name. `k8s.io` and
 * `x509` have neither, `worker-12`, `v1.12.3` and `coredns-5c98db65d4` do. */
static bool is_numbered(struct span word)
{
    size_t n_parts = 0, start = 0;
    bool numbered = false;

    for (size_t i = 0; i <= word.size; i++) {
        struct span part = { word.data + start, i - start };
        bool digit = false;

        if (i < word.size && !is_joint(word.data[i])) {
            continue;
        }
        for (size_t k = 0; k < part.size; k++) {
            digit = digit || is_digit(part.data[k]);
        }
        numbered =
            numbered || (part.size && is_digit(part.data[0])) || (digit && part.size > WORD_MAX);
        start = i + 1;
        n_parts++;
    }
    return numbered && (n_parts > 1 || is_digit(word.data[0]));
}

static enum line_part_kind kind_of_word(struct span word)
{
    if (is_number(word)) {
        return PART_NUMBER;
    }
    if (is_duration(word)) {
        return PART_DURATION;
    }
    if (is_hex(word)) {
        return PART_ID;
    }
    return is_numbered(word) ? PART_NAME : PART_FIXED;
}

/* Size of a path at the start: at least one slash followed by a name. */
static size_t path_size(struct span text)
{
    size_t n = 0;

    while (n < text.size && (is_word_byte(text.data[n]) || strchr("/.-@+%~", text.data[n])) &&
           text.data[n]) {
        n++;
    }
    while (n > 1 && text.data[n - 1] == '.') {
        n--;
    }
    return n > 1 && is_word_byte(text.data[1]) ? n : 0;
}

/* Size of the text between the quote at the start and the next one; 0: it is an apostrophe. */
static size_t quoted_size(struct span text)
{
    struct span inside = span_head(span_skip(text, 1), QUOTED_MAX);
    ptrdiff_t end = span_find_byte(inside, text.data[0]);

    return end > 0 ? (size_t)end : 0;
}

struct splitter {
    struct line_part *parts;
    size_t n;
};

/* Merges adjacent fixed parts. */
static void add_part(struct splitter *splitter, enum line_part_kind kind, struct span text)
{
    struct line_part *last = splitter->n ? &splitter->parts[splitter->n - 1] : NULL;

    if (kind == PART_FIXED && last && last->kind == PART_FIXED) {
        last->text.size += text.size;
    } else {
        splitter->parts[splitter->n++] = (struct line_part){ kind, text };
    }
}

/* Cuts the next part off the text; a quoted text gives two. */
static struct span take(struct splitter *splitter, struct span text, char before)
{
    size_t n;
    bool starts = !is_word_byte(before);

    if (starts && (text.data[0] == '"' || text.data[0] == '\'') && (n = quoted_size(text)) > 0) {
        add_part(splitter, PART_FIXED, span_head(text, 1));
        add_part(splitter, PART_QUOTED, span_head(span_skip(text, 1), n));
        n++;
    } else if (starts && text.data[0] == '/' && (n = path_size(text)) > 0) {
        add_part(splitter, PART_PATH, span_head(text, n));
    } else if ((n = word_size(text)) > 0) {
        add_part(splitter, kind_of_word(span_head(text, n)), span_head(text, n));
    } else {
        n = 1;
        add_part(splitter, PART_FIXED, span_head(text, n));
    }
    return span_skip(text, n);
}

size_t line_template_split(struct span message, struct line_part *ret)
{
    struct splitter splitter = { .parts = ret };
    struct span rest, line;
    char before = ' ';

    if (!span_cut(&message, '\n', &line)) {
        return 0;
    }
    rest = span_head(line, BYTES_MAX);
    while (rest.size && splitter.n + 2 <= LINE_PARTS_MAX) {
        rest = take(&splitter, rest, before);
        before = rest.data[-1];
    }
    return splitter.n;
}

void line_template_add(struct buf *buf, struct span message)
{
    static const char *const words[] = {
        [PART_NUMBER] = "<number>", [PART_DURATION] = "<duration>", [PART_ID] = "<id>",
        [PART_NAME] = "<name>",     [PART_PATH] = "<path>",         [PART_QUOTED] = "<text>",
    };
    struct line_part parts[LINE_PARTS_MAX];
    size_t n = line_template_split(message, parts);

    for (size_t i = 0; i < n; i++) {
        if (parts[i].kind == PART_FIXED) {
            buf_add(buf, parts[i].text);
        } else {
            buf_add_string(buf, words[parts[i].kind]);
        }
    }
}
