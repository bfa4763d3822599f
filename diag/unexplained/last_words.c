/* What the processes of each unit said before the last of them died. */

#include "unexplained/last_words.h"

#include "base/cleanup.h"
#include "base/vec.h"
#include "rule/death.h"
#include "unexplained/read_back.h"

enum {
    UNITS_MAX = 16, /* the deaths of further units have no words */
};

/* The last words of one unit. */
struct words_of_unit {
    struct arena *arena; /* of the words and the spans of `death` */
    struct death death;
    struct last_word words[LAST_WORDS_MAX]; /* oldest first */
    size_t n;
};

struct last_words {
    const struct rules *rules;
    struct arena *arena;      /* of `deaths` */
    VEC(struct death) deaths; /* in the batch at hand, the last one of each unit */
    VEC(struct words_of_unit) units;
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

/* --- the deaths in a batch --- */

static bool is_same_unit(const struct death *a, const struct death *b)
{
    return a->streams == b->streams && span_equal(a->host, b->host);
}

/* < 0: `a` is earlier; 0: at the same time, or a time is unknown. */
static int compare_time(const struct moment *a, const struct moment *b)
{
    if (a->time_us == TIME_UNKNOWN || b->time_us == TIME_UNKNOWN) {
        return 0;
    }
    return (a->time_us > b->time_us) - (a->time_us < b->time_us);
}

static struct death make_death(const struct last_words *words, const struct signal *signal,
                               position at)
{
    bool own = rule_reports_own_death(words->rules, signal);

    return (struct death){
        .host = signal->host,
        .streams = signal->unit_streams,
        .when = signal->when,
        .invocation = signal->invocation,
        .pid = own ? signal->pid : -1,
        .own = own,
        .at = at,
    };
}

static struct death *find_death(struct last_words *words, const struct death *death)
{
    for (size_t i = 0; i < words->deaths.n; i++) {
        if (is_same_unit(&words->deaths.items[i], death)) {
            return &words->deaths.items[i];
        }
    }
    return NULL;
}

static bool is_later(const struct death *death, const struct death *known)
{
    int order = compare_time(&known->when, &death->when);

    return order < 0 || (order == 0 && known->at <= death->at);
}

/* Of each unit, the last death in the batch. */
static void note(void *data, const struct signal *signal, position at)
{
    struct last_words *words = data;
    struct death death, *known;

    if (!rule_reports_death(words->rules, signal)) {
        return;
    }
    death = make_death(words, signal, at);
    known = find_death(words, &death);
    if (known ? !is_later(&death, known) : words->deaths.n == UNITS_MAX) {
        return;
    }
    death.host = arena_copy(words->arena, death.host);
    death.invocation = arena_copy(words->arena, death.invocation);
    if (known) {
        *known = death;
    } else {
        vec_push(&words->deaths, death);
    }
}

/* --- the words of each unit --- */

static struct words_of_unit *find_unit(const struct last_words *words, const struct death *death)
{
    for (size_t i = 0; i < words->units.n; i++) {
        if (is_same_unit(&words->units.items[i].death, death)) {
            return &words->units.items[i];
        }
    }
    return NULL;
}

/* Is what is known of the unit better than `n` words of this death? Another file may report the
 * death without a word of the process. */
static bool is_better(const struct words_of_unit *known, const struct death *death, size_t n,
                      bool newest_first)
{
    int order = compare_time(&known->death.when, &death->when);

    if ((known->n == 0) != (n == 0)) {
        return known->n > 0;
    }
    return order > 0 || (order == 0 && newest_first);
}

/* Where to keep the words of the death; NULL: nowhere. */
static struct words_of_unit *make_room(struct last_words *words, const struct death *death,
                                       size_t n, bool newest_first)
{
    struct words_of_unit *known = find_unit(words, death);

    if (!known) {
        return words->units.n < UNITS_MAX ? vec_add(&words->units) : NULL;
    }
    if (is_better(known, death, n, newest_first)) {
        return NULL;
    }
    arena_free(known->arena);
    return known;
}

static void take_words(struct last_words *words, const struct death *death,
                       const struct batch *batch)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct words_of_unit unit = { .death = *death }, *room;

    unit.n = read_back(death, batch, arena, unit.words);
    unit.death.host = arena_copy(arena, death->host);
    unit.death.invocation = (struct span){ 0 };
    room = make_room(words, death, unit.n, batch->newest_first);
    if (room) {
        *room = unit;
        room->arena = TAKE(arena);
    }
}

static void look(void *data, const struct batch *batch)
{
    struct last_words *words = data;

    for (size_t i = 0; i < words->deaths.n; i++) {
        take_words(words, &words->deaths.items[i], batch);
    }
    vec_clear(&words->deaths);
    arena_clear(words->arena);
}

struct watcher last_words_watcher(struct last_words *words)
{
    return (struct watcher){ .note = note, .look = look, .data = words };
}

/* --- the report --- */

static bool is_of(const struct words_of_unit *unit, const struct node_names *names,
                  const struct unexplained *unexplained)
{
    bool same_host = span_empty(unit->death.host) || span_empty(unexplained->host) ||
                     span_equal(node_names_find(names, unit->death.host), unexplained->host);

    return same_host && (unit->death.streams & unexplained->streams);
}

/* A line without a unit may be of several; one of this unit alone is better. */
static const struct words_of_unit *choose_unit(const struct last_words *words,
                                               const struct node_names *names,
                                               const struct unexplained *unexplained)
{
    const struct words_of_unit *best = NULL;

    for (size_t i = 0; i < words->units.n; i++) {
        const struct words_of_unit *unit = &words->units.items[i];

        if (is_of(unit, names, unexplained) &&
            (!best || unit->death.streams == unexplained->streams || best->n == 0)) {
            best = unit;
        }
    }
    return best;
}

static const struct last_word *copy_words(const struct words_of_unit *unit, struct arena *arena)
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

void last_words_fill(const struct last_words *words, const struct node_names *names,
                     struct report *report)
{
    struct unexplained *units =
        ARENA_ARRAY(report->arena, struct unexplained, report->n_unexplained);

    for (size_t i = 0; i < report->n_unexplained; i++) {
        const struct words_of_unit *unit = choose_unit(words, names, &report->unexplained[i]);

        units[i] = report->unexplained[i];
        if (unit) {
            units[i].last_words = copy_words(unit, report->arena);
            units[i].n_last_words = unit->n;
        }
    }
    report->unexplained = units;
}
