/* Checks of a file's tree against the tables of keys. */

#include "rule/schema.h"

#include "base/near.h"
#include "rule/schema_keys.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>

static int check_value(const struct yaml *node, const struct schema_key *key, struct error *reterr);

static const struct schema_key *find_key(const struct schema_map *map, struct span name)
{
    for (size_t i = 0; i < map->n_keys; i++) {
        if (span_is(name, map->keys[i].name)) {
            return &map->keys[i];
        }
    }
    return NULL;
}

static int unknown_key(const struct yaml *child, const struct schema_map *map, struct error *reterr)
{
    struct span near = { 0 };

    assert(map->keys || map->n_keys == 0);
    for (size_t i = 0; i < map->n_keys; i++) {
        near = near_better(child->key, near, span_of(map->keys[i].name));
    }
    return yaml_error_near(child->key_at, near, reterr, "%s has no key '%.*s'", map->name,
                           TEXT_OF(child->key));
}

static int check_keys(const struct yaml *node, const struct schema_map *map, struct error *reterr)
{
    for (const struct yaml *child = node->first; child; child = child->next) {
        const struct schema_key *key = find_key(map, child->key);
        int r = key ? check_value(child, key, reterr) : unknown_key(child, map, reterr);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int check_required(const struct yaml *node, const struct schema_map *map,
                          struct error *reterr)
{
    for (size_t i = 0; i < map->n_keys; i++) {
        if (map->keys[i].required && !yaml_get(node, map->keys[i].name)) {
            return yaml_error(node, reterr, "%s requires the key '%s'", map->name,
                              map->keys[i].name);
        }
    }
    if (map->one_key && node->n != 1) {
        return yaml_error(node, reterr, "%s must have exactly one key", map->name);
    }
    return 0;
}

static int check_map(const struct yaml *node, const struct schema_map *map, struct error *reterr)
{
    int r;

    if (node->type != YAML_MAP) {
        return yaml_error(node, reterr, "%s must be a map", map->name);
    }
    r = check_keys(node, map, reterr);
    if (r < 0) {
        return r;
    }
    return check_required(node, map, reterr);
}

static int wrong_choice(const struct yaml *node, const struct schema_key *key, struct error *reterr)
{
    char list[256] = "";
    struct span near = { 0 };
    size_t used = 0;

    for (const char *const *choice = key->choices; *choice; choice++) {
        near = near_better(node->text, near, span_of(*choice));
        used +=
            (size_t)snprintf(list + used, sizeof(list) - used, "%s%s", used ? ", " : "", *choice);
    }
    return yaml_error_near(node, near, reterr, "'%s' must be one of %s", key->name, list);
}

static int check_text(const struct yaml *node, const struct schema_key *key, enum value value,
                      struct error *reterr)
{
    const struct text_value *rule = &text_values[value];

    if (node->type != YAML_TEXT || span_empty(node->text) ||
        (rule->fits && !rule->fits(node->text))) {
        return yaml_error(node, reterr, "'%s' must be %s", key->name, rule->what);
    }
    if (value != CHOICE) {
        return 0;
    }
    for (const char *const *choice = key->choices; *choice; choice++) {
        if (span_is(node->text, *choice)) {
            return 0;
        }
    }
    return wrong_choice(node, key, reterr);
}

static int check_texts(const struct yaml *node, const struct schema_key *key, struct error *reterr)
{
    for (const struct yaml *child = node->first; child; child = child->next) {
        if (span_empty(child->key)) {
            return yaml_error(child->key_at, reterr, "empty name in '%s'", key->name);
        }
        if (child->type != YAML_TEXT) {
            return yaml_error(child, reterr, "'%.*s' must be a text", TEXT_OF(child->key));
        }
    }
    return 0;
}

static int check_fact(const struct yaml *node, const struct schema_map *map, struct error *reterr)
{
    static const struct schema_key type = { .name = "type" };

    if (node->type == YAML_MAP) {
        return check_map(node, map, reterr);
    }
    if (node->type == YAML_TEXT) {
        return check_text(node, &type, FACT_TYPE, reterr);
    }
    if (node->n != 1) {
        return yaml_error(node, reterr, "a list of a type must have exactly one item");
    }
    return check_text(node->first, &type, FACT_TYPE, reterr);
}

static int check_free_keys(const struct yaml *node, const struct schema_key *key,
                           struct error *reterr)
{
    if (node->type != YAML_MAP || !node->n) {
        return yaml_error(node, reterr, "'%s' must be a map", key->name);
    }
    if (key->value == TEXTS) {
        return check_texts(node, key, reterr);
    }
    for (const struct yaml *child = node->first; child; child = child->next) {
        int r;

        if (key->value == ANY_MAPS && !schema_is_word(child->key)) {
            return yaml_error(child->key_at, reterr, "a name in '%s' must be %s", key->name,
                              text_values[WORD].what);
        }
        r = key->value == FACT ? check_fact(child, key->map, reterr)
                               : check_map(child, key->map, reterr);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int check_one(const struct yaml *node, const struct schema_key *key, struct error *reterr)
{
    switch (key->value) {
    case MAP:
        return check_map(node, key->map, reterr);
    case TEXTS:
    case ANY_MAPS:
    case FACT:
        return check_free_keys(node, key, reterr);
    case TREE:
    case NAME_OR_MAP:
        return node->type == YAML_TEXT ? check_text(node, key, WORD, reterr)
                                       : check_map(node, key->map, reterr);
    default:
        return check_text(node, key, key->value, reterr);
    }
}

static int check_value(const struct yaml *node, const struct schema_key *key, struct error *reterr)
{
    if (key->shape == ONE || (key->shape == ONE_OR_MANY && node->type != YAML_LIST)) {
        return check_one(node, key, reterr);
    }
    if (node->type != YAML_LIST || !node->n) {
        return yaml_error(node, reterr, "'%s' must be a list", key->name);
    }
    for (const struct yaml *item = node->first; item; item = item->next) {
        int r = check_one(item, key, reterr);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

/* The embedded rules are cut at `tests:`, so it must be the last key. */
static int check_tests_last(const struct yaml *root, struct error *reterr)
{
    const struct yaml *tests = yaml_get(root, "tests");

    if (tests && tests->next) {
        return yaml_error(tests->next->key_at, reterr, "'tests' must be the last key of the file");
    }
    return 0;
}

int schema_check_rule(const struct yaml *root, struct error *reterr)
{
    int r;

    if (!span_is(yaml_text(root, "disabled"), "true")) {
        r = check_map(root, &schema_rule, reterr);
        if (r < 0) {
            return r;
        }
    } else {
        r = check_keys(root, &schema_rule, reterr);
        if (r < 0) {
            return r;
        }
    }
    return check_tests_last(root, reterr);
}

int schema_check_common(const struct yaml *root, struct error *reterr)
{
    static const struct schema_key common = { .name = "common.yaml",
                                              .value = ANY_MAPS,
                                              .map = &schema_common };

    return check_value(root, &common, reterr);
}

static int check_stream_or_group(const struct yaml *node, struct error *reterr)
{
    const struct schema_key group = { .name = node->key.data, .value = TEXT, .shape = MANY };

    if (!schema_is_word(node->key)) {
        return yaml_error(node->key_at, reterr, "the name of a stream must be %s",
                          text_values[WORD].what);
    }
    return node->type == YAML_LIST ? check_value(node, &group, reterr)
                                   : check_map(node, &schema_stream, reterr);
}

int schema_check_streams(const struct yaml *root, struct error *reterr)
{
    int r = 0;

    if (root->type != YAML_MAP || !root->n) {
        return yaml_error(root, reterr, "streams.yaml must be a map");
    }
    for (const struct yaml *child = root->first; child && r >= 0; child = child->next) {
        r = check_stream_or_group(child, reterr);
    }
    return r;
}

int schema_check_layout(const struct yaml *root, struct error *reterr)
{
    return check_map(root, &schema_layout, reterr);
}
