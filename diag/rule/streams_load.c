/* streams.yaml to streams. A sample:
 *
 *   etcd:
 *     units: ['etcd*.service']
 *     anonymous: true
 */

#include "rule/streams_load.h"

#include "rule/schema.h"
#include "rule/value.h"

#include <errno.h>

static struct stream build_stream(const struct yaml *map, struct arena *arena)
{
    return (struct stream){
        .name = map->key.data,
        .units = value_strings(yaml_get(map, "units"), arena),
        .identifiers = value_strings(yaml_get(map, "identifiers"), arena),
        .transports = value_strings(yaml_get(map, "transports"), arena),
        .klog_wrappers = value_strings(yaml_get(map, "klog_wrappers"), arena),
        .anonymous = span_is(yaml_text(map, "anonymous"), "true"),
    };
}

static struct stream *find_or_add(struct stream_table *table, struct span name)
{
    for (size_t i = 0; i < table->list.n; i++) {
        if (span_is(name, table->list.items[i].name)) {
            return &table->list.items[i];
        }
    }
    return table->list.n < STREAMS_MAX ? vec_add(&table->list) : NULL;
}

int streams_load(const struct yaml *root, struct arena *arena, struct stream_table *table,
                 struct error *reterr)
{
    int r;

    r = schema_check_streams(root, reterr);
    if (r < 0) {
        return r;
    }
    for (const struct yaml *child = root->first; child; child = child->next) {
        struct stream *stream = find_or_add(table, child->key);

        if (!stream) {
            return yaml_error(child->key_at, reterr, "more than %d streams", STREAMS_MAX);
        }
        *stream = build_stream(child, arena);
    }
    return 0;
}
