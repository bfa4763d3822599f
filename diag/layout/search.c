/* Layouts of the directories of rules. They are few, and only a run with a bundle loads them. */

#include "layout/search.h"

#include "base/near.h"
#include "rule/rule_files.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

struct layout_loading {
    const struct rule_search *search;
    struct layout_search *ret;
    struct error error; /* the last one */
};

/* Leaves out the file of loading->error, unless that is not allowed. */
static int skip(struct layout_loading *loading, int r)
{
    if (loading->search->strict) {
        return r;
    }
    vec_push(&loading->ret->skipped, loading->error);
    if (loading->search->on_skip) {
        loading->search->on_skip(loading->search->data, &loading->error);
    }
    return 0;
}

static int add_file(struct layout_loading *loading, const char *folder, const char *name)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    char *path = rule_file_path(folder, name);
    int r;

    loading->error = (struct error){ 0 };
    r = rule_file_read(path, &text, &loading->error);
    if (r >= 0) {
        r = layout_set_add_text(loading->ret->set, path, buf_span(&text), &loading->error);
    }
    free(path);
    return r < 0 ? skip(loading, r) : 0;
}

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int add_folder(struct layout_loading *loading, const char *folder)
{
    struct rule_files files = { 0 };
    int r;

    loading->error = (struct error){ 0 };
    r = rule_files_list(folder, "", &files, &loading->error);
    r = r < 0 ? skip(loading, r) : 0;
    for (size_t i = 0; r >= 0 && i < files.names.n; i++) {
        r = add_file(loading, folder, files.names.items[i]);
    }
    rule_files_done(&files);
    return r;
}

static int add_directory(void *data, const char *directory, bool is_system)
{
    char *folder = rule_file_path(directory, "layouts");
    int r = 0;

    (void)is_system; /* no directory need have layouts */
    if (is_folder(folder)) {
        r = add_folder(data, folder);
    }
    free(folder);
    return r;
}

int layout_search_load(const struct rule_search *search, struct layout_search *ret,
                       struct error *reterr)
{
    struct layout_loading loading = { .search = search, .ret = ret };
    int r = 0;

    *ret = (struct layout_search){ .set = layout_set_new() };
    if (!search || !search->no_builtin) {
        r = layout_set_add_builtin(ret->set, &loading.error);
    }
    if (r >= 0 && search) {
        r = rule_search_visit(search, add_directory, &loading);
    }
    if (r < 0 && reterr) {
        *reterr = loading.error;
    }
    return r;
}

void layout_search_done(struct layout_search *search)
{
    layout_set_free(search->set);
    vec_free(&search->skipped);
    *search = (struct layout_search){ 0 };
}

int layout_search_find(const struct layout_search *search, const char *name,
                       const struct layout **ret, struct error *reterr)
{
    struct layouts layouts = layout_set_layouts(search->set);
    struct span near = { 0 };

    *ret = layouts_find(&layouts, span_of(name));
    if (*ret) {
        return 0;
    }
    for (size_t i = 0; i < layouts.n; i++) {
        near = near_better(span_of(name), near, span_of(layouts.items[i].name));
    }
    if (span_empty(near)) {
        return error_set(reterr, -EINVAL,
                         "no layout is called '%s'; nodecause formats --layouts lists them", name);
    }
    return error_set(reterr, -EINVAL, "no layout is called '%s', did you mean '%.*s'?", name,
                     (int)near.size, near.data);
}
