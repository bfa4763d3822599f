/* streams.yaml to streams. A sample:
 *
 *   etcd:
 *     units: ['etcd*.service']
 *     anonymous: true
 *   node: [kubelet, runtime]
 */

#include "rule/streams_load.h"

#include "rule/schema.h"
#include "rule/value.h"

#include <errno.h>

static const struct variant *build_variants(const struct yaml *list, struct arena *arena,
                                            size_t *ret_n)
{
    const struct yaml *item = yaml_items(list, ret_n);
    struct variant *variants = ARENA_ARRAY(arena, struct variant, *ret_n);

    for (size_t i = 0; i < *ret_n; i++, item = item->next) {
        struct variant *variant = &variants[i];

        variant->name = value_string(item, "name");
        variant->units = value_strings(yaml_get(item, "units"), arena);
        variant->identifiers = value_strings(yaml_get(item, "identifiers"), arena);
        variant->hosts = value_strings(yaml_get(item, "hosts"), arena);
        variant->runs = value_strings(yaml_get(item, "runs"), arena);
        variant->texts = value_fields(yaml_get(item, "texts"), arena, &variant->n_texts);
        variant->assumed = value_true(item, "assumed");
    }
    return variants;
}

static struct stream build_stream(const struct yaml *map, struct arena *arena)
{
    size_t n;
    const struct variant *variants = build_variants(yaml_get(map, "variants"), arena, &n);

    return (struct stream){
        .name = map->key.data,
        .units = value_strings(yaml_get(map, "units"), arena),
        .identifiers = value_strings(yaml_get(map, "identifiers"), arena),
        .transports = value_strings(yaml_get(map, "transports"), arena),
        .klog_wrappers = value_strings(yaml_get(map, "klog_wrappers"), arena),
        .all_in_one = value_strings(yaml_get(map, "all_in_one"), arena),
        .callers = value_strings(yaml_get(map, "callers"), arena),
        .headings = value_strings(yaml_get(map, "headings"), arena),
        .paths = value_strings(yaml_get(map, "paths"), arena),
        .words = value_strings(yaml_get(map, "words"), arena),
        .shared_words = span_is(yaml_text(map, "shared_words"), "true"),
        .container_ids = span_is(yaml_text(map, "container_ids"), "true"),
        .expected = span_is(yaml_text(map, "expected"), "true"),
        .anonymous = span_is(yaml_text(map, "anonymous"), "true"),
        .variants = variants,
        .n_variants = n,
    };
}

static struct unit_group *find_or_add_group(struct stream_table *table, struct span name)
{
    for (size_t i = 0; i < table->groups.n; i++) {
        if (span_is(name, table->groups.items[i].name)) {
            return &table->groups.items[i];
        }
    }
    return vec_add(&table->groups);
}

/* Index of the stream with this name; -1: there are too many. */
static int find_or_add(struct stream_table *table, struct span name)
{
    for (size_t i = 0; i < table->list.n; i++) {
        if (span_is(name, table->list.items[i].name)) {
            return (int)i;
        }
    }
    if (table->list.n == STREAMS_MAX) {
        return -1;
    }
    (void)vec_add(&table->list);
    vec_push(&table->trees, NULL);
    return (int)table->list.n - 1;
}

static int add_one(const struct yaml *node, struct arena *arena, struct stream_table *table,
                   struct error *reterr)
{
    int stream;

    if (node->type == YAML_LIST) {
        *find_or_add_group(table, node->key) =
            (struct unit_group){ node->key.data, value_strings(node, arena) };
        return 0;
    }
    stream = find_or_add(table, node->key);
    if (stream < 0) {
        return yaml_error(node->key_at, reterr, "more than %d streams", STREAMS_MAX);
    }
    table->list.items[stream] = build_stream(node, arena);
    table->trees.items[stream] = node;
    return 0;
}

int streams_load(const struct yaml *root, struct arena *arena, struct stream_table *table,
                 struct error *reterr)
{
    int r;

    r = schema_check_streams(root, reterr);
    if (r < 0) {
        return r;
    }
    for (const struct yaml *child = root->first; child && r >= 0; child = child->next) {
        r = add_one(child, arena, table, reterr);
    }
    return r;
}
