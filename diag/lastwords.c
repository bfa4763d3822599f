/* What a process said before it died. */

#include "lastwords.h"

#include "base/limits.h"
#include "base/vec.h"

enum {
    UNITS_MAX = 16,    /* deaths of other units have none */
    WORDS_MAX = 5,     /* lines kept of each */
    RECORDS_MAX = 512, /* records walked over to find them */
    WORD_BYTES = 1024,
};

struct death {
    struct span unit;
    struct span words[WORDS_MAX]; /* the last one first */
    size_t n;
};

struct last_words {
    struct arena *arena;
    size_t n_groups; /* of the store, looked at */
    VEC(struct death) deaths;
};

struct last_words *last_words_new(void)
{
    struct last_words *words = ALLOC(struct last_words);

    words->arena = arena_new();
    return words;
}

void last_words_free(struct last_words *words)
{
    if (!words)
        return;
    arena_free(words->arena);
    vec_free(&words->deaths);
    free(words);
}

static const struct death *find_death(const struct last_words *words, struct span unit)
{
    for (size_t i = 0; i < words->deaths.n; i++) {
        if (span_equal(words->deaths.items[i].unit, unit))
            return &words->deaths.items[i];
    }
    return NULL;
}

static bool is_same_place(const struct origin *a, const struct origin *b)
{
    return a->line == b->line && a->offset == b->offset && span_equal(a->cursor, b->cursor);
}

/* Where the signal's record stands in the batch. */
static bool find_record(const struct batch *batch, const struct signal *signal, position *ret)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    position at = batch->locate(batch->owner, batch->bytes.size - 1);

    for (uint64_t i = 0; i < batch->n_records; i++) {
        struct entry entry;

        if (batch->decode(batch->owner, at, arena, &entry) > 0 &&
            is_same_place(&entry.origin, &signal->origin)) {
            *ret = at;
            return true;
        }
        if (batch->step(batch->owner, at, -1, &at) <= 0)
            return false;
        arena_clear(arena);
    }
    return false;
}

/* Is it said by the unit that the signal speaks of, and by the process that spoke last? */
static bool is_word(const struct signal *signal, const struct entry *entry, int64_t *pid)
{
    if (!(entry->streams & signal->life_streams) || span_empty(entry->message))
        return false;
    if (*pid < 0)
        *pid = entry->pid;
    return entry->pid == *pid;
}

static void collect(struct last_words *words, const struct signal *signal, int direction,
                    const struct batch *batch, struct death *death)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    int64_t pid = -1;
    position at;

    if (!find_record(batch, signal, &at))
        return;
    for (unsigned i = 0; i < RECORDS_MAX && death->n < WORDS_MAX; i++) {
        struct entry entry;

        if (batch->step(batch->owner, at, direction, &at) <= 0)
            return;
        if (batch->decode(batch->owner, at, arena, &entry) > 0 && is_word(signal, &entry, &pid))
            death->words[death->n++] =
                arena_copy(words->arena, span_head(entry.message, WORD_BYTES));
        arena_clear(arena);
    }
}

void last_words_look(struct last_words *words, const struct rules *rules, const struct store *store,
                     const struct batch *batch)
{
    for (; words->n_groups < store_n_groups(store); words->n_groups++) {
        const struct signal *signal = store_group(store, words->n_groups)->signal;
        const struct fact *unit = signal_fact(signal, SPAN("unit"));
        struct death death = { 0 };

        if (!rules->items[signal->rule].symptom || !unit || words->deaths.n == UNITS_MAX ||
            find_death(words, unit->text))
            continue;
        death.unit = arena_copy(words->arena, unit->text);
        collect(words, signal, store_is_newest_first(store, signal->origin.input) ? 1 : -1, batch,
                &death);
        vec_push(&words->deaths, death);
    }
}

static struct unexplained with_words(const struct unexplained *unit, const struct death *death,
                                     struct arena *arena)
{
    struct unexplained filled = *unit;
    struct span *copies = ARENA_ARRAY(arena, struct span, death->n);

    for (size_t i = 0; i < death->n; i++)
        copies[i] = arena_copy(arena, death->words[death->n - 1 - i]);
    filled.last_words = copies;
    filled.n_last_words = death->n;
    return filled;
}

void last_words_fill(const struct last_words *words, struct report *report)
{
    struct unexplained *units =
        ARENA_ARRAY(report->arena, struct unexplained, report->n_unexplained);

    for (size_t i = 0; i < report->n_unexplained; i++) {
        const struct death *death = find_death(words, report->unexplained[i].unit);

        units[i] = report->unexplained[i];
        if (death)
            units[i] = with_words(&units[i], death, report->arena);
    }
    report->unexplained = units;
}
