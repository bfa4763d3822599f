/* A bundle is recognised by what only its kind has; the folder in which that is found is its root. */

#include "bundle/roots.h"

#include "base/buf.h"
#include "base/map.h"

#include <stdlib.h>

/* A folder that may be the root of a bundle of one kind. */
struct root_candidate {
    const struct layout *layout;
    struct span path;
    uint64_t found; /* globs of all signs that match, a bit each */
};

struct search {
    struct tree *tree;
    VEC(struct root_candidate) items;
    struct map *by_key; /* of layout and path, to index + 1 */
};

/* --- what is looked for --- */

/* `timestamp` of `../timestamp`, which lies beside the root. */
static struct span below_parent(const char *path)
{
    struct span rest = span_of(path);

    while (span_starts(rest, SPAN("../"))) {
        rest = span_skip(rest, 3);
    }
    return rest;
}

static bool ends_with(const char *const *paths, struct span path)
{
    for (; *paths; paths++) {
        struct span wanted = below_parent(*paths);

        if (span_ends(path, wanted) &&
            (path.size == wanted.size || path.data[path.size - wanted.size - 1] == '/')) {
            return true;
        }
    }
    return false;
}

static bool signs_want(const struct layout *layout, struct span path)
{
    struct path_match match;

    for (size_t i = 0; i < layout->n_signs; i++) {
        const struct layout_sign *sign = &layout->signs[i];

        if (sign->contains[0] && path_glob_matches(sign->paths.items[0], path, &match)) {
            return true;
        }
    }
    return false;
}

bool roots_want(const struct layouts *layouts, struct span path)
{
    for (size_t i = 0; i < layouts->n; i++) {
        const struct layout *layout = &layouts->items[i];

        if (signs_want(layout, path) ||
            (layout->commands[0] && span_ends(path, span_of(layout->commands))) ||
            ends_with(layout->hostname, path) || ends_with(layout->collected, path)) {
            return true;
        }
    }
    return false;
}

/* --- candidates --- */

static struct root_candidate *candidate_at(struct search *search, const struct layout *layout,
                                           struct span path)
{
    CLEANUP(buf_done_at) struct buf key = { 0 };
    void **place;

    buf_printf(&key, "%s:", layout->name);
    buf_add(&key, path);
    place = map_at(search->by_key, buf_span(&key));
    if (!*place) {
        vec_push(&search->items,
                 (struct root_candidate){ .layout = layout,
                                          .path = arena_copy(search->tree->arena, path) });
        *place = (void *)(uintptr_t)search->items.n;
    }
    return &search->items.items[(uintptr_t)*place - 1];
}

static bool text_has(struct search *search, const struct tree_member *member, const char *wanted)
{
    const struct tree_member *file = tree_resolve(search->tree, member);

    return file && span_find(tree_text(search->tree, file), span_of(wanted)) >= 0;
}

static void look_for_sign(struct search *search, const struct tree_member *member,
                          const struct layout *layout, const struct layout_sign *sign, size_t bit)
{
    for (size_t i = 0; i < sign->paths.n; i++) {
        struct path_match match;

        if (path_glob_matches(sign->paths.items[i], span_of(member->path), &match) &&
            (i > 0 || !sign->contains[0] || text_has(search, member, sign->contains))) {
            candidate_at(search, layout, match.root)->found |= UINT64_C(1) << ((bit + i) % 64);
        }
    }
}

static void look_at(struct search *search, const struct tree_member *member,
                    const struct layouts *layouts)
{
    for (size_t i = 0; i < layouts->n; i++) {
        const struct layout *layout = &layouts->items[i];
        size_t bit = 0;

        for (size_t k = 0; k < layout->n_signs; k++) {
            look_for_sign(search, member, layout, &layout->signs[k], bit);
            bit += layout->signs[k].paths.n;
        }
    }
}

/* How many signs are complete, counted by their paths: one of several says more than one of one. */
static unsigned points(const struct root_candidate *candidate)
{
    const struct layout *layout = candidate->layout;
    unsigned sum = 0;
    size_t bit = 0;

    for (size_t i = 0; i < layout->n_signs; i++) {
        size_t n = layout->signs[i].paths.n;
        uint64_t all = 0;

        for (size_t k = 0; k < n; k++) {
            all |= UINT64_C(1) << ((bit + k) % 64);
        }
        if ((candidate->found & all) == all) {
            sum += (unsigned)n;
        }
        bit += n;
    }
    return sum;
}

/* --- roots --- */

static struct root *root_at(struct roots *roots, struct span path)
{
    for (size_t i = 0; i < roots->items.n; i++) {
        if (span_equal(roots->items.items[i].path, path)) {
            return &roots->items.items[i];
        }
    }
    return NULL;
}

