/* The bounded store of signals.
 *
 * A kubelet that restarts every ten seconds for a month logs the same 260,000 times: one group
 * with a count, its first and last signals whole, and the places of those between.
 *
 * What is kept does not depend on the order of arrival. The whole signals of a group are a
 * sorted row: while there is room a new one is put in its place; in a full row it pushes out the
 * innermost of the first or of the last half, or is itself between the halves. Whatever was once
 * between the halves stays there, so the set of those is the same in any order too; when there
 * are too many, those whose hash exceeds a limit are dropped, and the limit is halved until the
 * rest fits. */

#include "signal/store.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/vec.h"
#include "signal/facts.h"
#include "signal/group_key.h"
#include "signal/quota.h"

#include <assert.h>
#include <stdlib.h>

enum {
    HALF = LIMIT_GROUP_WHOLE,
    ROW = 2 * HALF,
    MAX_INVOCATIONS = 65536, /* of 32 hex digits each */
    ROOM_STEP = 64,          /* bytes */
};

/* A signal kept whole; its strings follow it in the same piece of memory. */
struct whole_signal {
    struct signal signal;
    struct occurrence occurrence;
    size_t slot; /* in store.wholes */
    size_t room; /* for its text, see room_for() */
    char text[];
};

struct bucket {
    struct signal_group group;
    uint32_t number;               /* index of the group */
    uint64_t hash;                 /* of what its signals share */
    struct bucket *next;           /* with the same hash */
    struct whole_signal *row[ROW]; /* by event time */
    size_t n_row;
};

struct places {
    struct occurrence *items;
    size_t n, allocated;
};

/* How many signals of one kind are in no group. */
struct dropped {
    uint32_t rule, signal;
    uint64_t count;
};

struct store {
    struct arena *arena; /* what the signals of a group share */
    struct map *buckets; /* by hash */
    VEC(struct bucket *) groups;
    VEC(struct whole_signal *) wholes;
    struct places places;
    VEC(uint32_t) newest_first; /* inputs */
    uint64_t hash_limit;        /* occurrences with a greater hash are not kept */
    struct map *invocations;
    size_t whole_bytes;
    bool exhausted; /* nothing more can give way to new groups */
    VEC(struct dropped) dropped;
    uint64_t noted; /* so many of the dropped signals are in the notes */
};

static uint64_t hash_place(const struct store *store, const struct occurrence *place)
{
    uint64_t hash = store->groups.items[place->group]->hash;

    hash = group_key_mix(hash, (uint64_t)place->when.time_us);
    hash = group_key_mix(hash, (uint64_t)place->when.monotonic_us);
    hash = group_key_mix(hash, place->input);
    hash = group_key_mix(hash, place->sequence);
    hash = group_key_mix(hash, place->line);
    return group_key_mix(hash, place->offset);
}

static struct span intern(struct store *store, struct span text)
{
    void **place;

    if (span_empty(text)) {
        return (struct span){ 0 };
    }
    if (map_size(store->invocations) >= MAX_INVOCATIONS && !map_find(store->invocations, text)) {
        return (struct span){ 0 };
    }
    place = map_at(store->invocations, text);
    if (!*place) {
        struct span *copy = ARENA_NEW(store->arena, struct span);

        *copy = arena_copy(store->arena, text);
        *place = copy;
    }
    return *(struct span *)*place;
}

/* What all signals of a group have in common, copied once. */
static struct signal copy_shared(struct arena *arena, const struct signal *signal)
{
    struct fact_table *tables = ARENA_ARRAY(arena, struct fact_table, signal->n_tables);
    struct signal shared = *signal;

    for (size_t i = 0; i < signal->n_tables; i++) {
        tables[i] = fact_table_copy(arena, &signal->tables[i]);
    }
    shared.facts = facts_copy(arena, signal->facts, signal->n_facts);
    shared.tables = tables;
    shared.host = arena_copy(arena, signal->host);
    shared.boot = arena_copy(arena, signal->boot);
    shared.unit = arena_copy(arena, signal->unit);
    return shared;
}

static size_t bytes_of(const struct store *store)
{
    return arena_size(store->arena) + store->whole_bytes;
}

