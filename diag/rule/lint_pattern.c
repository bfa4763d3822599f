/* Properties of a pattern: from its text, and from how it behaves on crafted lines. */

#include "rule/lint_pattern.h"

#include "base/buf.h"
#include "base/pattern.h"

#include <errno.h>

enum {
    SHORT_WHOLE = 40,
    ATTACK_BYTES = 4000
};

/* ---- anchors ---- */

/* Is the last character a `$` that is an anchor? */
static bool ends_anchored(struct span pattern)
{
    size_t n = 0;

    if (span_ends(pattern, SPAN("\\z")) || span_ends(pattern, SPAN("\\Z"))) {
        return true;
    }
    if (!span_ends(pattern, SPAN("$"))) {
        return false;
    }
    while (n + 1 < pattern.size && pattern.data[pattern.size - 2 - n] == '\\') {
        n++;
    }
    return n % 2 == 0;
}

/* Does the part before the anchor match any rest of a line, so that it also matches a cut line? */
static bool takes_any_rest(struct span pattern)
{
    static const char *const rests[] = {
        ".*", ".+", ".*?", ".+?", "\\S*", "\\S+", "\\S*?", "\\S+?"
    };

    while (pattern.size && strchr("$)?", pattern.data[pattern.size - 1])) {
        pattern.size--;
    }
    for (size_t i = 0; i < N_ELEMENTS(rests); i++) {
        if (span_ends(pattern, span_trim(span_of(rests[i])))) {
            return true;
        }
    }
    return span_ends(pattern, SPAN("\\s*")) &&
           takes_any_rest(span_head(pattern, pattern.size - strlen("\\s*")));
}

/* A few words that are the whole message end before the edge of any screen. */
static bool is_short_whole(struct span pattern)
{
    return span_starts(pattern, SPAN("^")) && pattern.size <= SHORT_WHOLE;
}

bool lint_fails_on_cut_lines(struct span pattern)
{
    return ends_anchored(pattern) && !takes_any_rest(pattern) && !is_short_whole(pattern);
}

/* ---- speed ---- */

/* The filler repeated, after the start that the pattern requires and before a byte that it cannot
 * match; then the pattern's own text, because PCRE2 fails at once if a required character is
 * missing. */
static bool is_slow_on(struct pattern *pattern, struct span start, const char *filler,
                       struct span end)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    buf_add(&text, start);
    while (text.size < ATTACK_BYTES) {
        buf_add_string(&text, filler);
    }
    buf_add_byte(&text, '\x01');
    buf_add(&text, end);
    return pattern_match(pattern, buf_span(&text), 0) == -E2BIG;
}

static bool is_slow(struct pattern *pattern, struct span text, const struct span *literals,
                    size_t n_literals)
{
    static const char *const fillers[] = { "a",  "0",  " ", "a ", "/a", "a,",
                                           "a=", "\"", "[", "a.", "-" };

    for (size_t i = 0; i < N_ELEMENTS(fillers); i++) {
        if (is_slow_on(pattern, (struct span){ 0 }, fillers[i], text)) {
            return true;
        }
        for (size_t j = 0; j < n_literals; j++) {
            if (is_slow_on(pattern, literals[j], fillers[i], text)) {
                return true;
            }
        }
    }
    return false;
}

bool lint_is_slow(struct span text, const struct span *literals, size_t n_literals)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;

    return pattern_compile(text, &pattern, NULL) >= 0 &&
           is_slow(pattern, text, literals, n_literals);
}

/* ---- groups ---- */

/* Offset after the class that begins at `at`; a `]` in first position is one of its characters. */
static size_t skip_class(struct span pattern, size_t at)
{
    at += at + 1 < pattern.size && pattern.data[at + 1] == '^' ? 2 : 1;
    for (size_t first = at; at < pattern.size; at++) {
        if (pattern.data[at] == '\\') {
            at++;
        } else if (pattern.data[at] == ']' && at > first) {
            return at + 1;
        }
    }
    return pattern.size;
}

bool lint_has_numbered_group(struct span pattern)
{
    size_t at = 0;

    while (at < pattern.size) {
        char c = pattern.data[at];

        if (c == '(' && (at + 1 == pattern.size || !strchr("?*", pattern.data[at + 1]))) {
            return true;
        }
        if (c == '[') {
            at = skip_class(pattern, at);
        } else {
            at += c == '\\' ? 2 : 1;
        }
    }
    return false;
}
