/* What a process said before it died.
 *
 *   panic: runtime error: index out of range [3] with length 2
 *   goroutine 1 [running]:
 *   main.main()
 *           /tmp/x.go:8 +0x1d
 *   systemd[1]: kubelet.service: Main process exited, code=exited, status=2/INVALIDARGUMENT
 *
 * From the death back: fatal lines and errors of that process, each kind of line once; of a stack
 * the first frames; where nothing sounds grave, the very last lines. */

#include "lastwords.h"

#include "base/vec.h"
#include "entry/go_crash.h"
#include "entry/line_template.h"
#include "entry/severity_hint.h"

enum {
    UNITS_MAX = 16, /* deaths of other units have no words */
    WORDS_MAX = 8,
    PLAIN_MAX = 5, /* when nothing sounds grave */
    AFTER_MAX = 2, /* plain lines behind what does */
    FRAMES_MAX = 3,
    RECORDS_MAX = 512, /* walked over */
    STACK_MAX = 4096, /* lines of stacks walked over: the crash of a kubelet dumps all goroutines */
    AHEAD_MAX = 64,   /* records walked on behind a process's own last line, for the stack */
    STACK_KEPT = 16,  /* lines of a stack that are looked at for frames */
    WORD_BYTES = 1024,
};

/* Errors of an hour ago are no last words. */
static const int64_t ERRORS_WITHIN_US = 5 * USEC_PER_MINUTE;

/* One death, in the batch at hand. */
struct death {
    struct span host;
    uint64_t streams; /* of the unit */
    struct moment when;
    struct span invocation;
    int64_t pid; /* -1: not known */
    bool own;    /* told by the process itself, not about it */
    position at;
};

/* The last words of one unit. */
struct last_of_unit {
    struct arena *arena; /* of the words and the spans of `death` */
    struct death death;
    struct last_word words[WORDS_MAX]; /* oldest first */
    size_t n;
};

struct last_words {
    const struct rules *rules;
    struct arena *arena; /* of the deaths of the batch */
    VEC(struct death) deaths;
    VEC(struct last_of_unit) units;
};

struct last_words *last_words_new(const struct rules *rules)
{
    struct last_words *words = ALLOC(struct last_words);

    words->rules = rules;
    words->arena = arena_new();
    return words;
}

void last_words_free(struct last_words *words)
{
    if (!words) {
        return;
    }
    for (size_t i = 0; i < words->units.n; i++) {
        arena_free(words->units.items[i].arena);
    }
    vec_free(&words->units);
    vec_free(&words->deaths);
    arena_free(words->arena);
    free(words);
}

/* --- deaths --- */

/* The process says that it dies, systemd says that it is gone, or somebody else speaks of what only
 * a dead unit does. */
static bool is_death(const struct rules *rules, const struct signal *signal)
{
    const struct rule *rule = &rules->items[signal->rule];
    const struct signal_rule *said = &rule->signals[signal->signal];

    if (signal->life_streams == 0 || said->role == ROLE_CONTEXT || said->role == ROLE_AGAINST) {
        return false;
    }
    return said->fatal || said->run == RUN_ENDS ||
           (rule->symptom && (signal->streams & signal->life_streams) == 0);
}

static bool is_same_unit(const struct death *a, const struct death *b)
{
    return a->streams == b->streams && span_equal(a->host, b->host);
}

/* <0: `a` came first. 0: nothing tells. */
static int compare_time(const struct moment *a, const struct moment *b)
{
    if (a->time_us == TIME_UNKNOWN || b->time_us == TIME_UNKNOWN) {
        return 0;
    }
    return (a->time_us > b->time_us) - (a->time_us < b->time_us);
}

void last_words_note(struct last_words *words, const struct signal *signal, position at)
{
    const struct rule *rule = &words->rules->items[signal->rule];
    struct death death = {
        .streams = signal->life_streams,
        .when = signal->when,
        .own = rule->signals[signal->signal].fatal,
        .at = at,
    };

    if (!is_death(words->rules, signal)) {
        return;
    }
    death.host = signal->host;
    death.invocation = signal->invocation;
    death.pid = death.own ? signal->pid : -1;
    for (size_t i = 0; i < words->deaths.n; i++) {
        struct death *known = &words->deaths.items[i];
        int order = compare_time(&known->when, &death.when);

        if (!is_same_unit(known, &death)) {
            continue;
        }
        if (order < 0 || (order == 0 && known->at <= at)) {
            death.host = known->host;
            death.invocation = arena_copy(words->arena, death.invocation);
            *known = death;
        }
        return;
    }
    if (words->deaths.n == UNITS_MAX) {
        return;
    }
    death.host = arena_copy(words->arena, death.host);
    death.invocation = arena_copy(words->arena, death.invocation);
    vec_push(&words->deaths, death);
}