static bool is_full(const struct store *store)
{
    return store->groups.n >= LIMIT_GROUPS || bytes_of(store) >= LIMIT_STORE_BYTES;
}

static struct span put(char **at, struct span text)
{
    struct span copy = { *at, text.size };

    if (text.size > 0) {
        memcpy(*at, text.data, text.size);
    }
    *at += text.size;
    return copy;
}

static struct occurrence place_of(struct store *store, uint32_t group, const struct signal *signal)
{
    return (struct occurrence){
        .when = signal->when,
        .sequence = signal->sequence,
        .input = signal->origin.input,
        .group = group,
        .pid = signal->pid,
        .line = signal->origin.line,
        .offset = signal->origin.offset,
        .message_hash =
            (uint32_t)group_key_hash_text(span_head(signal->message, LIMIT_MESSAGE_BYTES)),
        .invocation = intern(store, signal->invocation),
    };
}

/* Bytes for the text, rounded up, so that most signals of a group need the same. */
static size_t room_for(const struct signal *signal)
{
    size_t size = signal->stamp.size + signal->identifier.size +
                  span_head(signal->message, LIMIT_MESSAGE_BYTES).size +
                  signal->origin.cursor.size + signal->origin.member.size;

    return (size + ROOM_STEP - 1) / ROOM_STEP * ROOM_STEP;
}

/* `shared` has the facts, tables, host, boot and unit that last. */
static struct whole_signal *whole_new(const struct signal *shared, size_t room)
{
    struct whole_signal *whole = alloc_bytes(sizeof(*whole) + room);

    whole->signal = *shared;
    whole->room = room;
    return whole;
}

/* Its own part; what it shares with its group is there. */
static void whole_fill(struct whole_signal *whole, const struct signal *signal,
                       const struct occurrence *place)
{
    char *at = whole->text;

    whole->occurrence = *place;
    whole->occurrence.whole = &whole->signal;
    whole->signal.when = signal->when;
    whole->signal.sequence = signal->sequence;
    whole->signal.origin = signal->origin;
    whole->signal.pid = signal->pid;
    whole->signal.severity = signal->severity;
    whole->signal.invocation = place->invocation;
    whole->signal.stamp = put(&at, signal->stamp);
    whole->signal.identifier = put(&at, signal->identifier);
    whole->signal.message = put(&at, span_head(signal->message, LIMIT_MESSAGE_BYTES));
    whole->signal.origin.cursor = put(&at, signal->origin.cursor);
    whole->signal.origin.member = put(&at, signal->origin.member);
}

/* Keeps only the places that the limit lets through, halving it until there is room. */
static void thin_places(struct store *store)
{
    while (store->places.n > LIMIT_OCCURRENCES) {
        size_t n = 0;

        store->hash_limit /= 2;
        for (size_t i = 0; i < store->places.n; i++) {
            if (hash_place(store, &store->places.items[i]) <= store->hash_limit) {
                store->places.items[n++] = store->places.items[i];
            }
        }
        store->places.n = n;
    }
}

static void add_place(struct store *store, struct occurrence place)
{
    place.whole = NULL;
    if (store->hash_limit < UINT64_MAX && hash_place(store, &place) > store->hash_limit) {
        return;
    }
    vec_push(&store->places, place);
    thin_places(store);
}

/* Where the signal belongs in the row. */
static size_t rank(const struct bucket *bucket, const struct signal *signal)
{
    size_t at = bucket->n_row;

    while (at > 0 && signal_compare_time(signal, &bucket->row[at - 1]->signal) < 0) {
        at--;
    }
    return at;
}

static void insert(struct store *store, struct bucket *bucket, size_t at,
                   struct whole_signal *whole)
{
    memmove(&bucket->row[at + 1], &bucket->row[at], (bucket->n_row - at) * sizeof(bucket->row[0]));
    bucket->row[at] = whole;
    bucket->n_row++;
    whole->slot = store->wholes.n;
    vec_push(&store->wholes, whole);
    store->whole_bytes += sizeof(*whole) + whole->room;
}

/* Takes it out of the store's list. */
static void disown(struct store *store, const struct whole_signal *whole)
{
    store->wholes.items[whole->slot] = store->wholes.items[--store->wholes.n];
    store->wholes.items[whole->slot]->slot = whole->slot;
    store->whole_bytes -= sizeof(*whole) + whole->room;
}

