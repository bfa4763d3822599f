#include "entry/node_names.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

#include <stdlib.h>

enum {
    NAMES_MAX = 65536
};

/* Several nodes have the address. */
static const struct span several;

struct node_names {
    struct arena *arena;
    struct map *by_address; /* its plain form, to a span */
};

struct node_names *node_names_new(void)
{
    struct node_names *names = ALLOC(struct node_names);

    names->arena = arena_new();
    names->by_address = map_new();
    return names;
}

void node_names_free(struct node_names *names)
{
    if (names) {
        map_free(names->by_address);
        arena_free(names->arena);
        free(names);
    }
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* In lower case, with `_` for other characters than letters and digits. */
static void write_plain(struct span address, struct buf *out)
{
    for (size_t i = 0; i < address.size; i++) {
        char c = address.data[i];

        c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        buf_add_byte(out, is_alnum(c) ? c : '_');
    }
}

static void add_plain(struct node_names *names, struct span plain, struct span name)
{
    void **place;
    struct span *copy;

    if (map_size(names->by_address) == NAMES_MAX) {
        return;
    }
    place = map_at(names->by_address, plain);
    if (*place && !span_equal(*(struct span *)*place, name)) {
        *place = (void *)(uintptr_t)&several;
    } else if (!*place) {
        copy = ARENA_NEW(names->arena, struct span);
        *copy = arena_copy(names->arena, name);
        *place = copy;
    }
}

void node_names_add(struct node_names *names, struct span address, struct span name)
{
    CLEANUP(buf_done_at) struct buf plain = { 0 };

    if (!span_empty(address) && !span_empty(name)) {
        write_plain(address, &plain);
        add_plain(names, buf_span(&plain), name);
    }
}

void node_names_add_all(struct node_names *names, const struct node_names *others)
{
    for (size_t i = 0; others && i < map_size(others->by_address); i++) {
        add_plain(names, map_key(others->by_address, i),
                  *(const struct span *)map_value(others->by_address, i));
    }
}

struct span node_names_find(const struct node_names *names, struct span address)
{
    CLEANUP(buf_done_at) struct buf plain = { 0 };
    const struct span *name;

    if (!names || map_size(names->by_address) == 0 || span_empty(address)) {
        return address;
    }
    write_plain(address, &plain);
    name = map_find(names->by_address, buf_span(&plain));
    return name && !span_empty(*name) ? *name : address;
}
