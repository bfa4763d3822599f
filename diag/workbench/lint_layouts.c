/* What a valid layout says, but what is not there, or has no effect. */

#include "workbench/lint_layouts.h"

#include "base/near.h"
#include "format/format.h"
#include "layout/path_samples.h"
#include "state/state.h"

/* Issues are of a file, not of a rule. */
static const struct rule no_rule = { .id = "layouts" };

/* ---- names ---- */

static void add_unknown(struct lint_list *list, const char *code, const struct yaml *at,
                        const char *what, struct span near)
{
    if (span_empty(near)) {
        lint_add(list, code, &no_rule, at, "unknown %s '%.*s'", what, TEXT_OF(at->text));
    } else {
        lint_add(list, code, &no_rule, at, "unknown %s '%.*s', did you mean '%.*s'?", what,
                 TEXT_OF(at->text), TEXT_OF(near));
    }
}

static bool is_any(const struct yaml *name)
{
    return span_is(name->text, "any");
}

static void check_stream(struct lint_list *list, const struct yaml *name,
                         const struct streams *streams)
{
    struct span near = { 0 };

    if (!name || is_any(name) || streams_find(streams, name->text) >= 0) {
        return;
    }
    for (size_t i = 0; i < streams->n; i++) {
        near = near_better(name->text, near, span_of(streams->items[i].name));
    }
    add_unknown(list, "unknown-stream", name, "stream", near);
}

static void check_state(struct lint_list *list, const struct yaml *name)
{
    struct span near = { 0 };

    if (!name || is_any(name) || state_kind_find(name->text)) {
        return;
    }
    for (const struct state_kind *const *kind = state_kinds; *kind; kind++) {
        near = near_better(name->text, near, span_of((*kind)->name));
    }
    add_unknown(list, "unknown-state", name, "kind of state", near);
}

static void check_format(struct lint_list *list, const struct yaml *name)
{
    struct span near = { 0 };

    if (!name || format_find(name->text)) {
        return;
    }
    for (const struct format *const *format = formats; *format; format++) {
        near = near_better(name->text, near, span_of((*format)->name));
    }
    add_unknown(list, "unknown-format", name, "format", near);
}

/* ---- files that an earlier row takes ---- */

static bool matches_all(const struct path_glob *glob, const struct path_samples *samples)
{
    struct path_match match;
    size_t i = 0;

    while (i < samples->n && path_glob_matches(glob, span_of(samples->items[i]), &match)) {
        i++;
    }
    return i == samples->n;
}

/* The glob before this one that takes all that it matches; NULL: none. */
static const struct path_glob *find_cover(const struct layout *layout, size_t file, size_t path,
                                          const struct path_samples *samples)
{
    for (size_t i = 0; i <= file; i++) {
        const struct path_globs *globs = &layout->files[i].paths;
        size_t n = i < file ? globs->n : path;

        for (size_t k = 0; k < n; k++) {
            if (matches_all(globs->items[k], samples)) {
                return globs->items[k];
            }
        }
    }
    return NULL;
}

static void check_path(struct lint_list *list, const struct layout *layout, size_t file,
                       size_t path, const struct yaml *at)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    bool is_log = layout->files[file].use == LAYOUT_LOG;
    struct path_samples samples =
        path_samples_of(at->text, is_log ? PATH_GLOB_ROTATED : PATH_GLOB_WHOLE, arena);
    const struct path_glob *cover = find_cover(layout, file, path, &samples);

    if (cover) {
        lint_add(list, "shadowed", &no_rule, at,
                 "'%.*s' has no effect: '%.*s' is before it and takes the same files",
                 TEXT_OF(at->text), TEXT_OF(path_glob_text(cover)));
    }
}

static void check_file(struct lint_list *list, const struct layout *layout, size_t file,
                       const struct yaml *tree)
{
    size_t n;
    const struct yaml *path = yaml_items(yaml_get(tree, "path"), &n);

    for (size_t i = 0; i < n; i++, path = path->next) {
        check_path(list, layout, file, i, path);
    }
}

/* ---- signs ---- */

static bool has_path(const struct layout_sign *sign, struct span path)
{
    for (size_t i = 0; i < sign->paths.n; i++) {
        if (span_equal(path_glob_text(sign->paths.items[i]), path)) {
            return true;
        }
    }
    return false;
}

static bool is_same_sign(const struct layout_sign *one, const struct layout_sign *other)
{
    if (one->paths.n != other->paths.n || strcmp(one->contains, other->contains) != 0) {
        return false;
    }
    for (size_t i = 0; i < one->paths.n; i++) {
        if (!has_path(other, path_glob_text(one->paths.items[i]))) {
            return false;
        }
    }
    return true;
}

static bool has_sign(const struct layout *layout, const struct layout_sign *sign)
{
    for (size_t i = 0; i < layout->n_signs; i++) {
        if (is_same_sign(&layout->signs[i], sign)) {
            return true;
        }
    }
    return false;
}

static void check_sign(struct lint_list *list, const struct layout *layout, size_t sign,
                       const struct layouts *all, const struct yaml *at)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct layout *other = &all->items[i];

        if (strcmp(other->name, layout->name) != 0 && has_sign(other, &layout->signs[sign])) {
            lint_add(list, "shared-sign", &no_rule, at,
                     "'%s' has the same sign: a bundle can be of one kind only", other->name);
        }
    }
}

static void check_signs(struct lint_list *list, const struct layout *layout,
                        const struct layouts *all)
{
    const struct yaml *signs = yaml_get(layout->tree, "recognise");
    const struct yaml *at = signs ? signs->first : NULL;

    if (layout->n_signs == 0 && strcmp(layout->name, "any") != 0) {
        lint_add(list, "no-signs", &no_rule, layout->tree,
                 "no bundle is ever of the kind '%s'; add recognise", layout->name);
    }
    for (size_t i = 0; at; i++, at = at->next) {
        check_sign(list, layout, i, all, at);
    }
}

void lint_layout(struct lint_list *list, const struct layout *layout, const struct layouts *all,
                 const struct streams *streams)
{
    const struct yaml *file = yaml_get(layout->tree, "files")->first;

    check_signs(list, layout, all);
    for (size_t i = 0; i < layout->n_files; i++, file = file->next) {
        check_stream(list, yaml_get(file, "log"), streams);
        check_state(list, yaml_get(file, "state"));
        check_format(list, yaml_get(file, "format"));
        check_file(list, layout, i, file);
    }
}
