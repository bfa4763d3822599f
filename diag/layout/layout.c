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

static enum section_form sections_of(const struct layout *layout, struct span path)
{
    struct layout_match match;

    for (size_t i = 0; i < layout->n_files; i++) {
        const struct layout_file *file = &layout->files[i];

        if (file->use == LAYOUT_SECTIONS && match_any(&file->paths, path, &match)) {
            return file->sections;
        }
    }
    return SECTIONS_NONE;
}

enum section_form layouts_sections_of(const struct layouts *layouts, struct span path)
{
    enum section_form form = SECTIONS_NONE;

    for (size_t i = 0; form == SECTIONS_NONE && i < layouts->n; i++) {
        form = sections_of(&layouts->items[i], path);
    }
    return form;
}

bool layouts_is_crash(const struct layouts *layouts, struct span path)
{
    struct layout_match match;

    for (size_t i = 0; i < layouts->n; i++) {
        for (size_t k = 0; k < layouts->items[i].n_files; k++) {
            const struct layout_file *file = &layouts->items[i].files[k];

            if (file->crash && match_any(&file->paths, path, &match)) {
                return true;
            }
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

bool layout_has(const struct layout *layout, const struct layout_file *file)
{
    for (size_t i = 0; i < layout->n_files; i++) {
        if (&layout->files[i] == file) {
            return true;
        }
    }
    return false;
}
