/* The files of a directory of rules: kubelet/swap-enabled.yaml, streams.yaml, common.yaml. */

#include "rule/rule_files.h"

#include "base/file.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    DIRECTORY_DEPTH = 8
};

bool rule_file_is_common(struct span name)
{
    return span_is(name, "common.yaml");
}

bool rule_file_is_streams(struct span name)
{
    return span_is(name, "streams.yaml");
}

bool rule_file_is_other(struct span name)
{
    return span_starts(name, SPAN("layouts/")) || span_starts(name, SPAN("schema/"));
}

char *rule_file_path(const char *directory, const char *name)
{
    struct buf path = { 0 };

    buf_printf(&path, "%s%s%s", directory, *directory && *name ? "/" : "", name);
    return path.data;
}

/* `.yml` is refused later by name: ignoring it would lose a rule silently. */
static bool is_rule_file(struct span name)
{
    return !rule_file_is_other(name) &&
           (span_ends(name, SPAN(".yaml")) || span_ends(name, SPAN(".yml")));
}

static int list_files(const char *directory, const char *below, unsigned depth,
                      struct rule_files *files, struct error *reterr);

static int list_one(const char *directory, char *name, unsigned depth, struct rule_files *files,
                    struct error *reterr)
{
    char *path = rule_file_path(directory, name);
    struct stat status;
    int r;

    r = stat(path, &status) < 0 ? -errno : 0;
    free(path);
    if (r < 0 && is_rule_file(span_of(name))) { /* a dangling link: reading it says so */
        vec_push(&files->names, name);
        return 0;
    }
    if (r == 0 && S_ISDIR(status.st_mode)) {
        r = list_files(directory, name, depth + 1, files, reterr);
    } else if (r == 0 && S_ISREG(status.st_mode) && is_rule_file(span_of(name))) {
        vec_push(&files->names, name);
        return 0;
    }
    if (r < 0) {
        (void)error_set_at(reterr, r, name, 0, 0, "cannot read: %s", strerror(-r));
    }
    free(name);
    return r;
}

static int list_files(const char *directory, const char *below, unsigned depth,
                      struct rule_files *files, struct error *reterr)
{
    char *path = rule_file_path(directory, below);
    DIR *stream = opendir(path);
    struct dirent *item;
    int r = stream ? 0 : -errno;

    if (r < 0) {
        (void)error_set_at(reterr, r, path, 0, 0, "cannot read: %s", strerror(-r));
    }
    free(path);
    if (!stream) {
        return r;
    }
    while (r >= 0 && depth < DIRECTORY_DEPTH && files->names.n <= LIMIT_RULES &&
           (item = readdir(stream))) {
        if (item->d_name[0] != '.') {
            r = list_one(directory, rule_file_path(below, item->d_name), depth, files, reterr);
        }
    }
    (void)closedir(stream);
    return r;
}

static int compare_names(const void *a, const void *b)
{
    const char *one = *(char *const *)a, *other = *(char *const *)b;
    int common = rule_file_is_common(span_of(other)) - rule_file_is_common(span_of(one));

    return common ? common : strcmp(one, other);
}

int rule_files_list(const char *directory, const char *below, struct rule_files *ret,
                    struct error *reterr)
{
    int r = list_files(directory, below, 0, ret, reterr);

    if (ret->names.n) {
        qsort(ret->names.items, ret->names.n, sizeof(char *), compare_names);
    }
    return r;
}

void rule_files_done(struct rule_files *files)
{
    for (size_t i = 0; i < files->names.n; i++) {
        free(files->names.items[i]);
    }
    vec_free(&files->names);
}

int rule_file_read(const char *path, struct buf *ret, struct error *reterr)
{
    int r;

    if (span_ends(span_of(path), SPAN(".yml"))) {
        return error_set_at(reterr, -EINVAL, path, 0, 0,
                            "rule files must end in .yaml; rename this one");
    }
    r = file_read(path, LIMIT_RULE_FILE_BYTES, ret);
    if (r < 0) {
        return error_set_at(reterr, r, path, 0, 0, "cannot read: %s", strerror(-r));
    }
    return 0;
}
