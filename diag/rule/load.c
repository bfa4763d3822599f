/* A set of rules: files are added one by one, then names between them are resolved.
 *
 * The id of rules/kubelet/swap-enabled.yaml is kubelet/swap-enabled. */

#include "rule/load.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/map.h"
#include "rule/build.h"
#include "rule/builtin.h"
#include "rule/include.h"
#include "rule/resolve.h"
#include "rule/rule_files.h"
#include "rule/schema.h"
#include "rule/streams_load.h"
#include "rule/unit_pattern.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

struct rule_set {
    struct arena *arena;
    struct map *ids; /* id to struct built_rule, the last one that was added */
    struct pattern_table patterns;
    struct stream_table streams;
    struct include_table includes;
    struct rules rules;
    bool only_builtin; /* builtin_tables, and nothing that could replace a part of them */
    void (*on_error)(void *data, const struct error *error); /* NULL: the first error ends it */
    void *data;
};

/* Where files come from and how they are treated. */
struct origin_of_rules {
    const char *name;
    struct build_options options;
};

struct rule_set *rule_set_new(void)
{
    struct rule_set *set = ALLOC(struct rule_set);

    set->arena = arena_new();
    set->ids = map_new();
    return set;
}

void rule_set_free(struct rule_set *set)
{
    if (!set) {
        return;
    }
    vec_free(&set->patterns.list);
    vec_free(&set->patterns.units);
    vec_free(&set->includes.parts);
    vec_free(&set->streams.list);
    vec_free(&set->streams.groups);
    vec_free(&set->streams.trees);
    map_free(set->ids);
    arena_free(set->arena);
    free(set);
}

void rule_set_on_error(struct rule_set *set,
                       void (*on_error)(void *data, const struct error *error), void *data)
{
    set->on_error = on_error;
    set->data = data;
}

/* Passes the error to on_error and continues; without on_error returns it to the caller. */
static int report(const struct rule_set *set, int r, const struct error *error,
                  struct error *reterr)
{
    if (r < 0 && set->on_error) {
        set->on_error(set->data, error);
        return 0;
    }
    if (r < 0 && reterr && !reterr->text[0]) {
        *reterr = *error;
    }
    return r;
}

/* `kubelet/swap-enabled.yaml` without its ending. */
static struct span id_of_path(struct span path)
{
    struct span ending = SPAN(".yaml");

    if (span_ends(path, ending)) {
        path.size -= ending.size;
    }
    return path;
}

static int add_rule(struct rule_set *set, const struct origin_of_rules *origin, struct span id,
                    const struct yaml *root, struct error *reterr)
{
    struct built_rule *rule = ARENA_NEW(set->arena, struct built_rule);
    int r;

    if (map_size(set->ids) >= LIMIT_RULES && !map_find(set->ids, id)) {
        return yaml_error(root, reterr, "more than %d rules", LIMIT_RULES);
    }
    r = schema_check_rule(root, reterr);
    if (r >= 0) {
        r = includes_expand(&set->includes, root, set->arena, &root, reterr);
    }
    if (r < 0) {
        return r;
    }
    rule->rule.id = arena_string(set->arena, id);
    rule->rule.origin = arena_string(set->arena, span_of(origin->name));
    r = build_rule(root, &origin->options, set->arena, &set->patterns, rule, reterr);
    if (r < 0) {
        return r;
    }
    rule->idle = rule->disabled && !map_find(set->ids, id);
    *map_at(set->ids, id) = rule;
    return 0;
}

/* A broken rule is kept as a disabled one, because others may refer to it. */
static void add_broken(struct rule_set *set, struct span id)
{
    struct built_rule *rule = ARENA_NEW(set->arena, struct built_rule);

    rule->rule.id = arena_string(set->arena, id);
    rule->disabled = true;
    *map_at(set->ids, id) = rule;
}

static int load_text(struct rule_set *set, const struct origin_of_rules *origin, struct span name,
                     const char *path, struct span yaml, struct error *reterr)
{
    const struct yaml *root;
    int r;

    r = yaml_parse(path, yaml, set->arena, &root, reterr);
    if (r < 0) {
        return r;
    }
    if (rule_file_is_common(name)) {
        return includes_load(root, set->arena, &set->includes, reterr);
    }
    if (rule_file_is_streams(name)) {
        return streams_load(root, set->arena, &set->streams, reterr);
    }
    return add_rule(set, origin, id_of_path(name), root, reterr);
}

/* `name` is the path below the directory: `kubelet/swap-enabled.yaml`, `streams.yaml`. */
static int add_file(struct rule_set *set, const struct origin_of_rules *origin, struct span name,
                    const char *path, struct span yaml, struct error *reterr)
{
    struct error error = { 0 };
    int r = load_text(set, origin, name, path, yaml, &error);

    if (r < 0 && set->on_error && !rule_file_is_common(name) && !rule_file_is_streams(name)) {
        add_broken(set, id_of_path(name));
    }
    return report(set, r, &error, reterr);
}

