/* The rules that test and lint check.
 *
 *   nodecause lint rules/kubelet     loads the tree rules/, checks the files in kubelet/
 *   nodecause lint acme/one.yaml     in no tree: loads this file alone, as acme/one */

#include "workbench/checked_rules.h"

#include "base/file.h"
#include "base/limits.h"
#include "workbench/checked_layouts.h"
#include "workbench/rule_path.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct checked_paths {
    VEC(struct rule_path) list;
    struct rule_set *set;
    struct span root; /* of the tree that is being added */
};

/* ---- paths ---- */

static int add_paths(struct checked_paths *paths, const struct words *words,
                     const string_list *directories, struct error *reterr)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < words->n; i++) {
        r = rule_path_init(vec_add(&paths->list), words->items[i], directories, reterr);
    }
    return r;
}

static void free_paths(struct checked_paths *paths)
{
    for (size_t i = 0; i < paths->list.n; i++) {
        rule_path_done(&paths->list.items[i]);
    }
    vec_free(&paths->list);
}

/* Is the file of the tree in one of the paths? */
static bool is_checked(void *data, const char *name)
{
    struct checked_paths *paths = data;
    CLEANUP(buf_done_at) struct buf real = { 0 };
    bool found = false;

    buf_add(&real, paths->root);
    buf_printf(&real, "/%s", name);
    for (size_t i = 0; i < paths->list.n; i++) {
        if (rule_path_is_below(buf_span(&real), span_of(paths->list.items[i].real))) {
            paths->list.items[i].n_files++;
            found = true;
        }
    }
    return found;
}

/* ---- loading ---- */

static int add_tree(struct checked_paths *paths, const struct rule_path *path, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf directory = { 0 };
    struct rule_tree tree = { .below = path->below, .is_checked = is_checked, .data = paths };

    rule_path_add_root(&directory, path);
    tree.directory = directory.data;
    paths->root = path->root;
    return rule_set_add_tree(paths->set, &tree, reterr);
}

static int add_file(struct checked_paths *paths, struct rule_path *path, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(buf_done_at) struct buf id = { 0 };
    int r = file_read(path->word, LIMIT_RULE_FILE_BYTES, &text);

    if (r < 0) {
        return error_set_at(reterr, r, path->word, 0, 0, "%s", strerror(-r));
    }
    path->n_files++;
    rule_path_add_id(&id, path);
    return rule_set_add_text(paths->set, id.data, path->word, buf_span(&text),
                             /* with_tests= */ true, reterr);
}

/* --rules: its rules may be named by those that are checked, or are among them. */
static int add_directory(struct checked_paths *paths, const char *directory, struct error *reterr)
{
    const string_list itself = { .items = &directory, .n = 1 };
    struct rule_path path;
    int r = rule_path_init(&path, directory, &itself, reterr);

    if (r >= 0) {
        r = add_tree(paths, &path, reterr);
    }
    rule_path_done(&path);
    return r;
}

/* Did --rules or an earlier path load the same files? */
static bool is_loaded(const struct checked_paths *paths, const struct rule_path *path)
{
    for (const struct rule_path *other = paths->list.items; other < path; other++) {
        if (span_equal(other->root, path->root) && strcmp(other->below, path->below) == 0) {
            return true;
        }
    }
    return path->in_directories;
}

static int load(struct checked_paths *paths, const struct rule_options *options,
                struct error *reterr)
{
    int r = options->no_builtin ? 0 : rule_set_add_builtin(paths->set, reterr);

    for (size_t i = 0; r >= 0 && i < options->directories.n; i++) {
        r = add_directory(paths, options->directories.items[i], reterr);
    }
    for (size_t i = 0; r >= 0 && i < paths->list.n; i++) {
        struct rule_path *path = &paths->list.items[i];

        if (span_empty(path->root) && checked_layouts_is_file(path)) {
            continue;
        }
        if (span_empty(path->root)) {
            r = add_file(paths, path, reterr);
        } else if (!is_loaded(paths, path)) {
            r = add_tree(paths, path, reterr);
        }
    }
    return r;
}

static int check_found(const struct checked_paths *paths, struct error *reterr)
{
    for (size_t i = 0; i < paths->list.n; i++) {
        const struct rule_path *path = &paths->list.items[i];

        if (path->n_files == 0 && !checked_layouts_are_in(path)) {
            return error_set_at(reterr, -EINVAL, path->word, 0, 0, "no rule files (*.yaml) found");
        }
    }
    return 0;
}

int checked_rules_add(const struct rule_options *options, const struct words *words,
                      struct rule_set *set, struct error *reterr)
{
    const struct words directories = { options->directories.items, options->directories.n };
    struct checked_paths paths = { .set = set };
    int r;

    if (words->n == 0 && directories.n == 0) {
        return error_set(reterr, -EINVAL,
                         "name the rule files or directories to check; built-in rules have no "
                         "tests");
    }
    r = add_paths(&paths, words->n ? words : &directories, &options->directories, reterr);
    if (r >= 0) {
        r = load(&paths, options, reterr);
    }
    if (r >= 0) {
        r = check_found(&paths, reterr);
    }
    free_paths(&paths);
    return r;
}
