#include "layout/layout.h"

const struct layout *layouts_find(const struct layouts *layouts, struct span name)
{
    for (size_t i = 0; i < layouts->n; i++) {
        if (span_is(name, layouts->items[i].name)) {
            return &layouts->items[i];
        }
    }
    return NULL;
}

static bool match_any(const struct path_globs *globs, struct span path, struct layout_match *ret)
{
    for (size_t i = 0; i < globs->n; i++) {
        struct path_match match = { 0 };

        if (path_glob_matches(globs->items[i], path, &match)) {
            *ret = (struct layout_match){ .node = match.node, .rank = i };
            return true;
        }
    }
    return false;
}

const struct layout_file *layout_file_of(const struct layout *layout, struct span path,
                                         struct layout_match *ret)
{
    for (size_t i = 0; i < layout->n_files; i++) {
        if (match_any(&layout->files[i].paths, path, ret)) {
            return &layout->files[i];
        }
    }
    return NULL;
}
