/* Units of a stream or a group as one pattern:
 *
 *   runtime: { units: [docker.service, 'cri-*.service'] }
 *
 *   in runtime        ^(?:docker\\.service|cri-.*\\.service)$
 *   not in runtime    ^(?!(?:docker\\.service|cri-.*\\.service)$)
 */

#include "rule/unit_pattern.h"

#include "base/buf.h"
#include "base/near.h"

#include <ctype.h>
#include <errno.h>

static void add_glob(struct buf *buf, const char *glob)
{
    if (buf->size) {
        buf_add_byte(buf, '|');
    }
    for (; *glob; glob++) {
        if (*glob == '*') {
            buf_add_string(buf, ".*");
        } else if (*glob == '?') {
            buf_add_byte(buf, '.');
        } else {
            if (!isalnum((unsigned char)*glob)) {
                buf_add_byte(buf, '\\');
            }
            buf_add_byte(buf, *glob);
        }
    }
}

static const struct stream *find_stream(const struct stream_table *table, struct span name)
{
    for (size_t i = 0; i < table->list.n; i++) {
        if (span_is(name, table->list.items[i].name)) {
            return &table->list.items[i];
        }
    }
    return NULL;
}

static const struct unit_group *find_group(const struct stream_table *table, struct span name)
{
    for (size_t i = 0; i < table->groups.n; i++) {
        if (span_is(name, table->groups.items[i].name)) {
            return &table->groups.items[i];
        }
    }
    return NULL;
}

static void add_units(struct buf *buf, const char *const *units)
{
    for (; *units; units++) {
        add_glob(buf, *units);
    }
}

static int add_member(struct buf *buf, const struct stream_table *table, const char *member)
{
    const struct stream *stream = find_stream(table, span_of(member));

    if (strchr(member, '.')) {
        add_glob(buf, member);
    } else if (stream) {
        add_units(buf, stream->units);
    } else {
        return -EINVAL;
    }
    return 0;
}

static int unknown_group(const struct yaml *at, struct span name, const struct stream_table *table,
                         struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; i < table->list.n; i++) {
        near = near_better(name, near, span_of(table->list.items[i].name));
    }
    for (size_t i = 0; i < table->groups.n; i++) {
        near = near_better(name, near, span_of(table->groups.items[i].name));
    }
    return yaml_error_near(at, near, reterr, "unknown stream or group '%.*s'", TEXT_OF(name));
}

static int add_group(struct buf *buf, const struct yaml *at, const struct unit_group *group,
                     const struct stream_table *table, struct error *reterr)
{
    for (const char *const *member = group->members; *member; member++) {
        if (add_member(buf, table, *member) < 0) {
            return yaml_error(at, reterr,
                              "the group '%s' in streams.yaml has the unknown stream '%s'",
                              group->name, *member);
        }
    }
    return 0;
}

int unit_pattern(const struct yaml *at, const struct stream_table *table, struct arena *arena,
                 struct rule_pattern *pattern, struct error *reterr)
{
    const struct unit_group *group = find_group(table, pattern->units);
    const struct stream *stream = find_stream(table, pattern->units);
    CLEANUP(buf_done_at) struct buf units = { 0 };
    int r = 0;

    if (group) {
        r = add_group(&units, at, group, table, reterr);
    } else if (stream) {
        add_units(&units, stream->units);
    } else {
        return unknown_group(at, pattern->units, table, reterr);
    }
    if (r < 0) {
        return r;
    }
    pattern->text = span_of(arena_printf(arena, pattern->negated ? "^(?!(?:%s)$)" : "^(?:%s)$",
                                         units.size ? units.data : "(?!)"));
    return 0;
}