/* Takes the signal at `at` out of the row; its place is remembered. The caller frees it. */
static struct whole_signal *take_out(struct store *store, struct bucket *bucket, size_t at)
{
    struct whole_signal *whole = bucket->row[at];

    add_place(store, whole->occurrence);
    bucket->n_row--;
    memmove(&bucket->row[at], &bucket->row[at + 1], (bucket->n_row - at) * sizeof(bucket->row[0]));
    disown(store, whole);
    return whole;
}

/* Keeps only the first and the last of the row, `room` of them. */
static void shorten(struct store *store, struct bucket *bucket, size_t room)
{
    while (bucket->n_row > room) {
        free(take_out(store, bucket, bucket->n_row / 2));
    }
}

/* How many signals of a group are kept whole: fewer when their texts take too much room. */
static size_t row_size(const struct store *store)
{
    return bytes_of(store) < LIMIT_STORE_BYTES ? ROW : 2;
}

/* In a full row, the one that gives way also gives its memory, if it needs the same: a group has its
 * last signals whole, so each new one pushes one out. */
static void add_to_row(struct store *store, struct bucket *bucket, const struct signal *signal,
                       const struct signal *shared, const struct occurrence *place)
{
    size_t at, room = row_size(store);
    struct whole_signal *whole = NULL, *old = NULL;

    shorten(store, bucket, room); /* it became less */
    at = rank(bucket, signal);
    if (bucket->n_row == room && at == room / 2) {
        add_place(store, *place);
        return;
    }
    if (bucket->n_row == room) {
        size_t victim = at < room / 2 ? room / 2 - 1 : room / 2;

        old = whole = take_out(store, bucket, victim);
        at -= victim < at;
    }
    if (!old || old->room != room_for(signal)) {
        whole = whole_new(shared, room_for(signal));
        free(old);
    }
    whole_fill(whole, signal, place);
    insert(store, bucket, at, whole);
}

static struct span bytes_of_hash(const uint64_t *hash)
{
    return (struct span){ (const char *)hash, sizeof(*hash) };
}

static struct bucket *find_bucket(const struct store *store, uint64_t hash,
                                  const struct signal *signal)
{
    struct bucket *bucket = map_find(store->buckets, bytes_of_hash(&hash));

    while (bucket && !group_key_equal(bucket->group.signal, signal)) {
        bucket = bucket->next;
    }
    return bucket;
}

static struct bucket *add_bucket(struct store *store, uint64_t hash)
{
    struct bucket *bucket = ARENA_NEW(store->arena, struct bucket);
    void **place = map_at(store->buckets, bytes_of_hash(&hash));

    bucket->hash = hash;
    bucket->number = (uint32_t)store->groups.n;
    bucket->next = *place;
    vec_push(&store->groups, bucket);
    *place = bucket;
    return bucket;
}

static void add_to_bucket(struct store *store, struct bucket *bucket, const struct signal *signal)
{
    struct occurrence place = place_of(store, bucket->number, signal);
    struct signal first;

    if (bucket->group.count == 0) {
        first = copy_shared(store->arena, signal);
        bucket->group.signal = &first;
    }
    add_to_row(store, bucket, signal, bucket->group.signal, &place);
    bucket->group.count++;
    bucket->group.signal = &bucket->row[0]->signal;
    bucket->group.last = &bucket->row[bucket->n_row - 1]->signal;
}

struct store *store_new(void)
{
    struct store *store = ALLOC(struct store);

    store->arena = arena_new();
    store->buckets = map_new();
    store->invocations = map_new();
    store->hash_limit = UINT64_MAX;
    return store;
}

void store_free(struct store *store)
{
    if (!store) {
        return;
    }
    for (size_t i = 0; i < store->wholes.n; i++) {
        free(store->wholes.items[i]);
    }
    vec_free(&store->wholes);
    vec_free(&store->groups);
    vec_free(&store->places);
    vec_free(&store->newest_first);
    vec_free(&store->dropped);
    map_free(store->buckets);
    map_free(store->invocations);
    arena_free(store->arena);
    free(store);
}

