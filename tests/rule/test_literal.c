#include "base/buf.h"
#include "base/pattern.h"
#include "rule/literal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include <cmocka.h>

/* The literals joined by ` / `, `i:` in front when caseless. */
static void add_literals(struct buf *buf, struct span pattern)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct literals literals = literals_of_pattern(pattern, arena);

    buf_add_string(buf, literals.caseless ? "i:" : "");
    for (size_t i = 0; i < literals.n; i++) {
        buf_add_string(buf, i ? " / " : "");
        buf_add(buf, literals.items[i]);
    }
}

/* clang-format off */
static const struct {
    const char *pattern, *expected;
} rows[] = {
    /* runs */
    { "Failed to start cAdvisor", "Failed to start cAdvisor" },
    { "too many open files: \\d+ of them", "too many open files:" },
    { "short \\d+ the longer one \\d+ tiny", "the longer one" },
    { "abc", "" },                                     /* less than four bytes */
    { "abc?d", "" }, { "abcd?e", "" }, { "abcde?f", "abcd" },
    { "abcde*f", "abcd" }, { "abcde+f", "abcde" }, { "abcde{2}f", "abcde" },
    { "abcde{0,2}f", "abcd" }, { "abcde{,3}f", "abcd" }, { "abcde{2,}f", "abcde" },
    { "abcde??f", "abcd" }, { "abcde++fghijk", "fghijk" }, { "abcde{x}", "abcde{x}" },
    { "abcde{", "abcde{" }, { "abcde{}", "abcde{}" },
    { "wanted.to.moon", "wanted" }, { "^kubelet$", "kubelet" }, { "\\bkubelet\\b", "kubelet" },
    /* escapes */
    { "/proc/swaps\\.d", "/proc/swaps.d" }, { "moon\\.go:\\d+\\] text", "moon.go:" },
    { "\\x41bcde", "bcde" }, { "\\x{41}bcdef", "bcdef" }, { "\\o{101}bcdef", "bcdef" },
    { "\\p{L}abcd", "abcd" }, { "\\pLabcd", "abcd" }, { "\\101abcd", "abcd" },
    { "\\N{U+41}bcdef", "bcdef" }, { "\\cAbcde", "bcde" },
    { "(?<name>x)\\k<name>abcd", "abcd" }, { "(x)\\g{-1}abcd", "abcd" }, { "(x)\\g-1abcd", "abcd" },
    { "\\Qa.b|c(d\\E+e", "a.b|c(d" }, { "\\Qabcd", "abcd" }, { "\\Qab\\Ecd", "abcd" },
    { "tab\\there", "here" }, { "abcd\\", "" },
    /* what differs between raw and decoded text */
    { "Failed to start cAdvisor err=inotify_init", "Failed to start cAdvisor" },
    { "Failed to start cAdvisor (?:err=)?inotify_init", "Failed to start cAdvisor" },
    { "cAdvisor err=\"inotify_init: too many\"", "inotify_init: too many" },
    { "failed pod=default/nginx because", "default/nginx because" },
    { "back\\\\slash", "slash" }, { "line\none and two", "one and two" },
    { "caf\xc3\xa9 noir", "noir" }, { "a <-long>b&c", "-long" }, { "swap\tmoons", "moons" },
    /* classes */
    { "[abcd]efgh", "efgh" }, { "[^]abcd]efgh", "efgh" }, { "[]abcd]efgh", "efgh" },
    { "[\\]abcd]efgh", "efgh" }, { "[[:digit:]]efgh", "efgh" }, { "[abcd", "" },
    /* groups */
    { "a (?<what>long one) b", "long one" }, { "(?P<what>long one)", "long one" },
    { "(?'what'long one)", "long one" }, { "(?>long one)", "long one" }, { "(?:long one)?b", "" },
    { "(?:long one)+", "long one" }, { "(?:long one){0}b", "" }, { "((((deep))))", "deep" },
    { "(?!not this)abcd", "abcd" }, { "(?=this too)abcd", "abcd" }, { "(?<!not this)abcd", "abcd" },
    { "(?<=before)abcd", "abcd" }, { "(?#a comment)abcd", "abcd" },
    /* alternatives */
    { "one word|another", "one word / another" }, { "one word|\\d+", "" }, { "one word|", "" },
    { "too (?:many open files|few)", "" }, { "too (?:many open files|scarce)", "many open files / scarce" },
    { "much longer than (?:that|this)", "much longer than" },
    { "(?:mount|umount) of a device failed", "of a device failed" },
    { "(?|long(1)|short(2))", "long / short" },
    { "(?:Killed|Kill) the moon|Out of memory", "the moon / Out of memory" },
    /* what healthy nodes log less */
    { "failed to start: no such file or directory", "failed to start: no such file or directory" },
    { "open (?<path>/\\S+\\.zip): no such file or directory", ".zip" },
    { "(?:Zeta|Omega) from runtime service failed", "Zeta / Omega" },
    { "connection refused by \\S+ from runtime service failed", "connection refused by" },
    { "(?i)CONTAINERSTARTED \\d+ of zeta", "i:of zeta" },
    /* options */
    { "(?i)running with swap", "i:running with swap" }, { "(?s)contains.*this text", "this text" },
    { "walking (?i:with) swap", "i:walking" }, { "(?i-s:running)", "i:running" },
    { "(?x) run ning # with comment text\n swapping", "swapping" }, { "(?^)abcd", "abcd" },
    /* beyond it */
    { "(?(1)abcd|efgh)", "" }, { "(?R)abcd", "" }, { "(*ACCEPT)abcd", "" }, { "(?C1)abcd", "" },
    { "(abcd", "" }, { "abcd)", "" }, { "(?<abcd", "" }, { "", "" }, { "*", "" }, { "[\\Q]\\E]abcd", "" },
};
/* clang-format on */

