/* What became of the findings since they were last reported. */

#include "follow/changes.h"

#include "base/cleanup.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/vec.h"

/* A finding that was reported; its texts are one piece of memory. */
struct known_finding {
    struct reported reported;
    bool in_sight; /* it was in a report about what is known now */
    bool present;  /* in the report at hand */
    char *text;
};

struct changes {
    VEC(struct known_finding) known; /* the oldest first */
    VEC(struct change) found;
    struct arena *arena; /* of what was found */
};

struct changes *changes_new(void)
{
    struct changes *changes = ALLOC(struct changes);

    changes->arena = arena_new();
    return changes;
}

void changes_free(struct changes *changes)
{
    if (!changes) {
        return;
    }
    for (size_t i = 0; i < changes->known.n; i++) {
        free(changes->known.items[i].text);
    }
    vec_free(&changes->known);
    vec_free(&changes->found);
    arena_free(changes->arena);
    free(changes);
}

/* --- what was reported --- */

static struct span put(char **at, struct span text)
{
    struct span copy = { *at, text.size };

    if (text.size) {
        memcpy(*at, text.data, text.size);
    }
    *at += text.size;
    return copy;
}

static struct known_finding *add_known(struct changes *changes, const struct reported *reported)
{
    struct known_finding known = { .reported = *reported };
    char *at = alloc_bytes(reported->id.size + reported->rule.size + reported->host.size +
                           reported->boot.size);

    known.text = at;
    known.reported.id = put(&at, reported->id);
    known.reported.rule = put(&at, reported->rule);
    known.reported.host = put(&at, reported->host);
    known.reported.boot = put(&at, reported->boot);
    vec_push(&changes->known, known);
    return &changes->known.items[changes->known.n - 1];
}

void changes_add_reported(struct changes *changes, const struct reported *reported)
{
    (void)add_known(changes, reported);
}

size_t changes_n_reported(const struct changes *changes)
{
    return changes->known.n;
}

const struct reported *changes_get_reported(const struct changes *changes, size_t i)
{
    return &changes->known.items[i].reported;
}

size_t changes_n_open(const struct changes *changes)
{
    size_t n = 0;

    for (size_t i = 0; i < changes->known.n; i++) {
        n += changes->known.items[i].reported.status == STATUS_ONGOING;
    }
    return n;
}

void changes_lose_sight(struct changes *changes)
{
    for (size_t i = 0; i < changes->known.n; i++) {
        changes->known.items[i].in_sight = false;
    }
}

/* The number of each known finding, counted from 1, by its id. */
static struct map *index_known(const struct changes *changes)
{
    struct map *map = map_new();

    for (size_t i = 0; i < changes->known.n; i++) {
        *map_at(map, changes->known.items[i].reported.id) = (void *)(uintptr_t)(i + 1);
    }
    return map;
}

static void remove_known(struct changes *changes, size_t at)
{
    struct known_finding *items = changes->known.items;

    free(items[at].text);
    memmove(&items[at], &items[at + 1], (--changes->known.n - at) * sizeof(*items));
}

/* The oldest that are not in the report go first. */
static void bound_known(struct changes *changes)
{
    for (size_t i = 0; i < changes->known.n && changes->known.n > LIMIT_REPORTED;) {
        if (changes->known.items[i].present) {
            i++;
        } else {
            remove_known(changes, i);
        }
    }
}

/* --- what differs --- */

static bool has_ended(enum finding_status status)
{
    return status != STATUS_ONGOING;
}

static enum change_kind compare(const struct reported *reported, const struct finding *finding)
{
    if (has_ended(reported->status) != has_ended(finding->status)) {
        return has_ended(finding->status) ? CHANGE_CLOSED : CHANGE_OPENED;
    }
    if (reported->role != finding->role || reported->confidence != finding->confidence ||
        reported->status != finding->status) {
        return CHANGE_UPDATED;
    }
    return !has_ended(reported->status) && finding->count / 2 >= reported->count ? CHANGE_UPDATED
                                                                                 : CHANGE_NONE;
}

static void add_change(struct changes *changes, const struct change *listed, enum change_kind kind)
{
    struct change change = *listed;

    change.kind = kind;
    vec_push(&changes->found, change);
}

static struct known_finding *open_finding(struct changes *changes, const struct change *listed)
{
    add_change(changes, listed, CHANGE_OPENED);
    if (has_ended(listed->finding->status)) {
        add_change(changes, listed, CHANGE_CLOSED);
    }
    return add_known(changes, &(struct reported){ .id = listed->id,
                                                  .rule = listed->rule,
                                                  .host = listed->host,
                                                  .boot = listed->boot });
}

static void take_finding(struct changes *changes, const struct map *index,
                         const struct change *listed)
{
    const struct finding *finding = listed->finding;
    uintptr_t at = (uintptr_t)map_find(index, listed->id);
    struct known_finding *known = at ? &changes->known.items[at - 1] : NULL;
    enum change_kind kind = known ? compare(&known->reported, finding) : CHANGE_OPENED;

    if (!known) {
        known = open_finding(changes, listed);
    } else if (kind != CHANGE_NONE) {
        add_change(changes, listed, kind);
    }
    known->present = known->in_sight = true;
    if (kind == CHANGE_NONE) {
        return;
    }
    known->reported.role = finding->role;
    known->reported.confidence = finding->confidence;
    known->reported.status = finding->status;
    /* The count shrinks when the oldest was forgotten; growing again is not an update. */
    if (finding->count > known->reported.count) {
        known->reported.count = finding->count;
    }
}

/* Findings of the last report that are missing in this one. One that has ended goes silently. */
static void withdraw(struct changes *changes)
{
    for (size_t i = 0; i < changes->known.n;) {
        const struct known_finding *known = &changes->known.items[i];

        if (known->present || !known->in_sight) {
            i++;
            continue;
        }
        if (!has_ended(known->reported.status)) {
            struct change change = {
                .kind = CHANGE_WITHDRAWN,
                .id = arena_copy(changes->arena, known->reported.id),
                .rule = arena_copy(changes->arena, known->reported.rule),
                .host = arena_copy(changes->arena, known->reported.host),
                .boot = arena_copy(changes->arena, known->reported.boot),
            };

            vec_push(&changes->found, change);
        }
        remove_known(changes, i);
    }
}

size_t changes_find(struct changes *changes, const struct report *report, const struct change **ret)
{
    CLEANUP(map_free_at) struct map *index = index_known(changes);
    const struct change *listed;
    size_t n;

    arena_clear(changes->arena);
    vec_clear(&changes->found);
    for (size_t i = 0; i < changes->known.n; i++) {
        changes->known.items[i].present = false;
    }
    n = change_list(report, changes->arena, &listed);
    for (size_t i = 0; i < n; i++) {
        take_finding(changes, index, &listed[i]);
    }
    withdraw(changes);
    bound_known(changes);
    *ret = changes->found.items;
    return changes->found.n;
}