/* ---- built-in rules ---- */

static const struct origin_of_rules builtin_origin = { "built in", { .trusted = true } };

/* Adds the texts that `wanted` selects by their names. */
static int add_builtin_texts(struct rule_set *set, bool (*wanted)(struct span name),
                             struct error *reterr)
{
    for (const struct builtin_rule *rule = builtin_rules; rule->path; rule++) {
        struct span name = span_of(rule->path);
        int r = wanted(name)
                    ? add_file(set, &builtin_origin, name, rule->path, span_of(rule->yaml), reterr)
                    : 0;

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static bool is_not_common(struct span name)
{
    return !rule_file_is_common(name) && !rule_file_is_other(name);
}

int rule_set_add_builtin_texts(struct rule_set *set, struct error *reterr)
{
    int r = add_builtin_texts(set, rule_file_is_common, reterr);

    return r < 0 ? r : add_builtin_texts(set, is_not_common, reterr);
}

int rule_set_add_builtin(struct rule_set *set, struct error *reterr)
{
    (void)reterr;
    assert(map_size(set->ids) == 0 && set->patterns.list.n == 0);
    set->only_builtin = true;
    return 0;
}

/* A place in a built-in text, for a message about it. */
static const struct yaml *node_at(struct arena *arena, const struct place *place)
{
    struct yaml_file *file = ARENA_NEW(arena, struct yaml_file);
    struct yaml *node = ARENA_NEW(arena, struct yaml);

    file->path = place->path;
    node->file = file;
    node->line = place->line;
    node->column = place->column;
    return node;
}

static void add_builtin_patterns(struct rule_set *set)
{
    for (size_t i = 0; i < builtin_tables.n_patterns; i++) {
        const struct rule_pattern *pattern = &builtin_tables.patterns[i];

        vec_push(&set->patterns.list, *pattern);
        if (!span_empty(pattern->units)) {
            vec_push(&set->patterns.units,
                     (struct unit_condition){ (uint32_t)i, node_at(set->arena, &pattern->place) });
        }
    }
}

static void add_builtin_tables(struct rule_set *set)
{
    add_builtin_patterns(set);
    for (size_t i = 0; i < builtin_tables.n; i++) {
        struct built_rule *rule = ARENA_NEW(set->arena, struct built_rule);

        rule->rule = builtin_tables.items[i];
        rule->trusted = true;
        rule->linked = true;
        *map_at(set->ids, span_of(rule->rule.id)) = rule;
    }
    for (size_t i = 0; i < builtin_tables.n_disabled; i++) {
        add_broken(set, span_of(builtin_tables.disabled[i].id));
    }
}

/* Before any other file, which can replace a rule, a stream or a part that rules include. Streams and
 * parts are needed with their names, which only their texts have. */
static int open_builtin(struct rule_set *set, struct error *reterr)
{
    int r;

    if (!set->only_builtin) {
        return 0;
    }
    set->only_builtin = false;
    add_builtin_tables(set);
    r = add_builtin_texts(set, rule_file_is_common, reterr);
    return r < 0 ? r : add_builtin_texts(set, rule_file_is_streams, reterr);
}

int rule_set_add_text(struct rule_set *set, const char *id, const char *path, struct span yaml,
                      bool with_tests, struct error *reterr)
{
    const struct origin_of_rules origin = { "text",
                                            { .with_tests = with_tests, .checked = with_tests } };
    int r = open_builtin(set, reterr);

    return r < 0 ? r : add_file(set, &origin, span_of(id ? id : path), path, yaml, reterr);
}

/* ---- directories ---- */

static int add_listed(struct rule_set *set, const struct origin_of_rules *origin, const char *name,
                      const char *path, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct error error = { 0 };
    int r;

    r = rule_file_read(path, &text, &error);
    if (r >= 0) {
        r = add_file(set, origin, span_of(name), path, buf_span(&text), reterr);
    } else {
        r = report(set, r, &error, reterr);
    }
    return r;
}

/* The rule that it would replace stays. */
static void skip_listed(struct rule_set *set, struct span name)
{
    if (!rule_file_is_common(name) && !rule_file_is_streams(name) &&
        !map_find(set->ids, id_of_path(name))) {
        add_broken(set, id_of_path(name));
    }
}

static int add_or_skip(struct rule_set *set, const struct rule_tree *tree,
                       const struct origin_of_rules *origin, const char *name, struct error *reterr)
{
    char *path = rule_file_path(tree->directory, name);
    int r = open_builtin(set, reterr);

    if (r < 0) {
        free(path);
        return r;
    }
    if (tree->is_skipped && tree->is_skipped(tree->data, path)) {
        skip_listed(set, span_of(name));
    } else {
        r = add_listed(set, origin, name, path, reterr);
    }
    free(path);
    return r;
}

int rule_set_add_tree(struct rule_set *set, const struct rule_tree *tree, struct error *reterr)
{
    struct origin_of_rules origin = { tree->directory, { .with_tests = tree->is_checked } };
    struct rule_files files = { 0 };
    int r = rule_files_list(tree->directory, tree->below, &files, reterr);

    for (size_t i = 0; r >= 0 && i < files.names.n; i++) {
        const char *name = files.names.items[i];

        origin.options.checked = tree->is_checked && tree->is_checked(tree->data, name);
        r = add_or_skip(set, tree, &origin, name, reterr);
    }
    rule_files_done(&files);
    return r;
}

static bool check_all(void *data, const char *name)
{
    (void)data;
    (void)name;
    return true;
}

int rule_set_add_directory(struct rule_set *set, const char *directory, bool with_tests,
                           struct error *reterr)
{
    const struct rule_tree tree = {
        .directory = directory,
        .below = "",
        .is_checked = with_tests ? check_all : NULL,
    };

    return rule_set_add_tree(set, &tree, reterr);
}

/* ---- the whole set ---- */

static int compare_built(const void *a, const void *b)
{
    return strcmp(((const struct built_rule *)a)->rule.id, ((const struct built_rule *)b)->rule.id);
}

/* The enabled rules in the order of ids; ids of the disabled ones. */
static struct built_rule *sort_built(struct rule_set *set, size_t *ret_n,
                                     struct disabled_rule *disabled, size_t *ret_n_disabled)
{
    size_t n = map_size(set->ids);
    struct built_rule *built = ARENA_ARRAY(set->arena, struct built_rule, n);
    size_t used = 0, off = 0;

    for (size_t i = 0; i < n; i++) {
        const struct built_rule *rule = map_value(set->ids, i);

        if (rule->disabled) {
            disabled[off++] = (struct disabled_rule){ rule->rule.id, rule->rule.place, rule->idle };
        } else {
            built[used++] = *rule;
        }
    }
    if (used) {
        qsort(built, used, sizeof(*built), compare_built);
    }
    *ret_n = used;
    *ret_n_disabled = off;
    return built;
}

static void set_items(struct rules *rules, const struct built_rule *built, struct arena *arena)
{
    struct rule *items = ARENA_ARRAY(arena, struct rule, rules->n);

    for (size_t i = 0; i < rules->n; i++) {
        items[i] = built[i].rule;
    }
    rules->items = items;
}

/* Rule by rule, so that each can report its error. */
static int resolve_all(struct rule_set *set, const struct resolver *resolver, struct error *reterr)
{
    struct error error = { 0 };
    int r = 0;

    for (size_t i = 0; r >= 0 && i < set->rules.n; i++) {
        error = (struct error){ 0 };
        r = report(set, resolve_names(resolver, &resolver->built[i], &error), &error, reterr);
    }
    if (r < 0) {
        return r;
    }
    error = (struct error){ 0 };
    return report(set, resolve_cycles(resolver, &error), &error, reterr);
}

/* streams.yaml is complete: the texts of the patterns that it gives. */
static int resolve_units(struct rule_set *set, struct error *reterr)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < set->patterns.units.n; i++) {
        const struct unit_condition *condition = &set->patterns.units.items[i];
        struct error error = { 0 };

        r = unit_pattern(condition->at, &set->streams, set->arena,
                         &set->patterns.list.items[condition->pattern], &error);
        r = report(set, r, &error, reterr);
    }
    return r;
}

