#include "bundle/tree.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "base/scratch.h"

#include <stdlib.h>
#include <unistd.h>

struct tree *tree_new(void)
{
    struct tree *tree = ALLOC(struct tree);

    tree->arena = arena_new();
    tree->by_path = map_new();
    return tree;
}

void tree_free(struct tree *tree)
{
    if (!tree) {
        return;
    }
    for (size_t i = 0; i < tree->copies.n; i++) {
        free(tree->copies.items[i]);
    }
    scratch_free(tree->scratch);
    for (size_t i = 0; i < tree->held.n; i++) {
        (void)close(tree->held.items[i]);
    }
    for (size_t i = 0; i < tree->kept.n; i++) {
        kept_free(tree->kept.items[i]);
    }
    vec_free(&tree->kept);
    vec_free(&tree->held);
    vec_free(&tree->copies);
    vec_free(&tree->members);
    vec_free(&tree->archives);
    map_free(tree->by_path);
    arena_free(tree->arena);
    free(tree);
}

static bool is_kept_once(const struct tree_member *member)
{
    return member->path >= member->name && member->path <= member->name + strlen(member->name);
}

bool tree_is_full(const struct tree *tree)
{
    return tree->members.n >= TREE_MEMBERS || tree->n_name_bytes >= TREE_NAMES_BYTES;
}

struct tree_member *tree_add(struct tree *tree, const struct tree_member *member)
{
    void **place;

    if (tree_is_full(tree)) {
        return NULL;
    }
    tree->n_name_bytes += strlen(member->name) + (is_kept_once(member) ? 0 : strlen(member->path));
    place = map_at_borrowed(tree->by_path, span_of(member->path));
    if (*place) {
        tree->members.items[(uintptr_t)*place - 1].kind = MEMBER_OLD;
    }
    vec_push(&tree->members, *member);
    *place = (void *)(uintptr_t)tree->members.n;
    return &tree->members.items[tree->members.n - 1];
}

const struct tree_member *tree_find(const struct tree *tree, struct span path)
{
    uintptr_t found = (uintptr_t)map_find(tree->by_path, path);

    return found ? &tree->members.items[found - 1] : NULL;
}

/* The path with its longest part that is a link replaced by what that leads to: `var/run/x` of `var/run -> ../run`.
 * NULL: no part is one. */
static const char *follow_folder(const struct tree *tree, const char *path)
{
    struct span rest = span_of(path);

    while (rest.size > 0) {
        const struct tree_member *found;

        while (rest.size > 0 && rest.data[rest.size - 1] != '/') {
            rest.size--;
        }
        rest.size -= rest.size > 0;
        found = tree_find(tree, rest);
        if (found && found->kind == MEMBER_LINK && found->target) {
            return arena_printf(tree->arena, "%s%s", found->target, path + rest.size);
        }
    }
    return NULL;
}

const struct tree_member *tree_resolve(const struct tree *tree, const struct tree_member *member)
{
    for (int i = 0; member && member->kind == MEMBER_LINK && i < TREE_LINKS; i++) {
        const char *path = member->target;
        const struct tree_member *next = path ? tree_find(tree, span_of(path)) : NULL;

        if (!next && path) {
            path = follow_folder(tree, path);
            next = path ? tree_find(tree, span_of(path)) : NULL;
        }
        member = next;
    }
    return member && member->kind == MEMBER_FILE ? member : NULL;
}

struct span tree_text(struct tree *tree, const struct tree_member *member)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    if (member->archive != TREE_ON_DISK) {
        return member->text;
    }
    if (file_read_regular(tree->directory, member->name, TREE_TEXT_BYTES, &text) < 0) {
        return (struct span){ 0 };
    }
    return arena_copy(tree->arena, buf_span(&text));
}

struct span tree_tail(struct tree *tree, const struct tree_member *member)
{
    char tail[TREE_TAIL_BYTES];
    ssize_t n = 0;
    int fd;

    if (member->archive != TREE_ON_DISK) {
        return member->text;
    }
    fd = file_open_regular(tree->directory, member->name);
    if (fd < 0) {
        return (struct span){ 0 };
    }
    if (lseek(fd, -(off_t)sizeof(tail), SEEK_END) >= 0 || lseek(fd, 0, SEEK_SET) >= 0) {
        n = read(fd, tail, sizeof(tail));
    }
    (void)close(fd);
    return n > 0 ? arena_copy(tree->arena, (struct span){ tail, (size_t)n }) : (struct span){ 0 };
}

/* Adds the names of the path to `ret`, which holds the names before it. */
static void add_names(struct buf *ret, size_t top, struct span path)
{
    struct span name;

    while (span_cut(&path, '/', &name)) {
        if (span_empty(name) || span_is(name, ".")) {
            continue;
        }
        if (!span_is(name, "..")) {
            buf_printf(ret, "%s", ret->size ? "/" : "");
            buf_add(ret, name);
            continue;
        }
        while (ret->size > top && ret->data[ret->size - 1] != '/') {
            ret->size--;
        }
        ret->size -= ret->size > top;
    }
}

static void join(struct span top, struct span base, struct span path, struct buf *ret)
{
    size_t top_size;

    add_names(ret, 0, top);
    top_size = ret->size;
    if (!span_starts(path, SPAN("/"))) {
        add_names(ret, top_size, span_skip(base, top.size));
    }
    add_names(ret, top_size, path);
}

const char *tree_path(struct tree *tree, struct span top, struct span base, struct span path)
{
    CLEANUP(buf_done_at) struct buf names = { 0 };

    join(top, base, path, &names);
    return arena_string(tree->arena, buf_span(&names));
}

void tree_set_name(struct tree *tree, struct tree_member *member, struct span name, struct span top,
                   struct span path)
{
    CLEANUP(buf_done_at) struct buf names = { 0 };

    join(top, top, path, &names);
    member->name = arena_string(tree->arena, name);
    member->path = span_ends(name, buf_span(&names)) ? member->name + name.size - names.size
                                                     : arena_string(tree->arena, buf_span(&names));
}
