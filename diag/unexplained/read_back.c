/* The last lines of a process, read back from its death.
 *
 *   panic: runtime error: index out of range [3] with length 2
 *   goroutine 1 [running]:
 *   main.main()
 *           /tmp/x.go:8 +0x1d
 *   systemd[1]: kubelet.service: Main process exited, code=exited, status=2/INVALIDARGUMENT
 */

#include "unexplained/read_back.h"

#include "base/calendar.h"
#include "base/cleanup.h"
#include "entry/go_crash.h"
#include "entry/line_template.h"
#include "entry/severity_hint.h"
#include "unexplained/go_frames.h"

enum {
    PLAIN_MAX = 5,       /* lines chosen when nothing sounds severe */
    PLAIN_AFTER_MAX = 2, /* plain lines after the last severe one */
    RECORDS_MAX = 512,   /* read, lines of stacks not counted */
    STEPS_MAX = 4096,    /* read, all: the crash of a kubelet dumps every goroutine */
    AHEAD_MAX = 64,      /* records read after the process's own last line, for the stack */
    STACK_KEPT = 16,     /* lines of a stack in which frames are looked for */
    WORD_BYTES = 1024,
};

/* An error of an hour ago is not a last word. */
static const int64_t ERRORS_WITHIN_US = 5 * USEC_PER_MINUTE;

struct read_back {
    const struct death *death;
    const struct batch *batch;
    struct arena *scratch;                   /* of the record at hand */
    struct arena *arena;                     /* of what is kept */
    int back;                                /* direction of earlier records */
    int64_t pid;                             /* of the process; -1: not known yet */
    struct last_word severe[LAST_WORDS_MAX]; /* the last one first */
    struct span templates[LAST_WORDS_MAX];   /* of `severe` */
    size_t n_severe;
    struct last_word plain[PLAIN_MAX]; /* those after the last severe one, the last one first */
    size_t n_plain;
    struct span stack[STACK_KEPT]; /* the last lines of a stack that were read, the earliest last */
    size_t n_stack;
    size_t n_records;
};

static bool is_of_process(const struct read_back *it, const struct entry *entry)
{
    const struct death *death = it->death;

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
    return it->pid < 0 || entry->pid < 0 || it->pid == entry->pid;
}

static struct last_word make_word(const struct read_back *it, const struct entry *entry,
                                  struct span text)
{
    struct last_word word = {
        .text = arena_copy(it->arena, span_head(text, WORD_BYTES)),
        .when = entry->when,
        .stamp = arena_copy(it->arena, entry->stamp),
        .origin = entry->origin,
        .count = 1,
    };

    word.origin.cursor = arena_copy(it->arena, entry->origin.cursor);
    word.origin.member = arena_copy(it->arena, entry->origin.member);
    return word;
}

/* The first line of a message of several. */
static struct span first_line(struct span message)
{
    struct span line = message;

    (void)span_cut(&message, '\n', &line);
    return line;
}

/* Lines of one template become one word: the last of them, and how many there are. */
static void add_word(struct read_back *it, const struct entry *entry)
{
    CLEANUP(buf_done_at) struct buf template = { 0 };
    bool panic = go_crash_is_head(entry->message);

    line_template_add(&template, entry->message);
    for (size_t i = 0; i < it->n_severe; i++) {
        if (span_equal(it->templates[i], buf_span(&template))) {
            it->severe[i].count++;
            return;
        }
    }
    if (it->n_severe == LAST_WORDS_MAX) {
        return;
    }
    it->templates[it->n_severe] = arena_copy(it->arena, buf_span(&template));
    it->severe[it->n_severe++] =
        make_word(it, entry, panic ? first_line(entry->message) : entry->message);
}

/* --- stacks --- */

static bool is_stack_line(struct span line)
{
    return go_crash_is_stack(line) && !span_starts(line, SPAN("[signal"));
}

static void keep_stack_line(struct read_back *it, struct span line)
{
    if (it->n_stack == STACK_KEPT) {
        memmove(it->stack, it->stack + 1, (STACK_KEPT - 1) * sizeof(*it->stack));
        it->n_stack--;
    }
    it->stack[it->n_stack++] = arena_copy(it->arena, span_head(span_trim(line), WORD_BYTES / 4));
}