/* --- from the death back --- */

struct walk {
    const struct death *death;
    const struct batch *batch;
    struct arena *scratch;                               /* of the record at hand */
    struct arena *arena;                                 /* of what is kept */
    int back;                                            /* direction of earlier records */
    int64_t pid;                                         /* of the process; -1: not known yet */
    struct last_word words[WORDS_MAX], plain[PLAIN_MAX]; /* the last one first */
    struct span templates[WORDS_MAX];
    size_t n, n_plain;             /* plain lines are those behind the last grave one */
    struct span stack[STACK_KEPT]; /* the last lines walked over, the earliest last */
    size_t n_stack;
    size_t n_records;
};

static bool is_of_process(const struct walk *walk, const struct entry *entry)
{
    const struct death *death = walk->death;

    if (!(entry->streams & death->streams) || span_empty(entry->message) ||
        !span_empty(entry->about_unit) || span_is(entry->transport, "event") ||
        span_is(entry->transport, "status")) {
        return false;
    }
    if (!span_empty(death->host) && !span_empty(entry->host) &&
        !span_equal(death->host, entry->host)) {
        return false;
    }
    if (!span_empty(death->invocation) && !span_empty(entry->invocation) &&
        !span_equal(death->invocation, entry->invocation)) {
        return false;
    }
    return walk->pid < 0 || entry->pid < 0 || walk->pid == entry->pid;
}

static struct last_word make_word(const struct walk *walk, const struct entry *entry,
                                  struct span text)
{
    struct last_word word = {
        .text = arena_copy(walk->arena, span_head(text, WORD_BYTES)),
        .when = entry->when,
        .stamp = arena_copy(walk->arena, entry->stamp),
        .origin = entry->origin,
        .count = 1,
    };

    word.origin.cursor = arena_copy(walk->arena, entry->origin.cursor);
    word.origin.member = arena_copy(walk->arena, entry->origin.member);
    return word;
}

/* The first of several lines of one message. */
static struct span first_line(struct span message)
{
    struct span line = message;

    (void)span_cut(&message, '\n', &line);
    return line;
}

/* One kind of line is one word: the last of it, and how often. */
static void add_word(struct walk *walk, const struct entry *entry)
{
    CLEANUP(buf_done_at) struct buf template = { 0 };
    bool panic = go_crash_is_head(entry->message);

    line_template_add(&template, entry->message);
    for (size_t i = 0; i < walk->n; i++) {
        if (span_equal(walk->templates[i], buf_span(&template))) {
            walk->words[i].count++;
            return;
        }
    }
    if (walk->n == WORDS_MAX) {
        return;
    }
    walk->templates[walk->n] = arena_copy(walk->arena, buf_span(&template));
    walk->words[walk->n++] =
        make_word(walk, entry, panic ? first_line(entry->message) : entry->message);
}

/* --- stacks --- */

static bool is_stack_line(struct span line)
{
    return go_crash_is_stack(line) && !span_starts(line, SPAN("[signal"));
}

static void keep_stack_line(struct walk *walk, struct span line)
{
    if (walk->n_stack == STACK_KEPT) {
        memmove(walk->stack, walk->stack + 1, (STACK_KEPT - 1) * sizeof(*walk->stack));
        walk->n_stack--;
    }
    walk->stack[walk->n_stack++] =
        arena_copy(walk->arena, span_head(span_trim(line), WORD_BYTES / 4));
}

/* Frames of the runtime itself tell nothing: every panic has them. */
static bool is_runtime_frame(struct span call)
{
    return span_starts(call, SPAN("panic(")) || span_starts(call, SPAN("runtime.")) ||
           span_starts(call, SPAN("runtime/"));
}

/* The function and its place, without the values of its arguments and the offset in its code. */
static struct span make_frame(const struct walk *walk, struct span call, struct span place)
{
    ptrdiff_t offset = span_find(place, SPAN(" +0x"));
    size_t n = call.size;

    while (n > 0 && call.data[n - 1] != '(') {
        n--;
    }
    if (n > 1) {
        call = span_head(call, n - 1);
    }
    if (offset > 0) {
        place = span_head(place, (size_t)offset);
    }
    return span_of(arena_printf(walk->arena, "    %.*s  %.*s", (int)call.size, call.data,
                                (int)place.size, place.data));
}

/* The frames of the first goroutine, a call and its place each; lines of the stack in their order.
 */
static size_t find_frames(const struct walk *walk, const struct span *lines, size_t n,
                          struct span *ret)
{
    struct span call = { 0 };
    size_t n_frames = 0;
    unsigned n_goroutines = 0;

