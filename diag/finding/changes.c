/* What became of the findings since they were last told. */

#include "finding/changes.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

enum {
    ID_BYTES = 256, /* of a longer one, the rest is a hash */
};

/* A finding that was told; its texts are one piece of memory. */
struct known {
    struct told told;
    bool in_sight; /* it stood in a report of what is known now */
    bool stands;   /* in the report at hand */
    char *text;
};

struct changes {
    VEC(struct known) entries;
    VEC(struct change) found;
    struct arena *arena; /* of what was found */
    struct map *names;   /* in the report at hand */
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
    for (size_t i = 0; i < changes->entries.n; i++) {
        free(changes->entries.items[i].text);
    }
    vec_free(&changes->entries);
    vec_free(&changes->found);
    map_free(changes->names);
    arena_free(changes->arena);
    free(changes);
}

/* --- who is who --- */

/* FNV-1a. */
static uint64_t hash_text(struct span text)
{
    uint64_t hash = 0xcbf29ce484222325;

    for (size_t i = 0; i < text.size; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001b3;
    }
    return hash;
}

static const struct finding_fact *find_fact(const struct finding *finding, struct span name)
{
    for (size_t i = 0; i < finding->n_facts; i++) {
        if (span_equal(finding->facts[i].name, name)) {
            return &finding->facts[i];
        }
    }
    return NULL;
}

/* Findings that were merged because they are too many share one name, whatever is among them. */
static void add_key(struct buf *id, const struct finding *finding)
{
    const struct rule *rule = finding->rule;

    for (size_t i = 0; i < rule->n_key; i++) {
        const struct finding_fact *fact = find_fact(finding, rule->key[i]);

        buf_add_byte(id, i ? ',' : '{');
        buf_add(id, rule->key[i]);
        buf_add_byte(id, '=');
        if (fact && fact->n_values == 1) {
            buf_add(id, fact->values[0].text);
        } else if (fact && fact->n_values > 1) {
            buf_add_byte(id, '*');
        }
    }
    if (rule->n_key) {
        buf_add_byte(id, '}');
    }
}

static void shorten(struct buf *id)
{
    uint64_t hash = hash_text(buf_span(id));

    if (id->size <= ID_BYTES) {
        return;
    }
    id->size = ID_BYTES;
    buf_printf(id, "~%016llx", (unsigned long long)hash);
}

static struct span make_id(struct changes *changes, const struct node *node,
                           const struct finding *finding)
{
    CLEANUP(buf_done_at) struct buf raw = { 0 };
    CLEANUP(buf_done_at) struct buf id = { 0 };

    buf_add_string(&raw, finding->rule->id);
    if (!span_empty(node->host)) {
        buf_add_byte(&raw, '@');
        buf_add(&raw, node->host);
    }
    if (!span_empty(finding->boot)) {
        buf_add_byte(&raw, '#');
        buf_add(&raw, finding->boot);
    }
    add_key(&raw, finding);
    shorten(&raw);
    utf8_add_clean(&id, buf_span(&raw));
    while (map_find(changes->names, buf_span(&id))) {
        buf_add_byte(&id, '\'');
    }
    *map_at(changes->names, buf_span(&id)) = changes;
    return arena_copy(changes->arena, buf_span(&id));
}

/* Each finding of the report under its name. */
static void name_findings(struct changes *changes, const struct report *report)
{
    arena_clear(changes->arena);
    vec_clear(&changes->found);
    map_free(changes->names);
    changes->names = map_new();
    for (size_t i = 0; i < report->n_nodes; i++) {
        const struct node *node = &report->nodes[i];

        for (size_t k = 0; k < node->n_findings; k++) {
            const struct finding *finding = &node->findings[k];

            vec_push(&changes->found, (struct change){ .kind = CHANGE_NONE,
                                                       .id = make_id(changes, node, finding),
                                                       .rule = span_of(finding->rule->id),
                                                       .host = node->host,
                                                       .boot = finding->boot,
                                                       .node = node,
                                                       .finding = finding });
        }
    }
}

size_t changes_list(struct changes *changes, const struct report *report, const struct change **ret)
{
    name_findings(changes, report);
    *ret = changes->found.items;
    return changes->found.n;
}

/* --- what was told --- */

static struct span put(char **at, struct span text)
{
    struct span copy = { *at, text.size };

    if (text.size) {
        memcpy(*at, text.data, text.size);
    }
    *at += text.size;
    return copy;
}

static struct known *add_entry(struct changes *changes, const struct told *told)
{
    struct known entry = { .told = *told };
    char *at = alloc_bytes(told->id.size + told->rule.size + told->host.size + told->boot.size);

    entry.text = at;
    entry.told.id = put(&at, told->id);
    entry.told.rule = put(&at, told->rule);
    entry.told.host = put(&at, told->host);
    entry.told.boot = put(&at, told->boot);
    vec_push(&changes->entries, entry);
    return &changes->entries.items[changes->entries.n - 1];
}

void changes_add_told(struct changes *changes, const struct told *told)
{
    (void)add_entry(changes, told);
}

size_t changes_n_told(const struct changes *changes)
{
    return changes->entries.n;
}

const struct told *changes_get_told(const struct changes *changes, size_t i)
{
    return &changes->entries.items[i].told;
}

