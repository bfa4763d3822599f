/* The rules that test and lint check.
 *
 *   nodecause lint rules/kubelet     loads the tree rules/, checks the files in kubelet/
 *   nodecause lint acme/one.yaml     in no tree: loads this file alone, as acme/one */

#define _XOPEN_SOURCE 700 /* realpath() */

#include "workbench/checked_rules.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PARENTS_MAX = 8 /* a tree of rules is not deeper */
};

/* A file or directory whose rules are checked. */
struct checked_path {
    const char *word;    /* as it was typed */
    char real[PATH_MAX]; /* absolute, without links */
    char root[PATH_MAX]; /* what ids are relative to; "": a file in no tree */
    const char *below;   /* the folder of `root` to load; "": all */
    size_t n_files;      /* that were found in it */
};

struct checked_paths {
    VEC(struct checked_path) list;
    struct rule_set *set;
    const char *root; /* of the tree that is being added */
};

/* ---- where ids begin ---- */

static bool is_below(const char *path, const char *directory)
{
    size_t n = strlen(directory);

    return strncmp(path, directory, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

static bool has_streams(const char *directory)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };

    buf_printf(&path, "%s/streams.yaml", directory);
    return access(path.data, F_OK) == 0;
}

static bool is_directory(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int is_rule_file(const struct dirent *item)
{
    return span_ends(span_of(item->d_name), SPAN(".yaml"));
}

static bool holds_rules(const char *directory)
{
    struct dirent **items;
    int n = scandir(directory, &items, is_rule_file, NULL);

    for (int i = 0; i < n; i++) {
        free(items[i]);
    }
    if (n >= 0) {
        free(items);
    }
    return n > 0;
}

/* Removes the last part; false at the top. */
static bool to_parent(char *path)
{
    char *slash = strrchr(path, '/');

    if (!slash || slash == path) {
        return false;
    }
    *slash = '\0';
    return true;
}

static bool find_tree(struct checked_path *path, const string_list *directories)
{
    for (size_t i = 0; i < directories->n; i++) {
        if (realpath(directories->items[i], path->root) && is_below(path->real, path->root)) {
            return true;
        }
    }
    (void)strcpy(path->root, path->real);
    for (int i = 0; i < PARENTS_MAX; i++) {
        if (has_streams(path->root)) {
            return true;
        }
        if (!to_parent(path->root)) {
            return false;
        }
    }
    return false;
}

/* In no tree, the id of a rule is the folder and the name of its file: a folder with rules is itself
 * the first part of their ids. */
static void find_root(struct checked_path *path, const string_list *directories)
{
    path->below = "";
    if (find_tree(path, directories)) {
        return;
    }
    (void)strcpy(path->root, path->real);
    if (!is_directory(path->real)) {
        path->root[0] = '\0';
    } else if (holds_rules(path->real) && to_parent(path->root)) {
        path->below = path->real + strlen(path->root) + 1;
    }
}

static int add_path(struct checked_paths *paths, const char *word, struct error *reterr)
{
    struct checked_path *path = vec_add(&paths->list);

    *path = (struct checked_path){ .word = word };
    if (!realpath(word, path->real)) {
        return error_set_at(reterr, -errno, word, 0, 0, "%s", strerror(errno));
    }
    if (!is_directory(word) && !span_ends(span_of(word), SPAN(".yaml"))) {
        return error_set_at(reterr, -EINVAL, word, 0, 0,
                            "the name of a rule file must end in .yaml");
    }
    return 0;
}

static int add_paths(struct checked_paths *paths, const struct words *words,
                     const string_list *directories, struct error *reterr)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < words->n; i++) {
        r = add_path(paths, words->items[i], reterr);
    }
    for (size_t i = 0; r >= 0 && i < paths->list.n; i++) { /* the list no longer moves */
        find_root(&paths->list.items[i], directories);
    }
    return r;
}

/* ---- loading ---- */

/* Is the file of the tree below one of the paths? */
static bool is_checked(void *data, const char *name)
{
    struct checked_paths *paths = data;
    CLEANUP(buf_done_at) struct buf real = { 0 };
    bool found = false;

    buf_printf(&real, "%s/%s", paths->root, name);
    for (size_t i = 0; i < paths->list.n; i++) {
        if (is_below(real.data, paths->list.items[i].real)) {
            paths->list.items[i].n_files++;
            found = true;
        }
    }
    return found;
}