void store_set_newest_first(struct store *store, uint32_t input)
{
    if (!store_is_newest_first(store, input)) {
        vec_push(&store->newest_first, input);
    }
}

bool store_is_newest_first(const struct store *store, uint32_t input)
{
    for (size_t i = 0; i < store->newest_first.n; i++) {
        if (store->newest_first.items[i] == input) {
            return true;
        }
    }
    return false;
}

size_t store_n_groups(const struct store *store)
{
    return store->groups.n;
}

const struct signal_group *store_group(const struct store *store, size_t i)
{
    assert(i < store->groups.n);
    return &store->groups.items[i]->group;
}

size_t store_n_occurrences(const struct store *store)
{
    return store->places.n + store->wholes.n;
}

const struct occurrence *store_occurrence(const struct store *store, size_t i)
{
    assert(i < store_n_occurrences(store));
    return i < store->places.n ? &store->places.items[i]
                               : &store->wholes.items[i - store->places.n]->occurrence;
}

uint64_t store_dropped(const struct store *store)
{
    uint64_t count = 0;

    for (size_t i = 0; i < store->dropped.n; i++) {
        count += store->dropped.items[i].count;
    }
    return count;
}

uint64_t store_dropped_of(const struct store *store, uint32_t rule, uint32_t signal)
{
    for (size_t i = 0; i < store->dropped.n; i++) {
        const struct dropped *dropped = &store->dropped.items[i];

        if (dropped->rule == rule && dropped->signal == signal) {
            return dropped->count;
        }
    }
    return 0;
}

void store_note_dropped(struct store *store, struct notes *notes)
{
    uint64_t dropped = store_dropped(store);

    if (dropped > store->noted) {
        notes_add_many(notes, NOTE_LIMIT, SPAN("signals"), dropped - store->noted,
                       "more different signals than are kept");
    }
    store->noted = dropped;
}

bool store_is_filling(const struct store *store)
{
    return store->exhausted || store->groups.n >= LIMIT_GROUPS / 4 * 3 ||
           map_size(store->invocations) >= MAX_INVOCATIONS / 4 * 3 ||
           bytes_of(store) >= LIMIT_STORE_BYTES / 4 * 3;
}

