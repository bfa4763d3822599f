/* Parts that many rules share:
 *
 *   kubelet-dies:
 *     explains: [{ rule: systemd/unit-exited, within: 30s, same: [host, boot, unit, run] }]
 *     recovered_by: [kubelet/running]
 */

#include "rule/include.h"

#include "base/near.h"
#include "rule/schema.h"

#include <errno.h>

/* ---- the table ---- */

static const struct yaml **find_part(const struct include_table *table, struct span name)
{
    for (size_t i = 0; i < table->parts.n; i++) {
        if (span_equal(name, table->parts.items[i]->key)) {
            return &table->parts.items[i];
        }
    }
    return NULL;
}

static int unknown_part(const struct include_table *table, const struct yaml *node,
                        struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; i < table->parts.n; i++) {
        near = near_better(node->text, near, table->parts.items[i]->key);
    }
    return yaml_error_near(node, near, reterr, "unknown part '%.*s'", TEXT_OF(node->text));
}

/* ---- trees: copied as far as they change ---- */

static void append_copy(struct yaml *parent, const struct yaml *child, struct arena *arena)
{
    struct yaml *copy = ARENA_NEW(arena, struct yaml);
    struct yaml **end = &parent->first;

    while (*end) {
        end = &(*end)->next;
    }
    *copy = *child;
    copy->next = NULL;
    *end = copy;
    parent->n++;
}

/* The same node with children of its own. */
static struct yaml with_own_children(const struct yaml *node, struct arena *arena)
{
    struct yaml own = *node;
    const struct yaml *child = node->first;

    own.first = NULL;
    own.n = 0;
    for (; child; child = child->next) {
        append_copy(&own, child, arena);
    }
    return own;
}

/* `a` as `[a]`. */
static struct yaml as_list(const struct yaml *node, struct arena *arena)
{
    struct yaml list = *node;

    if (node->type == YAML_LIST) {
        return with_own_children(node, arena);
    }
    list.type = YAML_LIST;
    list.first = NULL;
    list.n = 0;
    append_copy(&list, node, arena);
    return list;
}

static bool is_same_item(const struct yaml *a, const struct yaml *b)
{
    if (a->type == YAML_MAP && b->type == YAML_MAP) {
        return span_equal(a->first->key, b->first->key) &&
               span_equal(a->first->text, b->first->text);
    }
    return a->type == b->type && span_equal(a->text, b->text);
}

static bool has_item(const struct yaml *list, const struct yaml *item)
{
    for (const struct yaml *own = list->first; own; own = own->next) {
        if (is_same_item(own, item)) {
            return true;
        }
    }
    return false;
}

static struct yaml *find_child(struct yaml *map, struct span key)
{
    struct yaml *child = map->first;

    while (child && !span_equal(child->key, key)) {
        child = child->next;
    }
    return child;
}

/* The rule's list of that key gets the items of the common one. */
static void merge_list(struct yaml *rule, const struct yaml *common, struct arena *arena)
{
    struct yaml *own = find_child(rule, common->key);
    size_t n;
    const struct yaml *item = yaml_items(common, &n);

    if (!own) {
        append_copy(rule, common, arena);
        return;
    }
    *own = as_list(own, arena);
    for (size_t i = 0; i < n; i++, item = item->next) {
        if (!has_item(own, item)) {
            append_copy(own, item, arena);
        }
    }
}

static void merge_part(struct yaml *rule, const struct yaml *part, struct arena *arena)
{
    for (const struct yaml *list = part->first; list; list = list->next) {
        if (!span_is(list->key, "includes")) {
            merge_list(rule, list, arena);
        }
    }
}

int includes_expand(const struct include_table *table, const struct yaml *root, struct arena *arena,
                    const struct yaml **ret, struct error *reterr)
{
    size_t n;
    const struct yaml *name = yaml_items(yaml_get(root, "includes"), &n);
    struct yaml *rule;

    *ret = root;
    if (!n) {
        return 0;
    }
    rule = ARENA_NEW(arena, struct yaml);
    *rule = with_own_children(root, arena);
    for (size_t i = 0; i < n; i++, name = name->next) {
        const struct yaml **part = find_part(table, name->text);

        if (!part) {
            return unknown_part(table, name, reterr);
        }
        merge_part(rule, *part, arena);
    }
    *ret = rule;
    return 0;
}

static int add_part(const struct yaml *part, struct include_table *table, struct arena *arena,
                    struct error *reterr)
{
    const struct yaml **known = find_part(table, part->key);
    int r = includes_expand(table, part, arena, &part, reterr);

    if (r < 0) {
        return r;
    }
    if (known) {
        *known = part;
    } else {
        vec_push(&table->parts, part);
    }
    return 0;
}

int includes_load(const struct yaml *root, struct arena *arena, struct include_table *table,
                  struct error *reterr)
{
    int r = schema_check_common(root, reterr);

    for (const struct yaml *part = root->first; r >= 0 && part; part = part->next) {
        r = add_part(part, table, arena, reterr);
    }
    return r;
}