/* They follow the panic in the log, so they precede it in the list. */
static void add_frames(struct read_back *it, const struct entry *entry, const struct span *lines,
                       size_t n)
{
    struct span frames[GO_FRAMES_MAX];
    size_t n_frames = go_frames_find(lines, n, it->arena, frames);

    while (n_frames > 0 && it->n_severe + 1 < LAST_WORDS_MAX) {
        it->templates[it->n_severe] = (struct span){ 0 };
        it->severe[it->n_severe++] = make_word(it, entry, frames[--n_frames]);
    }
}

/* Appends the record's lines of a stack. Returns the new number of lines. */
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

/* The stack may be in the panic's own record, in the records after it, or in both. */
static void add_panic(struct read_back *it, const struct entry *entry)
{
    struct span lines[STACK_KEPT];
    size_t n = add_lines(entry->message, lines, 0);

    for (size_t i = it->n_stack; i > 0; i--) {
        n = add_lines(it->stack[i - 1], lines, n);
    }
    add_frames(it, entry, lines, n);
    add_word(it, entry);
}

/* --- choosing --- */

static bool is_recent(const struct read_back *it, const struct entry *entry)
{
    return it->death->when.time_us == TIME_UNKNOWN || entry->when.time_us == TIME_UNKNOWN ||
           it->death->when.time_us - entry->when.time_us <= ERRORS_WITHIN_US;
}

static void take_entry(struct read_back *it, const struct entry *entry)
{
    enum severity_hint hint = severity_hint_of(entry);

    if (it->pid < 0) {
        it->pid = entry->pid;
    }
    it->n_records += hint != HINT_STACK;
    if (hint == HINT_STACK) {
        if (is_stack_line(entry->message)) {
            keep_stack_line(it, entry->message);
        }
        return;
    }
    if (go_crash_is_head(entry->message)) {
        add_panic(it, entry);
    } else if (hint == HINT_FATAL || (hint == HINT_ERROR && is_recent(it, entry))) {
        add_word(it, entry);
    } else if (it->n_severe == 0 && it->n_plain < PLAIN_MAX) {
        it->plain[it->n_plain++] = make_word(it, entry, entry->message);
    }
    it->n_stack = 0;
}

/* A process that reports its own death may write a stack after it. */
static position find_start(const struct read_back *it)
{
    position at = it->death->at, last = at;

    for (unsigned i = 0; i < AHEAD_MAX && it->death->own; i++) {
        struct entry entry;

        if (batch_step(it->batch, at, -it->back, &at) <= 0) {
            break;
        }
        if (batch_decode(it->batch, at, it->scratch, &entry) > 0 && is_of_process(it, &entry)) {
            last = at;
        }
        arena_clear(it->scratch);
    }
    return last;
}

static void read_records(struct read_back *it)
{
    position at = find_start(it);

    for (unsigned i = 0; i < STEPS_MAX && it->n_records < RECORDS_MAX; i++) {
        struct entry entry;

        if (batch_decode(it->batch, at, it->scratch, &entry) > 0) {
            if (is_of_process(it, &entry)) {
                take_entry(it, &entry);
            } else {
                it->n_records++;
            }
        }
        arena_clear(it->scratch);
        if (it->n_severe == LAST_WORDS_MAX || batch_step(it->batch, at, it->back, &at) <= 0) {
            return;
        }
    }
}

/* Severe lines and a few plain ones after them; without severe ones, the last lines. */
static size_t choose(const struct read_back *it, struct last_word *ret)
{
    size_t most = it->n_severe ? PLAIN_AFTER_MAX : PLAIN_MAX, n = 0;
    size_t n_plain = it->n_plain < most ? it->n_plain : most;

    for (size_t i = it->n_severe; i > 0; i--) {
        if (i <= LAST_WORDS_MAX - n_plain) {
            ret[n++] = it->severe[i - 1];
        }
    }
    for (size_t i = n_plain; i > 0; i--) {
        ret[n++] = it->plain[i - 1];
    }
    return n;
}

size_t read_back(const struct death *death, const struct batch *batch, struct arena *arena,
                 struct last_word *ret)
{
    CLEANUP(arena_free_at) struct arena *scratch = arena_new();
    struct read_back it = {
        .death = death,
        .batch = batch,
        .scratch = scratch,
        .arena = arena,
        .back = batch->newest_first ? 1 : -1,
        .pid = death->pid,
    };

    read_records(&it);
    return choose(&it, ret);
}