static int by_last_signal(const void *a, const void *b)
{
    const struct bucket *x = *(struct bucket *const *)a, *y = *(struct bucket *const *)b;
    int order = signal_compare_time(x->group.last, y->group.last);

    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

/* Marks the groups to keep. */
static bool *choose_newer(const struct store *store)
{
    bool *keep = alloc_zeroed(store->groups.n, sizeof(*keep));
    struct bucket **sorted = alloc_bytes(store->groups.n * sizeof(struct bucket *));

    for (size_t i = 0; i < store->groups.n; i++) {
        sorted[i] = store->groups.items[i];
    }
    qsort(sorted, store->groups.n, sizeof(struct bucket *), by_last_signal);
    for (size_t i = store->groups.n / 2; i < store->groups.n; i++) {
        keep[sorted[i]->number] = true;
    }
    free(sorted);
    return keep;
}

/* What it has in common with its group, and its run, are the fresh store's. */
static void adopt(struct store *fresh, struct bucket *bucket, const struct signal *shared,
                  struct whole_signal *whole)
{
    struct signal *signal = &whole->signal;

    signal->facts = shared->facts;
    signal->tables = shared->tables;
    signal->host = shared->host;
    signal->boot = shared->boot;
    signal->unit = shared->unit;
    signal->invocation = intern(fresh, signal->invocation);
    whole->occurrence.invocation = signal->invocation;
    whole->occurrence.group = bucket->number;
    insert(fresh, bucket, bucket->n_row, whole);
}

/* The signals move as they are: two copies of them would be much of the memory. */
static uint32_t move_group(struct store *fresh, struct store *store, const struct bucket *old)
{
    struct signal shared = copy_shared(fresh->arena, old->group.signal);
    struct bucket *bucket;

    bucket = add_bucket(fresh, old->hash);
    for (size_t i = 0; i < old->n_row; i++) {
        disown(store, old->row[i]);
        adopt(fresh, bucket, &shared, old->row[i]);
    }
    shorten(fresh, bucket, row_size(fresh));
    bucket->group.count = old->group.count;
    bucket->group.signal = &bucket->row[0]->signal;
    bucket->group.last = &bucket->row[bucket->n_row - 1]->signal;
    return bucket->number;
}

/* The list moves as it is, since a copy would double it: it is the largest part of the store. */
static void move_places(struct store *fresh, struct store *old, const bool *keep,
                        const uint32_t *numbers)
{
    struct places unused;
    size_t n = 0;

    fresh->hash_limit = old->hash_limit;
    for (size_t i = 0; i < old->places.n; i++) {
        struct occurrence place = old->places.items[i];

        if (!keep[place.group]) {
            continue;
        }
        place.group = numbers[place.group];
        place.invocation = intern(fresh, place.invocation);
        old->places.items[n++] = place;
    }
    old->places.n = n;
    for (size_t i = 0; i < fresh->places.n; i++) {
        vec_push(&old->places, fresh->places.items[i]);
    }
    unused = fresh->places;
    fresh->places = old->places;
    old->places = unused;
}

/* Forgets all other groups. Those that stay keep their counts and their order, and are numbered
 * again. */
static void keep_groups(struct store *store, const bool *keep)
{
    struct store *fresh = store_new(), old;
    uint32_t *numbers = alloc_zeroed(store->groups.n, sizeof(*numbers));

    for (size_t i = 0; i < store->groups.n; i++) {
        if (keep[i]) {
            numbers[i] = move_group(fresh, store, store->groups.items[i]);
        }
    }
    move_places(fresh, store, keep, numbers);
    for (size_t i = 0; i < store->newest_first.n; i++) {
        store_set_newest_first(fresh, store->newest_first.items[i]);
    }
    for (size_t i = 0; i < store->dropped.n; i++) {
        vec_push(&fresh->dropped, store->dropped.items[i]);
    }
    fresh->noted = store->noted;
    free(numbers);
    old = *store;
    *store = *fresh;
    *fresh = old;
    store_free(fresh);
}

static void drop(struct store *store, const struct signal *signal, uint64_t count)
{
    for (size_t i = 0; i < store->dropped.n; i++) {
        struct dropped *dropped = &store->dropped.items[i];

        if (dropped->rule == signal->rule && dropped->signal == signal->signal) {
            dropped->count += count;
            return;
        }
    }
    vec_push(&store->dropped, (struct dropped){ signal->rule, signal->signal, count });
}

/* Keeps of each group only its first and its last signal whole. */
static void trim_rows(struct store *store)
{
    for (size_t i = 0; i < store->groups.n; i++) {
        shorten(store, store->groups.items[i], 2);
    }
}

static void forget_excess(struct store *store)
{
    size_t n = store->groups.n;
    const struct signal_group **groups = alloc_bytes(n * sizeof(*groups));
    bool *keep = alloc_zeroed(n, sizeof(*keep));

    for (size_t i = 0; i < n; i++) {
        groups[i] = &store->groups.items[i]->group;
    }
    quota_choose(groups, n, n / 2, keep);
    for (size_t i = 0; i < n; i++) {
        if (!keep[i]) {
            drop(store, groups[i]->signal, groups[i]->count);
        }
    }
    keep_groups(store, keep);
    store->exhausted = store->groups.n > n / 4 * 3;
    free(groups);
    free(keep);
}

/* Makes room for new groups, much of it at once, since it takes a while. */
static void make_room(struct store *store)
{
    if (bytes_of(store) >= LIMIT_STORE_BYTES) {
        trim_rows(store);
    }
    if (store->groups.n >= LIMIT_GROUPS || bytes_of(store) >= LIMIT_STORE_BYTES / 4 * 3) {
        forget_excess(store);
    }
}

void store_add(struct store *store, const struct signal *signal)
{
    uint64_t hash = group_key_hash(signal);
    struct bucket *bucket = find_bucket(store, hash, signal);

    if (!bucket && is_full(store) && !store->exhausted) {
        make_room(store);
    }
    if (!bucket && is_full(store)) {
        drop(store, signal, 1);
        return;
    }
    add_to_bucket(store, bucket ? bucket : add_bucket(store, hash), signal);
}

void store_forget_older(struct store *store)
{
    bool *keep = choose_newer(store);

    keep_groups(store, keep);
    free(keep);
}
