/* The ids of findings, and the words for their changes. */

#include "finding/change.h"

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/map.h"
#include "base/utf8.h"

enum {
    ID_BYTES = 256, /* the rest of a longer id becomes a hash */
};

/* FNV-1a. */
static uint64_t hash_text(struct span text)
{
    uint64_t hash = 0xcbf29ce484222325;

    for (size_t i = 0; i < text.size; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001b3;
    }
    return hash;
}

/* Findings that were merged because they are too many share one id, whatever is among them. */
static void add_key(struct buf *id, const struct finding *finding)
{
    const struct rule *rule = finding->rule;

    for (size_t i = 0; i < rule->n_key; i++) {
        const struct finding_fact *fact =
            finding_fact_find(finding->facts, finding->n_facts, rule->key[i]);

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

static struct span make_id(const struct node *node, const struct finding *finding,
                           struct map *known_ids, struct arena *arena)
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
    while (map_find(known_ids, buf_span(&id))) {
        buf_add_byte(&id, '\'');
    }
    *map_at(known_ids, buf_span(&id)) = known_ids;
    return arena_copy(arena, buf_span(&id));
}

static size_t count_findings(const struct report *report)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_nodes; i++) {
        n += report->nodes[i].n_findings;
    }
    return n;
}

size_t change_list(const struct report *report, struct arena *arena, const struct change **ret)
{
    CLEANUP(map_free_at) struct map *ids = map_new();
    struct change *changes = ARENA_ARRAY(arena, struct change, count_findings(report));
    size_t n = 0;

    for (size_t i = 0; i < report->n_nodes; i++) {
        const struct node *node = &report->nodes[i];

        for (size_t k = 0; k < node->n_findings; k++) {
            const struct finding *finding = &node->findings[k];

            changes[n++] = (struct change){
                .kind = CHANGE_NONE,
                .id = make_id(node, finding, ids, arena),
                .rule = span_of(finding->rule->id),
                .host = node->host,
                .boot = finding->boot,
                .node = node,
                .finding = finding,
            };
        }
    }
    *ret = changes;
    return n;
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
