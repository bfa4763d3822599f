/* The rules of a run, from all places where they can be.
 *
 * A bad file is skipped and everything is loaded again without it: what it had already changed
 * (streams, common parts, names that others refer to) is gone with it. Bad files are rare, and
 * loading takes milliseconds. */

#define _GNU_SOURCE /* secure_getenv */
#include "rule/rule_search.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/vec.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SKIPPED_MAX = 64 /* with more bad files than that, something else is wrong */
};

struct loading {
    const struct rule_search *search;
    struct rule_set *set;
    VEC(struct error) skipped;
    struct error error; /* of the directory that could not be added */
};

/* --- what is skipped --- */

static bool is_skipped(void *data, const char *path)
{
    const struct loading *loading = data;

    for (size_t i = 0; i < loading->skipped.n; i++) {
        if (strcmp(loading->skipped.items[i].path, path) == 0) {
            return true;
        }
    }
    return false;
}

static void skip(void *data, const struct error *error)
{
    struct loading *loading = data;
    const struct rule_search *search = loading->search;

    if (is_skipped(loading, error->path) || loading->skipped.n >= SKIPPED_MAX) {
        return;
    }
    vec_push(&loading->skipped, *error);
    if (search->on_skip) {
        search->on_skip(search->data, error);
    }
}

/* --- places --- */

static int add_directory(struct loading *loading, const char *directory)
{
    const struct rule_tree tree = {
        .directory = directory,
        .below = "",
        .is_skipped = is_skipped,
        .data = loading,
    };

    return rule_set_add_tree(loading->set, &tree, &loading->error);
}

static bool exists(const char *directory)
{
    struct stat info;

    return stat(directory, &info) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* One of the system's directories. It is not the user's fault when it cannot be read. */
static int add_system_directory(struct loading *loading, const char *directory)
{
    int r;

    if (!exists(directory) || is_skipped(loading, directory)) {
        return 0;
    }
    r = add_directory(loading, directory);
    if (r >= 0 || loading->search->strict) {
        return r;
    }
    (void)snprintf(loading->error.path, sizeof(loading->error.path), "%s", directory);
    skip(loading, &loading->error);
    loading->error = (struct error){ 0 };
    return 0;
}

static int add_place(void *data, const char *directory, bool is_system)
{
    return is_system ? add_system_directory(data, directory) : add_directory(data, directory);
}

static void add_default_path(struct buf *path)
{
    const char *config = secure_getenv("XDG_CONFIG_HOME"), *home = secure_getenv("HOME");

    buf_add_string(path, "/usr/share/nodecause/rules:/etc/nodecause/rules");
    if (config && config[0] == '/') {
        buf_printf(path, ":%s/nodecause/rules", config);
    } else if (home && home[0] == '/') {
        buf_printf(path, ":%s/.config/nodecause/rules", home);
    }
}

static void add_path(const struct rule_search *search, struct buf *path)
{
    const char *given = search->path ? search->path : secure_getenv("NODECAUSE_RULES_PATH");

    if (given) {
        buf_add_string(path, given);
    } else {
        add_default_path(path);
    }
}

static int visit_system(const struct rule_search *search, rule_search_visitor *visit, void *data)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    char *rest = NULL;
    int r = 0;

    add_path(search, &path);
    for (char *one = path.size ? strtok_r(path.data, ":", &rest) : NULL; r >= 0 && one;
         one = strtok_r(NULL, ":", &rest)) {
        r = visit(data, one, /* is_system= */ true);
    }
    return r;
}

int rule_search_visit(const struct rule_search *search, rule_search_visitor *visit, void *data)
{
    const char *const *directory = search->directories;
    int r = visit_system(search, visit, data);

    for (; r >= 0 && directory && *directory; directory++) {
        r = visit(data, *directory, /* is_system= */ false);
    }
    return r;
}

static int add_all(struct loading *loading, struct error *reterr)
{
    int r = loading->search->no_builtin ? 0 : rule_set_add_builtin(loading->set, reterr);

    if (r < 0) {
        return r;
    }
    loading->error = (struct error){ 0 };
    r = rule_search_visit(loading->search, add_place, loading);
    if (r < 0 && reterr) {
        *reterr = loading->error;
    }
    return r;
}

/* --- again, until nothing bad is left --- */

/* A fault that only shows when names are resolved. Only files are skipped, not built-in rules. */
static int finish(struct loading *loading, struct error *reterr)
{
    struct error error = { 0 };
    size_t n_before = loading->skipped.n;
    int r = rule_set_finish(loading->set, &error);

    if (r < 0 && !loading->search->strict && access(error.path, F_OK) == 0) {
        skip(loading, &error);
    }
    if (r < 0 && loading->skipped.n == n_before && reterr) {
        *reterr = error;
    }
    return loading->skipped.n > n_before ? 0 : r;
}

/* 1: loaded; 0: something was skipped that the set still holds a part of. */
static int attempt(struct loading *loading, struct error *reterr)
{
    size_t n_before = loading->skipped.n;
    int r;

    rule_set_free(loading->set);
    loading->set = rule_set_new();
    if (!loading->search->strict) {
        rule_set_on_error(loading->set, skip, loading);
    }
    r = add_all(loading, reterr);
    if (r < 0 || loading->skipped.n > n_before) {
        return r;
    }
    rule_set_on_error(loading->set, NULL, NULL);
    r = finish(loading, reterr);
    return r < 0 ? r : loading->skipped.n == n_before;
}

static int load(struct loading *loading, struct error *reterr)
{
    int r = 0;

    while (r == 0) {
        r = attempt(loading, reterr);
    }
    if (r < 0) {
        return r;
    }
    rule_set_set_skipped(loading->set, loading->skipped.items, loading->skipped.n);
    if (rule_set_rules(loading->set)->n == 0) {
        return error_set(reterr, -EINVAL, "no rules are left");
    }
    return 0;
}

int rule_search_load(const struct rule_search *search, struct rule_set **ret, struct error *reterr)
{
    struct loading loading = { .search = search };
    int r = load(&loading, reterr);

    if (r >= 0) {
        *ret = TAKE(loading.set);
    }
    rule_set_free(loading.set);
    vec_free(&loading.skipped);
    return r;
}
