#include "bundle/unread.h"

#include "base/buf.h"
#include "base/map.h"

enum {
    FOLDER_NAMES = 2
};

static struct span folder_of(struct span path)
{
    size_t n_names = 0, size = 0;

    for (size_t i = 0; i < path.size && n_names < FOLDER_NAMES; i++) {
        if (path.data[i] == '/') {
            size = i + 1;
            n_names++;
        }
    }
    return span_head(path, size);
}

void unread_add(struct unread *unread, size_t part, struct span path, const char *why,
                uint64_t size)
{
    CLEANUP(buf_done_at) struct buf key = { 0 };
    struct span folder = folder_of(path);
    struct unread_folder *item;
    void **place;

    if (!unread->by_key) {
        unread->by_key = map_new();
    }
    buf_printf(&key, "%zu %p ", part, (const void *)why);
    buf_add(&key, folder);
    place = map_at(unread->by_key, buf_span(&key));
    if (!*place) {
        vec_push(&unread->items,
                 (struct unread_folder){ .part = part, .folder = folder, .why = why });
        *place = (void *)(uintptr_t)unread->items.n;
    }
    item = &unread->items.items[(uintptr_t)*place - 1];
    item->n++;
    item->bytes += size;
}

void unread_done(struct unread *unread)
{
    map_free(unread->by_key);
    vec_free(&unread->items);
}
