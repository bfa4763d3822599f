/* Values of a checked tree as C types. */

#include "rule/value.h"

#include "base/calendar.h"

const char *const *value_strings(const struct yaml *node, struct arena *arena)
{
    size_t n;
    const struct yaml *item = yaml_items(node, &n);
    const char **strings = ARENA_ARRAY(arena, const char *, n + 1);

    for (size_t i = 0; i < n; i++, item = item->next) {
        strings[i] = item->text.data;
    }
    return strings;
}

const struct span *value_spans(const struct yaml *node, struct arena *arena, size_t *ret_n)
{
    const struct yaml *item = yaml_items(node, ret_n);
    struct span *spans = ARENA_ARRAY(arena, struct span, *ret_n);

    for (size_t i = 0; i < *ret_n; i++, item = item->next) {
        spans[i] = item->text;
    }
    return spans;
}

/* The texts of the tree are terminated (arena_copy). */
const char *value_string(const struct yaml *map, const char *key)
{
    return yaml_text(map, key).data;
}

bool value_true(const struct yaml *map, const char *key)
{
    return span_is(yaml_text(map, key), "true");
}

uint64_t value_number(const struct yaml *map, const char *key, uint64_t otherwise)
{
    uint64_t number = otherwise;

    (void)span_to_uint(yaml_text(map, key), &number);
    return number;
}

int64_t value_within(const struct yaml *map)
{
    int64_t us = 0;

    (void)calendar_duration(yaml_text(map, "within"), &us);
    return us;
}

/* The value of the word at the key, 0 when the map does not have it. */
int value_choice(const struct yaml *map, const char *key, const char *const *words)
{
    int found = words_find(words, yaml_text(map, key));

    return found < 0 ? 0 : found;
}

unsigned value_same(const struct yaml *map, unsigned otherwise)
{
    size_t n;
    const struct yaml *item = yaml_items(yaml_get(map, "same"), &n);
    unsigned same = 0;

    for (size_t i = 0; i < n; i++, item = item->next) {
        same |= 1u << words_find(same_words, item->text);
    }
    return n ? same : otherwise;
}

const struct field *value_fields(const struct yaml *map, struct arena *arena, size_t *ret_n)
{
    const struct yaml *child = map ? map->first : NULL;
    struct field *fields = ARENA_ARRAY(arena, struct field, map ? map->n : 0);

    *ret_n = map ? map->n : 0;
    for (size_t i = 0; i < *ret_n; i++, child = child->next) {
        fields[i] = (struct field){ child->key, child->text };
    }
    return fields;
}