int rule_set_finish(struct rule_set *set, struct error *reterr)
{
    struct disabled_rule *disabled =
        ARENA_ARRAY(set->arena, struct disabled_rule, map_size(set->ids));
    struct resolver resolver = { .rules = &set->rules, .arena = set->arena };
    int r;

    if (set->only_builtin) {
        set->rules = builtin_tables;
        return 0;
    }
    set->rules.streams = (struct streams){ set->streams.list.items, set->streams.list.n };
    set->rules.patterns = set->patterns.list.items;
    set->rules.n_patterns = set->patterns.list.n;
    resolver.built = sort_built(set, &set->rules.n, disabled, &set->rules.n_disabled);
    set->rules.disabled = disabled;
    set_items(&set->rules, resolver.built, set->arena);
    r = resolve_units(set, reterr);
    if (r >= 0) {
        r = resolve_all(set, &resolver, reterr);
    }
    set_items(&set->rules, resolver.built, set->arena);
    return r;
}

void rule_set_set_skipped(struct rule_set *set, const struct error *errors, size_t n)
{
    struct error *copies = ARENA_ARRAY(set->arena, struct error, n);

    for (size_t i = 0; i < n; i++) {
        copies[i] = errors[i];
    }
    set->rules.skipped = copies;
    set->rules.n_skipped = n;
}

const struct rules *rule_set_rules(const struct rule_set *set)
{
    return &set->rules;
}

const struct yaml *const *rule_set_stream_trees(const struct rule_set *set)
{
    return set->streams.trees.items;
}
