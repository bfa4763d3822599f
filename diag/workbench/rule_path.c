/* Where the ids of the rules of a path begin.
 *
 *   rules/kubelet    in rules/, which has streams.yaml: kubelet/swap-enabled
 *   acme             in no tree: acme/one, since the folder holds rules
 *   acme/one.yaml    in no tree: acme/one */

#define _DEFAULT_SOURCE /* realpath */

#include "workbench/rule_path.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PARENTS_MAX = 8 /* a tree of rules is not deeper */
};

/* ---- the file system ---- */

static bool is_directory(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool has_streams(struct span directory)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };

    buf_add(&path, directory);
    buf_add_string(&path, "/streams.yaml");
    return access(path.data, F_OK) == 0;
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

/* ---- the root ---- */

/* Without the last part; empty at the top. */
static struct span parent_of(struct span path)
{
    while (path.size > 0 && path.data[path.size - 1] != '/') {
        path.size--;
    }
    return span_head(path, path.size > 0 ? path.size - 1 : 0);
}

bool rule_path_is_below(struct span path, struct span directory)
{
    return span_starts(path, directory) &&
           (path.size == directory.size || path.data[directory.size] == '/');
}

static struct span find_directory(struct span real, const string_list *directories)
{
    for (size_t i = 0; i < directories->n; i++) {
        char *directory = realpath(directories->items[i], NULL);
        size_t size = directory ? strlen(directory) : 0;
        bool found = directory && rule_path_is_below(real, span_of(directory));

        free(directory);
        if (found) {
            return span_head(real, size);
        }
    }
    return (struct span){ 0 };
}

static struct span find_streams(struct span real)
{
    for (int i = 0; i < PARENTS_MAX && !span_empty(real); i++) {
        if (has_streams(real)) {
            return real;
        }
        real = parent_of(real);
    }
    return (struct span){ 0 };
}

static void find_root(struct rule_path *path, const string_list *directories)
{
    struct span real = span_of(path->real);

    path->root = find_directory(real, directories);
    path->in_directories = !span_empty(path->root);
    if (span_empty(path->root)) {
        path->root = find_streams(real);
    }
    if (!span_empty(path->root) || !is_directory(path->real)) {
        return;
    }
    path->root = real;
    if (holds_rules(path->real) && !span_empty(parent_of(real))) {
        path->root = parent_of(real);
        path->below = path->real + path->root.size + 1;
    }
}

int rule_path_init(struct rule_path *path, const char *word, const string_list *directories,
                   struct error *reterr)
{
    *path = (struct rule_path){ .word = word, .real = realpath(word, NULL), .below = "" };
    if (!path->real) {
        return error_set_at(reterr, -errno, word, 0, 0, "%s", strerror(errno));
    }
    if (!is_directory(path->real) && !span_ends(span_of(word), SPAN(".yaml"))) {
        return error_set_at(reterr, -EINVAL, word, 0, 0,
                            "the name of a rule file must end in .yaml");
    }
    find_root(path, directories);
    return 0;
}

void rule_path_done(struct rule_path *path)
{
    free(path->real);
}

/* ---- names ---- */

/* The word without what is below the root. */
void rule_path_add_root(struct buf *out, const struct rule_path *path)
{
    struct span below = span_skip(span_of(path->real), path->root.size);
    struct span word = span_of(path->word);

    while (word.size > 1 && word.data[word.size - 1] == '/') {
        word.size--;
    }
    if (span_ends(word, below)) {
        buf_add(out, span_head(word, word.size - below.size));
    } else if (span_equal(word, span_skip(below, 1))) {
        buf_add_byte(out, '.');
    } else {
        buf_add(out, path->root);
    }
}

void rule_path_add_id(struct buf *out, const struct rule_path *path)
{
    struct span real = span_of(path->real);
    struct span before = parent_of(parent_of(real));
    struct span id = span_skip(real, before.size + 1);

    buf_add(out, span_head(id, id.size - strlen(".yaml")));
}
