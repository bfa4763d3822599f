/* The JSON Schemas of rule files and layouts, for editors. */

#include "rule/schema_json.h"

#include "rule/schema_keys.h"
#include "signal/fact.h"

static void add_map(struct buf *buf, const struct schema_map *map);

static void add_strings(struct buf *buf, const char *const *strings)
{
    buf_add_string(buf, "\"enum\":[");
    for (size_t i = 0; strings[i]; i++) {
        buf_printf(buf, "%s\"%s\"", i ? "," : "", strings[i]);
    }
    buf_add_string(buf, "]");
}

static void add_fact_types(struct buf *buf)
{
    const char *names[FACT_TYPES + 1] = { 0 };

    for (unsigned i = 0; i < FACT_TYPES; i++) {
        names[i] = fact_type_name((enum fact_type)i);
    }
    add_strings(buf, names);
}

/* The tree contains itself, so it is a definition that others refer to. */
static void add_reference(struct buf *buf, const struct schema_map *map)
{
    if (map == &schema_tree) {
        buf_add_string(buf, "{\"$ref\":\"#/$defs/tree\"}");
    } else {
        add_map(buf, map);
    }
}

static void add_fact(struct buf *buf, const struct schema_map *map)
{
    buf_add_string(buf, "\"anyOf\":[{");
    add_fact_types(buf);
    buf_add_string(buf, "},{\"type\":\"array\",\"minItems\":1,\"maxItems\":1,\"items\":{");
    add_fact_types(buf);
    buf_add_string(buf, "}},");
    add_map(buf, map);
    buf_add_string(buf, "]");
}

/* The keywords of one value, without braces. */
static void add_keywords(struct buf *buf, const struct schema_key *key)
{
    switch (key->value) {
    case CHOICE:
        add_strings(buf, key->choices);
        break;
    case FACT_TYPE:
        add_fact_types(buf);
        break;
    case TEXTS:
        buf_printf(buf, "\"type\":\"object\",\"additionalProperties\":{%s}",
                   text_values[TEXT].json);
        break;
    case ANY_MAPS:
        buf_add_string(buf, "\"type\":\"object\",\"additionalProperties\":");
        add_map(buf, key->map);
        break;
    case FACT:
        buf_add_string(buf, "\"type\":\"object\",\"additionalProperties\":{");
        add_fact(buf, key->map);
        buf_add_string(buf, "}");
        break;
    case MAP:
        buf_add_string(buf, "\"allOf\":[");
        add_map(buf, key->map);
        buf_add_string(buf, "]");
        break;
    case TREE:
    case NAME_OR_MAP:
        buf_printf(buf, "\"anyOf\":[{%s},", text_values[WORD].json);
        add_reference(buf, key->map);
        buf_add_string(buf, "]");
        break;
    default:
        buf_add_string(buf, text_values[key->value].json);
    }
}

static void add_key(struct buf *buf, const struct schema_key *key)
{
    buf_printf(buf, "\"%s\":{\"description\":\"%s\",", key->name, key->summary);
    if (key->shape == ONE_OR_MANY) {
        buf_add_string(buf, "\"anyOf\":[{");
        add_keywords(buf, key);
        buf_add_string(buf, "},{\"type\":\"array\",\"minItems\":1,\"items\":{");
        add_keywords(buf, key);
        buf_add_string(buf, "}}]}");
    } else if (key->shape == MANY) {
        buf_add_string(buf, "\"type\":\"array\",\"minItems\":1,\"items\":{");
        add_keywords(buf, key);
        buf_add_string(buf, "}}");
    } else {
        add_keywords(buf, key);
        buf_add_string(buf, "}");
    }
}

static void add_required(struct buf *buf, const struct schema_map *map)
{
    bool first = true;

    buf_add_string(buf, "\"required\":[");
    for (size_t i = 0; i < map->n_keys; i++) {
        if (!map->keys[i].required) {
            continue;
        }
        buf_printf(buf, "%s\"%s\"", first ? "" : ",", map->keys[i].name);
        first = false;
    }
    buf_add_string(buf, "]");
}

/* What both a map and the whole file begin with, without braces. */
static void add_properties(struct buf *buf, const struct schema_map *map)
{
    buf_add_string(buf, "\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
    for (size_t i = 0; i < map->n_keys; i++) {
        if (i) {
            buf_add_byte(buf, ',');
        }
        add_key(buf, &map->keys[i]);
    }
    buf_add_string(buf, "},");
}

static void add_map(struct buf *buf, const struct schema_map *map)
{
    buf_add_byte(buf, '{');
    add_properties(buf, map);
    if (map->one_key) {
        buf_add_string(buf, "\"minProperties\":1,\"maxProperties\":1");
    } else {
        add_required(buf, map);
    }
    buf_add_byte(buf, '}');
}

static void add_head(struct buf *buf, const char *title)
{
    buf_printf(buf,
               "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
               "\"title\":\"%s\",",
               title);
}

void schema_json(struct buf *buf)
{
    add_head(buf, "a rule of nodecause");
    buf_add_string(buf, "\"$defs\":{\"tree\":");
    add_map(buf, &schema_tree);
    buf_add_string(buf, "},");
    add_properties(buf, &schema_rule);
    buf_add_string(buf, "\"if\":{\"properties\":{\"disabled\":{\"const\":true}},"
                        "\"required\":[\"disabled\"]},\"else\":{");
    add_required(buf, &schema_rule);
    buf_add_string(buf, "}}\n");
}

void schema_json_layout(struct buf *buf)
{
    add_head(buf, "a layout of nodecause");
    add_properties(buf, &schema_layout);
    add_required(buf, &schema_layout);
    buf_add_string(buf, "}\n");
}