/* The root for messages, as the user would type it: the word without what is below the root. */
static void add_shown_root(struct buf *out, const struct checked_path *path)
{
    struct span below = span_of(path->real + strlen(path->root)), word = span_of(path->word);

    while (word.size > 1 && word.data[word.size - 1] == '/') {
        word.size--;
    }
    if (span_ends(word, below)) {
        buf_add(out, span_head(word, word.size - below.size));
    } else if (span_equal(word, span_skip(below, 1))) {
        buf_add_byte(out, '.');
    } else {
        buf_add_string(out, path->root);
    }
}

static int add_tree(struct checked_paths *paths, const struct checked_path *path,
                    struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf directory = { 0 };
    struct rule_tree tree = { .below = path->below, .is_checked = is_checked, .data = paths };

    add_shown_root(&directory, path);
    tree.directory = directory.data;
    paths->root = path->root;
    return rule_set_add_tree(paths->set, &tree, reterr);
}

/* `acme/one` of /home/me/acme/one.yaml */
static void add_id(struct buf *id, struct span real)
{
    size_t at = real.size;

    for (int n_slashes = 0; at > 0; at--) {
        n_slashes += real.data[at - 1] == '/';
        if (n_slashes == 2) {
            break;
        }
    }
    buf_add(id, span_head(span_skip(real, at), real.size - at - strlen(".yaml")));
}

static int add_file(struct checked_paths *paths, struct checked_path *path, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(buf_done_at) struct buf id = { 0 };
    FILE *file = fopen(path->word, "re");
    size_t n;

    if (!file) {
        return error_set_at(reterr, -errno, path->word, 0, 0, "%s", strerror(errno));
    }
    while ((n = fread(buf_reserve(&text, BUFSIZ), 1, BUFSIZ, file)) > 0) {
        text.size += n;
    }
    (void)fclose(file);
    path->n_files++;
    add_id(&id, span_of(path->real));
    return rule_set_add_text(paths->set, id.data, path->word, buf_span(&text),
                             /* with_tests= */ true, reterr);
}

/* Did an earlier path, or a directory of --rules, load the same files? */
static bool is_loaded(const struct checked_paths *paths, size_t at)
{
    const struct checked_path *path = &paths->list.items[at];

    for (size_t i = 0; i < at; i++) {
        if (strcmp(paths->list.items[i].root, path->root) == 0 &&
            strcmp(paths->list.items[i].below, path->below) == 0) {
            return path->root[0] != '\0';
        }
    }
    return false;
}

/* --rules: its rules are context for those that are checked, or among them. */
static int add_directory(struct checked_paths *paths, const char *directory, struct error *reterr)
{
    struct checked_path tree = { .word = directory, .below = "" };

    if (!realpath(directory, tree.real)) {
        return error_set_at(reterr, -errno, directory, 0, 0, "%s", strerror(errno));
    }
    (void)strcpy(tree.root, tree.real);
    return add_tree(paths, &tree, reterr);
}

static bool is_directory_root(const string_list *directories, const char *root)
{
    char real[PATH_MAX];

    for (size_t i = 0; i < directories->n; i++) {
        if (realpath(directories->items[i], real) && strcmp(real, root) == 0) {
            return true;
        }
    }
    return false;
}

static int load(struct checked_paths *paths, const struct rule_options *options,
                struct error *reterr)
{
    int r = options->no_builtin ? 0 : rule_set_add_builtin(paths->set, reterr);

    for (size_t i = 0; r >= 0 && i < options->directories.n; i++) {
        r = add_directory(paths, options->directories.items[i], reterr);
    }
    for (size_t i = 0; r >= 0 && i < paths->list.n; i++) {
        struct checked_path *path = &paths->list.items[i];

        if (!path->root[0]) {
            r = add_file(paths, path, reterr);
        } else if (!is_loaded(paths, i) && !is_directory_root(&options->directories, path->root)) {
            r = add_tree(paths, path, reterr);
        }
    }
    return r;
}

static int check_found(const struct checked_paths *paths, struct error *reterr)
{
    for (size_t i = 0; i < paths->list.n; i++) {
        if (paths->list.items[i].n_files == 0) {
            return error_set_at(reterr, -EINVAL, paths->list.items[i].word, 0, 0,
                                "no rule files (*.yaml) found");
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
    vec_free(&paths.list);
    return r;
}