static void finds_the_best_run(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf found = { 0 };

        add_literals(&found, span_of(rows[i].pattern));
        if (strcmp(found.data, rows[i].expected) != 0) {
            fail_msg("%s gives '%s', not '%s'", rows[i].pattern, found.data, rows[i].expected);
        }
    }
}

static void gives_up_on_deep_nesting(void **state)
{
    CLEANUP(buf_done_at) struct buf pattern = { 0 }, found = { 0 };

    (void)state;
    for (int i = 0; i < 100000; i++) {
        buf_add_byte(&pattern, '(');
    }
    buf_add_string(&pattern, "abcdef");
    add_literals(&found, buf_span(&pattern));
    assert_string_equal(found.data, "");
}

static bool holds(struct span text, struct span literal, bool caseless)
{
    for (size_t i = 0; i + literal.size <= text.size; i++) {
        if (caseless ? strncasecmp(text.data + i, literal.data, literal.size) == 0
                     : memcmp(text.data + i, literal.data, literal.size) == 0) {
            return true;
        }
    }
    return false;
}

/* A row of fixtures/messages/node.tsv. */
struct sample {
    struct span id, pattern, example;
};

static bool read_sample(struct span line, struct sample *ret)
{
    struct span column[3];

    for (size_t i = 0; i < N_ELEMENTS(column); i++) {
        if (!span_cut(&line, '\t', &column[i])) {
            return false;
        }
    }
    *ret = (struct sample){ column[0], column[1], column[2] };
    return true;
}

/* In the table `\t`, `\n` and `\\` stand for themselves. */
static void add_unescaped(struct buf *buf, struct span text)
{
    static const char from[] = "tn\\", to[] = "\t\n\\";

    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        const char *escape = NULL;

        if (c == '\\' && i + 1 < text.size) {
            escape = strchr(from, text.data[i + 1]);
        }
        buf_add_byte(buf, escape ? to[escape - from] : c);
        i += escape != NULL;
    }
}

/* Whenever the pattern matches, one of its literals stands there. Returns whether it has any. */
static bool check_sample(const struct sample *sample)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;
    struct literals literals = literals_of_pattern(sample->pattern, arena);
    bool held = false;

    add_unescaped(&text, sample->example);
    assert_int_equal(pattern_compile(sample->pattern, &pattern, NULL), 0);
    if (pattern_match(pattern, buf_span(&text), 0) != 1) {
        fail_msg("%.*s does not match", (int)sample->id.size, sample->id.data);
    }
    for (size_t i = 0; i < literals.n; i++) {
        held = held || holds(buf_span(&text), literals.items[i], literals.caseless);
    }
    if (literals.n && !held) {
        fail_msg("%.*s holds none of its literals", (int)sample->id.size, sample->id.data);
    }
    return literals.n > 0;
}

static void holds_for_real_messages(void **state)
{
    FILE *file = fopen(SOURCE_DIR "/fixtures/messages/node.tsv", "r");
    size_t allocated = 0, n = 0, without = 0;
    char *line = NULL;
    ssize_t size;

    (void)state;
    assert_non_null(file);
    while ((size = getline(&line, &allocated, file)) > 0) {
        struct sample sample;

        if (!read_sample((struct span){ line, (size_t)size - 1 }, &sample)) {
            continue;
        }
        n++;
        without += !check_sample(&sample);
    }
    free(line);
    (void)fclose(file);
    assert_true(n > 300);
    assert_true(without * 20 < n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_best_run),
        cmocka_unit_test(gives_up_on_deep_nesting),
        cmocka_unit_test(holds_for_real_messages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
