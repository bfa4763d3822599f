/* The layouts that lint checks: in the folder layouts/ of a tree of rules. */

#define _DEFAULT_SOURCE /* realpath */

#include "workbench/checked_layouts.h"

#include "rule/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct layouts_wanted {
    VEC(struct rule_path) paths;
    VEC(char *) directories; /* that have a folder layouts/; ends with NULL */
};

static const char folder_name[] = "/layouts";

bool checked_layouts_is_file(const struct rule_path *path)
{
    struct span real = span_of(path->real);
    size_t at = (size_t)(strrchr(path->real, '/') - path->real);

    return span_ends(span_head(real, at), SPAN("/layouts")) && span_ends(real, SPAN(".yaml"));
}

bool checked_layouts_are_in(const struct rule_path *path)
{
    CLEANUP(buf_done_at) struct buf folder = { 0 };
    struct stat info;

    buf_printf(&folder, "%s%s", path->real, folder_name);
    return span_find(span_of(path->real), SPAN("/layouts")) >= 0 || stat(folder.data, &info) == 0;
}

/* The directory of rules that the path is in, as the user would type it. */
static void add_root(struct layouts_wanted *wanted, const struct rule_path *path)
{
    struct buf root = { 0 };

    if (!span_empty(path->root)) {
        rule_path_add_root(&root, path);
    } else if (checked_layouts_is_file(path)) {
        buf_printf(&root, "%.*s",
                   (int)(strrchr(path->real, '/') - path->real - strlen(folder_name)), path->real);
    } else {
        return;
    }
    vec_push(&wanted->directories, alloc_string(root.data));
    buf_done(&root);
}

static int find_directories(struct layouts_wanted *wanted, const struct rule_options *options,
                            const struct words *words, struct error *reterr)
{
    int r = 0;

    for (size_t i = 0; i < options->directories.n; i++) {
        vec_push(&wanted->directories, alloc_string(options->directories.items[i]));
    }
    for (size_t i = 0; r >= 0 && i < words->n; i++) {
        r = rule_path_init(vec_add(&wanted->paths), words->items[i], &options->directories, reterr);
        if (r >= 0) {
            add_root(wanted, &wanted->paths.items[i]);
        }
    }
    vec_push(&wanted->directories, NULL);
    return r;
}

static bool is_checked(const struct layouts_wanted *wanted, const struct layout *layout)
{
    char *real = realpath(layout->tree->file->path, NULL);
    bool found = false;

    for (size_t i = 0; real && !found && i < wanted->paths.n; i++) {
        found = rule_path_is_below(span_of(real), span_of(wanted->paths.items[i].real));
    }
    free(real);
    return found;
}

static int load(const struct layouts_wanted *wanted, const struct rule_options *options,
                struct checked_layouts *ret, struct error *reterr)
{
    const struct rule_search search = {
        .no_builtin = options->no_builtin,
        .path = "",
        .directories = (const char *const *)wanted->directories.items,
    };
    int r = layout_search_load(&search, &ret->all, reterr);
    struct layouts layouts = layout_set_layouts(ret->all.set);

    for (size_t i = 0; i < layouts.n; i++) {
        if (is_checked(wanted, &layouts.items[i])) {
            vec_push(&ret->items, &layouts.items[i]);
        }
    }
    return r;
}

static void done(struct layouts_wanted *wanted)
{
    for (size_t i = 0; i < wanted->paths.n; i++) {
        rule_path_done(&wanted->paths.items[i]);
    }
    for (size_t i = 0; i < wanted->directories.n; i++) {
        free(wanted->directories.items[i]);
    }
    vec_free(&wanted->paths);
    vec_free(&wanted->directories);
}

int checked_layouts_load(const struct rule_options *options, const struct words *words,
                         struct checked_layouts *ret, struct error *reterr)
{
    const struct words directories = { options->directories.items, options->directories.n };
    struct layouts_wanted wanted = { 0 };
    int r;

    *ret = (struct checked_layouts){ 0 };
    r = find_directories(&wanted, options, words->n ? words : &directories, reterr);
    if (r >= 0) {
        r = load(&wanted, options, ret, reterr);
    }
    done(&wanted);
    return r;
}

void checked_layouts_done(struct checked_layouts *layouts)
{
    layout_search_done(&layouts->all);
    vec_free(&layouts->items);
}
