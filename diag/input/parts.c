#include "input/parts.h"

static size_t count_folders(const struct unread *unread, size_t part)
{
    size_t n = 0;

    for (size_t i = 0; i < unread->items.n; i++) {
        n += unread->items.items[i].part == part;
    }
    return n;
}

static void add_unread(const struct unread *unread, size_t part, struct report_bundle *ret,
                       struct arena *arena)
{
    struct report_unread *items =
        ARENA_ARRAY(arena, struct report_unread, count_folders(unread, part));

    for (size_t i = 0; i < unread->items.n; i++) {
        const struct unread_folder *folder = &unread->items.items[i];

        if (folder->part == part) {
            items[ret->n_unread++] =
                (struct report_unread){ folder->folder, folder->why, folder->n, folder->bytes };
            ret->n_files_unread += folder->n;
        }
    }
    ret->unread = items;
}

struct report_bundle *parts_describe(const struct bundle *bundle, const char *name,
                                     struct arena *arena)
{
    size_t n = bundle_n_parts(bundle);
    struct report_bundle *parts = ARENA_ARRAY(arena, struct report_bundle, n);

    for (size_t i = 0; i < n; i++) {
        struct bundle_part part = bundle_part(bundle, i);

        parts[i] = (struct report_bundle){
            .name = span_of(name),
            .kind = part.layout ? part.layout->name : NULL,
            .title = part.layout ? part.layout->title : NULL,
            .root = part.root,
            .node = part.node,
        };
        add_unread(bundle_unread(bundle), i, &parts[i], arena);
    }
    for (size_t i = 0; i < bundle_n_files(bundle); i++) {
        parts[bundle_file(bundle, i).part].n_files++;
    }
    return parts;
}

static const char *copy_text(struct arena *arena, const char *text)
{
    return text ? arena_string(arena, span_of(text)) : NULL;
}

struct report_bundle parts_copy(const struct report_bundle *part, struct arena *arena)
{
    struct report_unread *items = ARENA_ARRAY(arena, struct report_unread, part->n_unread);
    struct report_bundle ret = *part;

    ret.name = arena_copy(arena, part->name);
    ret.kind = copy_text(arena, part->kind);
    ret.title = copy_text(arena, part->title);
    ret.root = arena_copy(arena, part->root);
    ret.node = arena_copy(arena, part->node);
    for (size_t i = 0; i < part->n_unread; i++) {
        items[i] = part->unread[i];
        items[i].folder = arena_copy(arena, part->unread[i].folder);
        items[i].why = copy_text(arena, part->unread[i].why);
    }
    ret.unread = items;
    return ret;
}
