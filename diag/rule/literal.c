/* Fixed text that each raw record must contain for a pattern to match: one walk over the pattern.
 *
 *   Failed to start cAdvisor (?:err=)?inotify_init   gives   Failed to start cAdvisor
 *   (?i)too many (?:open files|processes)            gives   too many, caseless
 *   a long word|another one                          gives   both
 *
 * It need not understand all of PCRE2, but must never treat variable text as fixed: any syntax that
 * it does not know ends a run, and a pattern that it cannot follow has no literal. */

#include "rule/literal.h"

#include "base/buf.h"
#include "base/vec.h"
#include "rule/healthy.h"

enum {
    LITERAL_MIN = 4,
    ALWAYS_WEIGHT = 100,
    GROUP_DEPTH = 64
};

typedef VEC(struct span) span_list;

/* The best result for a sequence: texts, one of which is in every match. */
struct choice {
    span_list texts;
    size_t worst;    /* length of the shortest; 0: unknown */
    unsigned common; /* how much healthy logs hold of them */
};

struct walker {
    struct span rest;
    struct arena *arena;
    bool caseless, extended, lost;
};

/* The run that is being read, and the best of its sequence so far. */
struct sequence {
    struct buf run;
    struct choice best;
};

static void choice_done(struct choice *choice)
{
    vec_free(&choice->texts);
    *choice = (struct choice){ 0 };
}

/* The rarer, then the longer one. */
static bool is_better(const struct choice *choice, const struct choice *than)
{
    if (!choice->worst || !than->worst) {
        return choice->worst > 0 && !than->worst;
    }
    return choice->common != than->common ? choice->common < than->common
                                          : choice->worst > than->worst;
}

static void take_better(struct choice *best, struct choice *other)
{
    if (is_better(other, best)) {
        choice_done(best);
        *best = *other;
        *other = (struct choice){ 0 };
    }
    choice_done(other);
}

/* A line that is always logged counts more than all that are logged at a start. */
static unsigned commonness(struct span text, bool caseless)
{
    struct healthy_hits hits = healthy_hits(text, caseless);

    return hits.always * ALWAYS_WEIGHT + hits.at_start;
}

static void take_text(struct walker *walker, struct choice *best, struct span text)
{
    struct choice choice = { 0 };

    text = span_trim(text); /* klog's quotes may replace a space */
    if (text.size < LITERAL_MIN || (!best->common && text.size <= best->worst)) {
        return;
    }
    vec_push(&choice.texts, arena_copy(walker->arena, text));
    choice.worst = text.size;
    choice.common = commonness(text, walker->caseless);
    take_better(best, &choice);
}

static void end_run(struct walker *walker, struct sequence *sequence)
{
    take_text(walker, &sequence->best, buf_span(&sequence->run));
    buf_clear(&sequence->run);
}

/* Before `key=` the raw record has a quote: `"Failed to start cAdvisor" err="...`. */
static void end_run_before_key(struct walker *walker, struct sequence *sequence)
{
    struct span run = buf_span(&sequence->run);
    size_t key = run.size;

    while (key > 0 && run.data[key - 1] != ' ') {
        key--;
    }
    take_text(walker, &sequence->best, span_head(run, key));
    take_text(walker, &sequence->best, span_skip(run, key));
    buf_clear(&sequence->run);
}

static bool stands_raw(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr(" _-./:,;()[]%*+#@!?$^~|{}'", c));
}

static void add_fixed(struct walker *walker, struct sequence *sequence, char c)
{
    if (c == '=') {
        end_run_before_key(walker, sequence);
    } else if (stands_raw(c)) {
        buf_add_byte(&sequence->run, c);
    } else {
        end_run(walker, sequence);
    }
}

static char peek(const struct walker *walker)
{
    return walker->rest.size ? walker->rest.data[0] : '\0';
}

static void skip(struct walker *walker, size_t n)
{
    walker->rest = span_skip(walker->rest, n);
}

/* To the position after the first `c`, or lost. */
static void skip_past(struct walker *walker, char c)
{
    ptrdiff_t at = span_find_byte(walker->rest, c);

    if (at < 0) {
        walker->lost = true;
    }
    skip(walker, at < 0 ? walker->rest.size : (size_t)at + 1);
}

/* ---- quantifiers ---- */

enum repeat {
    ONCE,
    AT_LEAST_ONCE,
    MAYBE
};

/* `{2,5}` at the start of the text: its length, 0 when it is not a quantifier. */
static size_t braces(struct span text, enum repeat *ret)
{
    size_t i = 1;
    bool digits = false, zero = true;

    for (; i < text.size && text.data[i] != '}'; i++) {
        char c = text.data[i];

        if (c == ',') {
            break;
        }
        if (c < '0' || c > '9') {
            return 0;
        }
        digits = true;
        zero = zero && c == '0';
    }
    for (; i < text.size && text.data[i] != '}'; i++) {
        char c = text.data[i];

        if (c != ',' && (c < '0' || c > '9')) {
            return 0;
        }
    }
    if (i >= text.size || i == 1) {
        return 0;
    }
    *ret = digits && !zero ? AT_LEAST_ONCE : MAYBE;
    return i + 1;
}