    for (size_t i = 0; i < n && n_frames < FRAMES_MAX; i++) {
        struct span line = span_trim(lines[i]);

        n_goroutines += span_starts(line, SPAN("goroutine "));
        if (n_goroutines > 1 || span_starts(line, SPAN("created by "))) {
            break;
        }
        if (line.size && line.data[0] != '/') {
            call = line;
        } else if (!span_empty(call) && !is_runtime_frame(call)) {
            ret[n_frames++] = make_frame(walk, call, line);
            call = (struct span){ 0 };
        }
    }
    if (n_frames < FRAMES_MAX && !span_empty(call) && !is_runtime_frame(call) &&
        call.data[call.size - 1] == ')') {
        ret[n_frames++] = make_frame(walk, call, /* place = */ (struct span){ 0 });
    }
    return n_frames;
}

/* They were said after the panic and stand before it in the list, the last one first. */
static void add_frames(struct walk *walk, const struct entry *entry, const struct span *lines,
                       size_t n)
{
    struct span frames[FRAMES_MAX];
    size_t n_frames = find_frames(walk, lines, n, frames);

    while (n_frames > 0 && walk->n + 1 < WORDS_MAX) {
        walk->templates[walk->n] = (struct span){ 0 };
        walk->words[walk->n++] = make_word(walk, entry, frames[--n_frames]);
    }
}

/* Appends the lines of a stack that the record holds. Returns how many there are then. */
static size_t add_lines(struct span record, struct span *lines, size_t n)
{
    struct span line;

    while (n < STACK_KEPT && span_cut(&record, '\n', &line)) {
        if (is_stack_line(line)) {
            lines[n++] = line;
        }
    }
    return n;
}

/* The stack stands in the panic's own record, or in those that were walked over before, or it
 * begins there and goes on here. */
static void add_panic(struct walk *walk, const struct entry *entry)
{
    struct span lines[STACK_KEPT];
    size_t n = add_lines(entry->message, lines, 0);

    for (size_t i = walk->n_stack; i > 0; i--) {
        n = add_lines(walk->stack[i - 1], lines, n);
    }
    add_frames(walk, entry, lines, n);
    add_word(walk, entry);
}

/* --- choosing --- */

static bool is_recent(const struct walk *walk, const struct entry *entry)
{
    return walk->death->when.time_us == TIME_UNKNOWN || entry->when.time_us == TIME_UNKNOWN ||
           walk->death->when.time_us - entry->when.time_us <= ERRORS_WITHIN_US;
}

static void hear(struct walk *walk, const struct entry *entry)
{
    enum severity_hint hint = severity_hint_of(entry);

    if (walk->pid < 0) {
        walk->pid = entry->pid;
    }
    walk->n_records += hint != HINT_STACK;
    if (hint == HINT_STACK) {
        if (is_stack_line(entry->message)) {
            keep_stack_line(walk, entry->message);
        }
        return;
    }
    if (go_crash_is_head(entry->message)) {
        add_panic(walk, entry);
    } else if (hint == HINT_FATAL || (hint == HINT_ERROR && is_recent(walk, entry))) {
        add_word(walk, entry);
    } else if (walk->n == 0 && walk->n_plain < PLAIN_MAX) {
        walk->plain[walk->n_plain++] = make_word(walk, entry, entry->message);
    }
    walk->n_stack = 0;
}

/* The stack of a panic comes behind it. */
static position start_of(const struct walk *walk)
{
    position at = walk->death->at, last = at;

    for (unsigned i = 0; i < AHEAD_MAX && walk->death->own; i++) {
        struct entry entry;

        if (walk->batch->step(walk->batch->owner, at, -walk->back, &at) <= 0) {
            break;
        }
        if (walk->batch->decode(walk->batch->owner, at, walk->scratch, &entry) > 0 &&
            is_of_process(walk, &entry)) {
            last = at;
        }
        arena_clear(walk->scratch);
    }
    return last;
}

static void walk_back(struct walk *walk)
{
    position at = start_of(walk);

    for (unsigned i = 0; i < STACK_MAX && walk->n_records < RECORDS_MAX; i++) {
        struct entry entry;

        if (walk->batch->decode(walk->batch->owner, at, walk->scratch, &entry) > 0) {
            if (is_of_process(walk, &entry)) {
                hear(walk, &entry);
            } else {
                walk->n_records++;
            }
        }
        arena_clear(walk->scratch);
        if (walk->n == WORDS_MAX ||
            walk->batch->step(walk->batch->owner, at, walk->back, &at) <= 0) {
            return;
        }
    }
}