size_t changes_n_open(const struct changes *changes)
{
    size_t n = 0;

    for (size_t i = 0; i < changes->entries.n; i++) {
        n += changes->entries.items[i].told.status == STATUS_ONGOING;
    }
    return n;
}

void changes_lose_sight(struct changes *changes)
{
    for (size_t i = 0; i < changes->entries.n; i++) {
        changes->entries.items[i].in_sight = false;
    }
}

/* Where each entry stands, counted from 1. */
static struct map *index_entries(const struct changes *changes)
{
    struct map *map = map_new();

    for (size_t i = 0; i < changes->entries.n; i++) {
        *map_at(map, changes->entries.items[i].told.id) = (void *)(uintptr_t)(i + 1);
    }
    return map;
}

static void remove_entry(struct changes *changes, size_t at)
{
    struct known *items = changes->entries.items;

    free(items[at].text);
    memmove(&items[at], &items[at + 1], (--changes->entries.n - at) * sizeof(*items));
}

/* The oldest that do not stand go first. */
static void bound_entries(struct changes *changes)
{
    for (size_t i = 0; i < changes->entries.n && changes->entries.n > LIMIT_TOLD;) {
        if (changes->entries.items[i].stands) {
            i++;
        } else {
            remove_entry(changes, i);
        }
    }
}

/* --- what differs --- */

static bool is_over(enum finding_status status)
{
    return status != STATUS_ONGOING;
}

static enum change_kind compare(const struct told *told, const struct finding *finding)
{
    if (is_over(told->status) != is_over(finding->status)) {
        return is_over(finding->status) ? CHANGE_CLOSED : CHANGE_OPENED;
    }
    if (told->role != finding->role || told->confidence != finding->confidence ||
        told->status != finding->status) {
        return CHANGE_UPDATED;
    }
    return !is_over(told->status) && finding->count / 2 >= told->count ? CHANGE_UPDATED
                                                                       : CHANGE_NONE;
}

static void tell(struct changes *changes, const struct change *named, enum change_kind kind)
{
    struct change change = *named;

    change.kind = kind;
    vec_push(&changes->found, change);
}

static void tell_first(struct changes *changes, const struct change *named, struct known **ret)
{
    struct told told = {
        .id = named->id, .rule = named->rule, .host = named->host, .boot = named->boot
    };

    tell(changes, named, CHANGE_OPENED);
    if (is_over(named->finding->status)) {
        tell(changes, named, CHANGE_CLOSED);
    }
    *ret = add_entry(changes, &told);
}

static void look_at(struct changes *changes, const struct map *index, const struct change *named)
{
    const struct finding *finding = named->finding;
    uintptr_t at = (uintptr_t)map_find(index, named->id);
    struct known *entry = at ? &changes->entries.items[at - 1] : NULL;
    enum change_kind kind = entry ? compare(&entry->told, finding) : CHANGE_OPENED;

    if (!entry) {
        tell_first(changes, named, &entry);
    } else if (kind != CHANGE_NONE) {
        tell(changes, named, kind);
    }
    entry->stands = entry->in_sight = true;
    if (kind == CHANGE_NONE) {
        return;
    }
    entry->told.role = finding->role;
    entry->told.confidence = finding->confidence;
    entry->told.status = finding->status;
    /* It may be less where the oldest was forgotten: that is not told as more when it grows. */
    if (finding->count > entry->told.count) {
        entry->told.count = finding->count;
    }
}

/* What stood in the last report and does not in this one; what was over goes without a word. */
static void withdraw(struct changes *changes)
{
    for (size_t i = 0; i < changes->entries.n;) {
        const struct known *entry = &changes->entries.items[i];
        struct change change = { .kind = CHANGE_WITHDRAWN };

        if (entry->stands || !entry->in_sight) {
            i++;
            continue;
        }
        change.id = arena_copy(changes->arena, entry->told.id);
        change.rule = arena_copy(changes->arena, entry->told.rule);
        change.host = arena_copy(changes->arena, entry->told.host);
        change.boot = arena_copy(changes->arena, entry->told.boot);
        if (!is_over(entry->told.status)) {
            vec_push(&changes->found, change);
        }
        remove_entry(changes, i);
    }
}

size_t changes_find(struct changes *changes, const struct report *report, const struct change **ret)
{
    CLEANUP(map_free_at) struct map *index = index_entries(changes);
    size_t n;

    for (size_t i = 0; i < changes->entries.n; i++) {
        changes->entries.items[i].stands = false;
    }
    name_findings(changes, report);
    n = changes->found.n;
    for (size_t i = 0; i < n; i++) {
        struct change named = changes->found.items[i]; /* it moves */

        look_at(changes, index, &named);
    }
    withdraw(changes);
    bound_entries(changes);
    *ret = changes->found.items + n; /* behind the names */
    return changes->found.n - n;
}

const char *change_kind_name(enum change_kind kind)
{
    static const char *const names[] = {
        [CHANGE_OPENED] = "opened",
        [CHANGE_UPDATED] = "updated",
        [CHANGE_CLOSED] = "closed",
        [CHANGE_WITHDRAWN] = "withdrawn",
    };

    return names[kind];
}