static enum repeat read_repeat(struct walker *walker)
{
    enum repeat repeat = ONCE;
    char c = peek(walker);
    size_t n = 1;

    if (c == '*' || c == '?') {
        repeat = MAYBE;
    } else if (c == '+') {
        repeat = AT_LEAST_ONCE;
    } else if (c == '{') {
        n = braces(walker->rest, &repeat);
    }
    if (repeat == ONCE) {
        return ONCE;
    }
    skip(walker, n);
    if (peek(walker) == '?' || peek(walker) == '+') { /* lazy, possessive */
        skip(walker, 1);
    }
    return repeat;
}

/* A fixed character and its quantifier. */
static void read_fixed(struct walker *walker, struct sequence *sequence, char c)
{
    switch (read_repeat(walker)) {
    case ONCE:
        add_fixed(walker, sequence, c);
        break;
    case AT_LEAST_ONCE:
        add_fixed(walker, sequence, c);
        end_run(walker, sequence);
        break;
    case MAYBE:
        end_run(walker, sequence);
        break;
    }
}

/* Something that is not fixed. */
static void read_loose(struct walker *walker, struct sequence *sequence)
{
    end_run(walker, sequence);
    (void)read_repeat(walker);
}

/* ---- escapes and classes ---- */

/* The argument of \x \o \p \k \g \N, which are one thing with their letter. */
static void skip_argument(struct walker *walker, char letter)
{
    char c = peek(walker);

    if (c == '{' && strchr("xopPkgN", letter)) {
        skip_past(walker, '}');
    } else if (c == '<' && strchr("kg", letter)) {
        skip_past(walker, '>');
    } else if (c == '\'' && strchr("kg", letter)) {
        skip(walker, 1);
        skip_past(walker, '\'');
    } else if (strchr("pPc", letter)) {
        skip(walker, 1);
    } else if (letter == 'x') {
        for (int i = 0; i < 2 && peek(walker) && strchr("0123456789abcdefABCDEF", peek(walker));
             i++) {
            skip(walker, 1);
        }
    } else if (letter == 'g' || (letter >= '0' && letter <= '9')) {
        while (peek(walker) && strchr("+-0123456789", peek(walker))) {
            skip(walker, 1);
        }
    }
}

static void read_quoted(struct walker *walker, struct sequence *sequence)
{
    ptrdiff_t end = span_find(walker->rest, SPAN("\\E"));
    size_t n = end < 0 ? walker->rest.size : (size_t)end;
    struct span text = span_head(walker->rest, n);

    for (size_t i = 0; i + 1 < text.size; i++) {
        add_fixed(walker, sequence, text.data[i]);
    }
    skip(walker, end < 0 ? n : n + 2);
    if (text.size) { /* a quantifier after \E applies to the last character */
        read_fixed(walker, sequence, text.data[text.size - 1]);
    }
}

static void read_escape(struct walker *walker, struct sequence *sequence)
{
    char c;

    skip(walker, 1);
    c = peek(walker);
    if (!c) {
        walker->lost = true;
        return;
    }
    skip(walker, 1);
    if (c == 'Q') {
        read_quoted(walker, sequence);
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        skip_argument(walker, c);
        read_loose(walker, sequence);
    } else {
        read_fixed(walker, sequence, c);
    }
}

/* `[^]\]a-z[:digit:]]`, after its bracket. */
static void skip_class(struct walker *walker)
{
    if (peek(walker) == '^') {
        skip(walker, 1);
    }
    if (peek(walker) == ']') {
        skip(walker, 1);
    }
    while (walker->rest.size && peek(walker) != ']') {
        if (span_starts(walker->rest, SPAN("[:")) && span_find(walker->rest, SPAN(":]")) > 0) {
            skip(walker, (size_t)span_find(walker->rest, SPAN(":]")) + 2);
        } else if (span_starts(walker->rest, SPAN("\\Q"))) {
            walker->lost = true, skip(walker, walker->rest.size);
        } else {
            skip(walker, peek(walker) == '\\' ? 2 : 1);
        }
    }
    if (!walker->rest.size) {
        walker->lost = true;
    }
    skip(walker, 1);
}

/* ---- groups ---- */

static struct choice read_alternatives(struct walker *walker, unsigned depth);

enum group_kind {
    GROUP_PLAIN,
    GROUP_NOTHING,
    GROUP_OPTIONS
};

/* `(?i)`, `(?i-s:`, `(?^:`: what follows `(?`. */
static enum group_kind read_options(struct walker *walker)
{
    while (walker->rest.size) {
        char c = peek(walker);

        skip(walker, 1);
        if (c == ')') {
            return GROUP_OPTIONS;
        }
        if (c == ':') {
            return GROUP_PLAIN;
        }
        walker->caseless = walker->caseless || c == 'i';
        walker->extended = walker->extended || c == 'x';
        if (!strchr("imsxnJU-^a", c)) {
            break;
        }
    }
    walker->lost = true;
    return GROUP_NOTHING;
}