/* What sounds grave, and what was said after it; where nothing does, the last lines. */
static size_t choose(const struct walk *walk, struct last_word *ret)
{
    size_t most = walk->n ? AFTER_MAX : PLAIN_MAX, n = 0;
    size_t n_plain = walk->n_plain < most ? walk->n_plain : most;

    for (size_t i = walk->n; i > 0; i--) {
        if (i <= WORDS_MAX - n_plain) {
            ret[n++] = walk->words[i - 1];
        }
    }
    for (size_t i = n_plain; i > 0; i--) {
        ret[n++] = walk->plain[i - 1];
    }
    return n;
}

/* --- of each unit --- */

static struct last_of_unit *find_unit(const struct last_words *words, const struct death *death)
{
    for (size_t i = 0; i < words->units.n; i++) {
        if (is_same_unit(&words->units.items[i].death, death)) {
            return &words->units.items[i];
        }
    }
    return NULL;
}

/* Is what is known of the unit to stay? Another file may tell of the death, and have no word of the
 * process. */
static bool is_better(const struct last_of_unit *known, const struct death *death, size_t n,
                      bool newest_first)
{
    int order = compare_time(&known->death.when, &death->when);

    if ((known->n == 0) != (n == 0)) {
        return known->n > 0;
    }
    return order > 0 || (order == 0 && newest_first);
}

static void keep(struct last_words *words, const struct death *death, const struct walk *walk,
                 bool newest_first)
{
    struct last_word chosen[WORDS_MAX];
    size_t n = choose(walk, chosen);
    struct last_of_unit *unit = find_unit(words, death);

    if (unit && is_better(unit, death, n, newest_first)) {
        arena_free(walk->arena);
        return;
    }
    if (unit) {
        arena_free(unit->arena);
    } else if (words->units.n < UNITS_MAX) {
        unit = vec_add(&words->units);
    }
    if (!unit) {
        arena_free(walk->arena);
        return;
    }
    *unit = (struct last_of_unit){ .arena = walk->arena, .death = *death, .n = n };
    unit->death.host = arena_copy(walk->arena, death->host);
    unit->death.invocation = (struct span){ 0 };
    memcpy(unit->words, chosen, n * sizeof(*chosen));
}

void last_words_look(struct last_words *words, const struct batch *batch, bool newest_first)
{
    CLEANUP(arena_free_at) struct arena *scratch = NULL;

    if (words->deaths.n == 0) {
        return;
    }
    scratch = arena_new();
    for (size_t i = 0; i < words->deaths.n; i++) {
        const struct death *death = &words->deaths.items[i];
        struct walk walk = {
            .death = death,
            .batch = batch,
            .scratch = scratch,
            .arena = arena_new(),
            .back = newest_first ? 1 : -1,
            .pid = death->pid,
        };

        walk_back(&walk);
        keep(words, death, &walk, newest_first);
    }
    vec_clear(&words->deaths);
    arena_clear(words->arena);
}

/* --- into the report --- */

static const struct last_of_unit *unit_of(const struct last_words *words,
                                          const struct unexplained *unexplained)
{
    const struct last_of_unit *best = NULL;

    for (size_t i = 0; i < words->units.n; i++) {
        const struct last_of_unit *unit = &words->units.items[i];
        bool same_host = span_empty(unit->death.host) || span_empty(unexplained->host) ||
                         span_equal(unit->death.host, unexplained->host);

        if (!same_host || !(unit->death.streams & unexplained->streams)) {
            continue;
        }
        /* A line that names nobody may be of many units; one that names this one alone is better.
         */
        if (!best || unit->death.streams == unexplained->streams || best->n == 0) {
            best = unit;
        }
    }
    return best;
}

static const struct last_word *copy_words(const struct last_of_unit *unit, struct arena *arena)
{
    struct last_word *copies = ARENA_ARRAY(arena, struct last_word, unit->n);

    for (size_t i = 0; i < unit->n; i++) {
        copies[i] = unit->words[i];
        copies[i].text = arena_copy(arena, copies[i].text);
        copies[i].stamp = arena_copy(arena, copies[i].stamp);
        copies[i].origin.cursor = arena_copy(arena, copies[i].origin.cursor);
        copies[i].origin.member = arena_copy(arena, copies[i].origin.member);
    }
    return copies;
}

void last_words_fill(const struct last_words *words, struct report *report)
{
    struct unexplained *units =
        ARENA_ARRAY(report->arena, struct unexplained, report->n_unexplained);

    for (size_t i = 0; i < report->n_unexplained; i++) {
        const struct last_of_unit *unit = unit_of(words, &report->unexplained[i]);

        units[i] = report->unexplained[i];
        if (!unit) {
            continue;
        }
        units[i].last_words = copy_words(unit, report->arena);
        units[i].n_last_words = unit->n;
    }
    report->unexplained = units;
}