static void choose(const struct search *search, struct roots *ret)
{
    CLEANUP(map_free_at) struct map *best = map_new(); /* of paths, to points */

    for (size_t i = 0; i < search->items.n; i++) {
        const struct root_candidate *candidate = &search->items.items[i];
        void **place = map_at(best, candidate->path);
        uintptr_t n = points(candidate);

        if (n == 0 || n <= (uintptr_t)*place) {
            continue;
        }
        if (!*place) {
            vec_push(&ret->items, (struct root){ .path = candidate->path });
        }
        *place = (void *)n;
        root_at(ret, candidate->path)->layout = candidate->layout;
    }
}

/* The folder that all members are in, with `/` at its end. */
static struct span common_folder(const struct tree *tree)
{
    struct span folder = span_of(tree->members.n ? tree->members.items[0].path : "");

    for (size_t i = 0; i < tree->members.n; i++) {
        const char *path = tree->members.items[i].path;
        size_t n = 0;

        while (n < folder.size && path[n] == folder.data[n]) {
            n++;
        }
        folder.size = n;
        while (folder.size && folder.data[folder.size - 1] != '/') {
            folder.size--;
        }
    }
    return folder;
}

static int by_depth(const void *a, const void *b)
{
    const struct root *one = a, *other = b;

    return (one->path.size < other->path.size) - (one->path.size > other->path.size);
}

static struct span first_word(struct span text)
{
    struct span line, word;

    while (span_cut(&text, '\n', &line)) {
        if (span_word(&line, &word) && word.data[0] != '#') {
            return span_trim(word);
        }
    }
    return (struct span){ 0 };
}

/* The folder that the one with this path (with `/` at the end) lies in; the top lies in itself. */
static struct span parent_of(struct span folder)
{
    if (folder.size) {
        folder.size--;
    }
    while (folder.size && folder.data[folder.size - 1] != '/') {
        folder.size--;
    }
    return folder;
}

/* The text of a file that was kept; empty: there is none. */
static struct span text_at(struct tree *tree, const struct root *root, const char *path)
{
    CLEANUP(buf_done_at) struct buf whole = { 0 };
    struct span folder = root->path, rest = span_of(path);
    const struct tree_member *member;

    for (; span_starts(rest, SPAN("../")); rest = span_skip(rest, 3)) {
        folder = parent_of(folder);
    }
    buf_add(&whole, folder);
    buf_add(&whole, rest);
    member = tree_find(tree, buf_span(&whole));
    if (member && member->kind != MEMBER_SECTIONS) {
        member = tree_resolve(tree, member);
    }
    return member ? tree_text(tree, member) : (struct span){ 0 };
}

/* The first word of the first file that has one. */
static struct span find_hostname(struct tree *tree, const struct root *root)
{
    struct span ret = { 0 };

    for (const char *const *path = root->layout->hostname; *path && span_empty(ret); path++) {
        ret = first_word(text_at(tree, root, *path));
    }
    return ret;
}

static struct span find_collected(struct tree *tree, const struct root *root)
{
    CLEANUP(buf_done_at) struct buf all = { 0 };

    for (const char *const *path = root->layout->collected; *path; path++) {
        buf_add(&all, text_at(tree, root, *path));
        buf_add_byte(&all, '\n');
    }
    return arena_copy(tree->arena, buf_span(&all));
}

static void recognise(struct tree *tree, const struct layouts *layouts, struct roots *ret)
{
    struct search search = { .tree = tree, .by_key = map_new() };

    for (size_t i = 0; i < tree->members.n; i++) {
        look_at(&search, &tree->members.items[i], layouts);
    }
    choose(&search, ret);
    map_free(search.by_key);
    vec_free(&search.items);
}

void roots_find(struct tree *tree, const struct layouts *layouts, struct roots *ret)
{
    if (layouts->forced) {
        vec_push(&ret->items,
                 (struct root){ .path = common_folder(tree), .layout = layouts->forced });
    } else {
        recognise(tree, layouts, ret);
    }
    if (ret->items.n > 1) {
        qsort(ret->items.items, ret->items.n, sizeof(*ret->items.items), by_depth);
    }
    for (size_t i = 0; i < ret->items.n; i++) {
        ret->items.items[i].node = find_hostname(tree, &ret->items.items[i]);
        ret->items.items[i].collected = find_collected(tree, &ret->items.items[i]);
    }
}

void roots_done(struct roots *roots)
{
    vec_free(&roots->items);
}

const struct root *roots_of(const struct roots *roots, struct span path, struct span *ret_below)
{
    for (size_t i = 0; i < roots->items.n; i++) {
        const struct root *root = &roots->items.items[i];

        if (span_starts(path, root->path)) {
            *ret_below = span_skip(path, root->path.size);
            return root;
        }
    }
    return NULL;
}