/* `<name>`, `P<name>`, `'name'`, `|`, `>`: a group whose content is matched as it is. */
static enum group_kind read_kind(struct walker *walker)
{
    struct span rest = walker->rest;
    char second = rest.size > 1 ? rest.data[1] : '\0';

    switch (peek(walker)) {
    case ':':
    case '>':
    case '|':
        skip(walker, 1);
        return GROUP_PLAIN;
    case '<':
        if (second == '=' || second == '!' || second == '*') {
            return GROUP_NOTHING;
        }
        skip_past(walker, '>');
        return GROUP_PLAIN;
    case 'P':
        if (second != '<') {
            return GROUP_NOTHING;
        }
        skip_past(walker, '>');
        return GROUP_PLAIN;
    case '\'':
        skip(walker, 1);
        skip_past(walker, '\'');
        return GROUP_PLAIN;
    case '=':
    case '!':
    case '*':
        return GROUP_NOTHING;
    case 'i':
    case 'm':
    case 's':
    case 'x':
    case 'n':
    case 'J':
    case 'U':
    case '-':
    case '^':
        return read_options(walker);
    default: /* conditions, recursion, callouts */
        walker->lost = true;
        return GROUP_NOTHING;
    }
}

static void skip_comment(struct walker *walker, char end)
{
    ptrdiff_t at = span_find_byte(walker->rest, end);

    skip(walker, at < 0 ? walker->rest.size : (size_t)at + 1);
}

/* After the opening parenthesis. */
static void read_group(struct walker *walker, struct sequence *sequence, unsigned depth)
{
    enum group_kind group = GROUP_PLAIN;
    struct choice inside;

    end_run(walker, sequence);
    if (span_starts(walker->rest, SPAN("?#"))) {
        skip_comment(walker, ')');
        return;
    }
    if (peek(walker) == '*') { /* verbs and words: (*ACCEPT), (*positive_lookahead:...) */
        walker->lost = true;
        return;
    }
    if (peek(walker) == '?') {
        skip(walker, 1);
        group = read_kind(walker);
    }
    if (group == GROUP_OPTIONS || walker->lost) {
        return;
    }
    inside = read_alternatives(walker, depth + 1);
    if (peek(walker) != ')') {
        walker->lost = true;
    }
    skip(walker, 1);
    if (read_repeat(walker) == MAYBE || group == GROUP_NOTHING) {
        choice_done(&inside);
    }
    take_better(&sequence->best, &inside);
}

/* ---- sequences and alternatives ---- */

static void read_atom(struct walker *walker, struct sequence *sequence, unsigned depth)
{
    char c = peek(walker);

    if (c == '\\') {
        read_escape(walker, sequence);
        return;
    }
    skip(walker, 1);
    if (c == '(') {
        read_group(walker, sequence, depth);
    } else if (c == '[') {
        skip_class(walker);
        read_loose(walker, sequence);
    } else if (walker->extended && c == '#') {
        skip_comment(walker, '\n');
    } else if (walker->extended && strchr(" \t\n\r\f\v", c)) {
        end_run(walker, sequence);
    } else if (c == '.' || c == '^' || c == '$') {
        read_loose(walker, sequence);
    } else {
        read_fixed(walker, sequence, c);
    }
}

static struct choice read_sequence(struct walker *walker, unsigned depth)
{
    struct sequence sequence = { 0 };

    while (walker->rest.size && peek(walker) != '|' && peek(walker) != ')' && !walker->lost) {
        read_atom(walker, &sequence, depth);
    }
    end_run(walker, &sequence);
    buf_done(&sequence.run);
    return sequence.best;
}

/* One of each alternative, or nothing. */
static void join_choice(struct choice *all, struct choice *one, bool first)
{
    if (!first && !all->worst) {
        choice_done(one);
        return;
    }
    if (!one->worst) {
        choice_done(all);
        return;
    }
    for (size_t i = 0; i < one->texts.n; i++) {
        vec_push(&all->texts, one->texts.items[i]);
    }
    all->common += one->common;
    all->worst = first || one->worst < all->worst ? one->worst : all->worst;
    choice_done(one);
}

static struct choice read_alternatives(struct walker *walker, unsigned depth)
{
    struct choice all = { 0 };
    bool first = true;

    if (depth > GROUP_DEPTH) {
        walker->lost = true;
        return all;
    }
    for (;;) {
        struct choice one = read_sequence(walker, depth);

        join_choice(&all, &one, first);
        first = false;
        if (peek(walker) != '|' || walker->lost) {
            return all;
        }
        skip(walker, 1);
    }
}

struct literals literals_of_pattern(struct span pattern, struct arena *arena)
{
    struct walker walker = { .rest = pattern, .arena = arena };
    struct choice choice = read_alternatives(&walker, 0);
    struct literals literals = { .caseless = walker.caseless };
    struct span *items;

    if (!walker.lost && !walker.rest.size && choice.worst) {
        items = ARENA_ARRAY(arena, struct span, choice.texts.n);
        for (size_t i = 0; i < choice.texts.n; i++) {
            items[i] = choice.texts.items[i];
        }
        literals.items = items;
        literals.n = choice.texts.n;
    }
    choice_done(&choice);
    return literals;
}
