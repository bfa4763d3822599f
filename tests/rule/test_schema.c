/* The schema for editors says of every rule what the loader says: all rules fit it, and what the
 * loader refuses does not. The few keywords that the schema uses are checked here by themselves. */

#include "rule/schema.h"
#include "rule/schema_json.h"

#include "base/json.h"
#include "base/pattern.h"
#include "helpers/shipped_rules.h"
#include "rule/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static json_t *schema;

static bool fits(const struct yaml *node, const json_t *with);

/* YAML as we read it has texts only: what they could be counts. */
static bool has_type(const struct yaml *node, const char *type)
{
    int64_t number;

    if (strcmp(type, "object") == 0) {
        return node->type == YAML_MAP;
    }
    if (strcmp(type, "array") == 0) {
        return node->type == YAML_LIST;
    }
    if (strcmp(type, "integer") == 0) {
        return node->type == YAML_TEXT && span_to_int(node->text, &number);
    }
    if (strcmp(type, "boolean") == 0) {
        return span_is(node->text, "true") || span_is(node->text, "false");
    }
    return node->type == YAML_TEXT;
}

static bool fits_type(const struct yaml *node, const json_t *type)
{
    const json_t *one;
    size_t i;

    if (json_is_string(type)) {
        return has_type(node, json_string_value(type));
    }
    json_array_foreach(type, i, one)
    {
        if (has_type(node, json_string_value(one))) {
            return true;
        }
    }
    return !type;
}

static bool fits_enum(const struct yaml *node, const json_t *names)
{
    const json_t *name;
    size_t i;

    json_array_foreach(names, i, name)
    {
        if (span_is(node->text, json_string_value(name))) {
            return true;
        }
    }
    return !names;
}

static bool fits_pattern(const struct yaml *node, const json_t *text)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;

    if (!text || node->type != YAML_TEXT) {
        return true;
    }
    assert_int_equal(pattern_compile(span_of(json_string_value(text)), &pattern, NULL), 0);
    return pattern_match(pattern, node->text, 0) > 0;
}

static bool fits_bounds(const struct yaml *node, const json_t *with)
{
    const json_t *most = json_object_get(with, "maxProperties");
    int64_t number = 0;

    if (span_to_int(node->text, &number) &&
        number < json_integer_value(json_object_get(with, "minimum"))) {
        return false;
    }
    return node->n >= (size_t)json_integer_value(json_object_get(with, "minItems")) &&
           node->n >= (size_t)json_integer_value(json_object_get(with, "minProperties")) &&
           (!most || node->n <= (size_t)json_integer_value(most));
}

static bool fits_any(const struct yaml *node, const json_t *choices)
{
    const json_t *choice;
    size_t i;

    json_array_foreach(choices, i, choice)
    {
        if (fits(node, choice)) {
            return true;
        }
    }
    return !choices;
}

static bool fits_all(const struct yaml *node, const json_t *parts)
{
    const json_t *part;
    size_t i;

    json_array_foreach(parts, i, part)
    {
        if (!fits(node, part)) {
            return false;
        }
    }
    return true;
}

static bool has_keys(const struct yaml *node, const json_t *keys)
{
    const json_t *key;
    size_t i;

    json_array_foreach(keys, i, key)
    {
        if (!yaml_get(node, json_string_value(key))) {
            return false;
        }
    }
    return true;
}

static bool fits_children(const struct yaml *node, const json_t *with)
{
    const json_t *properties = json_object_get(with, "properties");
    const json_t *others = json_object_get(with, "additionalProperties");

    for (const struct yaml *child = node->first; child; child = child->next) {
        const json_t *part = node->type == YAML_LIST ? json_object_get(with, "items")
                                                     : json_object_get(properties, child->key.data);

        if (part || json_is_object(others) ? !fits(child, part ? part : others)
                                           : json_is_false(others)) {
            return false;
        }
    }
    return true;
}

static bool fits(const struct yaml *node, const json_t *with)
{
    if (json_object_get(with, "$ref")) { /* there is one thing to refer to */
        return fits(node, json_object_get(json_object_get(schema, "$defs"), "tree"));
    }
    return fits_type(node, json_object_get(with, "type")) &&
           fits_enum(node, json_object_get(with, "enum")) &&
           fits_pattern(node, json_object_get(with, "pattern")) &&
           fits_any(node, json_object_get(with, "anyOf")) &&
           fits_all(node, json_object_get(with, "allOf")) &&
           (node->type != YAML_MAP || has_keys(node, json_object_get(with, "required"))) &&
           fits_bounds(node, with) && fits_children(node, with);
}

static bool fits_schema(const struct yaml *root)
{
    if (!span_is(yaml_text(root, "disabled"), "true") &&
        !has_keys(root, json_object_get(json_object_get(schema, "else"), "required"))) {
        return false;
    }
    return fits(root, schema);
}

static int make_schema(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    (void)state;
    schema_json(&text);
    return json_read(buf_span(&text), &schema);
}

static int free_schema(void **state)
{
    (void)state;
    json_decref(schema);
    return 0;
}

static void every_rule_fits(void **state)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = shipped_rules();
    const struct rules *rules = rule_set_rules(set);

    (void)state;
    assert_true(rules->n > 0);
    for (size_t i = 0; i < rules->n; i++) {
        if (!fits_schema(rules->items[i].tree)) {
            fail_msg("%s does not fit the schema", rules->items[i].place.path);
        }
    }
}

static void refuses_what_the_loader_refuses(void **state)
{
    static const struct {
        const char *yaml;
        bool fits;
    } rows[] = {
#define RULE(more)                                                                                 \
    "title: T\nseverity: error\nexplain: E\n"                                                      \
    "signals: [{ name: a, stream: kubelet, pattern: some text, role: proof" more
        { RULE(" }]\n"), true },
        { RULE(", fatal: true }]\nsame: [host, unit]\n"), true },
        { RULE(" }]\nwhen: { any: [a, { count: { signal: a, at_least: 2, within: 5m } }] }\n"),
          true },
        { "disabled: true\n", true },
        { "disabled: false\n", false },
        { "title: T\n", false },
        { RULE(", colour: red }]\n"), false },
        { RULE(", fatal: maybe }]\n"), false },
        { RULE(", message_id: 12 }]\n"), false },
        { RULE(" }]\nsame: [house]\n"), false },
        { RULE(" }]\nsignal: a\n"), false },
        { RULE(" }]\nwhen: { any: [a, { count: { signal: a, at_least: 0 } }] }\n"), false },
        { RULE(" }]\nwhen: { any: [a, { count: { signal: a } }] }\n"), false },
        { RULE(" }]\nexplains: []\n"), false },
        { RULE(" }]\nexplains: [{ rule: x, within: long }]\n"), false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        const struct yaml *root;

        assert_int_equal(yaml_parse("r.yaml", span_of(rows[i].yaml), arena, &root, NULL), 0);
        if (fits_schema(root) != rows[i].fits ||
            (schema_check_rule(root, NULL) >= 0) != rows[i].fits) {
            fail_msg("row %zu: schema %d, loader %d", i, fits_schema(root),
                     schema_check_rule(root, NULL));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_fits),
        cmocka_unit_test(refuses_what_the_loader_refuses),
    };

    return cmocka_run_group_tests(tests, make_schema, free_schema);
}
