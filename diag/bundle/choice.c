#include "bundle/choice.h"

#include "base/buf.h"
#include "base/map.h"
#include "bundle/command.h"
#include "bundle/path_rank.h"

#include <stdlib.h>

enum {
    PLACES_NOTED = 16
};

struct unknown {
    const struct tree_member *member;
    int rank;
};

/* What the names of a file say so far; small, because there is one for each member. */
struct naming {
    const struct tree_member *by;   /* that has the best of these names; NULL: it is not a file */
    const struct layout_file *file; /* as in a choice */
    uint32_t rank;
};

struct choosing {
    struct tree *tree;
    const struct roots *roots;
    const struct layout *any; /* may be NULL */
    struct map *first; /* root and file of a layout of which one is enough: index + 1 of the best */
    struct bundle_choices *choices;
    struct notes *notes;
    struct naming *names; /* of each member */
    VEC(struct unknown) unknown;
};

void choices_done(struct bundle_choices *choices)
{
    vec_free(&choices->items);
    unread_done(&choices->unread);
}

/* --- what a name says --- */

/* What its layout says of a file that the command printed. */
static const struct layout_file *look_up_command(const struct choosing *choosing,
                                                 const struct bundle_choice *choice,
                                                 struct layout_match *ret)
{
    const struct layout *layout = choice->root->layout;
    struct span path = { 0 };

    if (layout->commands[0]) {
        path = command_path(choosing->tree, choice->member, layout->commands);
    }
    return span_empty(path) ? NULL
                            : layout_file_of(layout, span_skip(path, choice->root->path.size), ret);
}

static void look_up(const struct choosing *choosing, struct span path, struct bundle_choice *ret)
{
    struct layout_match match = { 0 };
    struct span below = path;

    ret->root = roots_of(choosing->roots, path, &below);
    ret->file = ret->root ? look_up_command(choosing, ret, &match) : NULL;
    if (!ret->file && ret->root) {
        ret->file = layout_file_of(ret->root->layout, below, &match);
    }
    if (!ret->file && choosing->any) {
        ret->file = layout_file_of(choosing->any, below, &match);
    }
    ret->rank = match.rank;
    ret->node = match.node;
    ret->hostname = ret->root ? ret->root->node : (struct span){ 0 };
}

static bool is_read(const struct layout_file *file)
{
    return file && file->use != LAYOUT_SKIP && file->use != LAYOUT_SECTIONS;
}

/* Does the new name say more of the file than those before? */
static bool is_better(const struct naming *name, const struct naming *best, bool is_own)
{
    if (!best->by || !is_read(best->file)) {
        return !best->by || is_read(name->file) || is_own;
    }
    return name->file == best->file && name->rank < best->rank;
}

/* The name that says what a file is counts, be it its own or a link's. */
static void note_name(struct choosing *choosing, const struct tree_member *member)
{
    const struct tree_member *file = tree_resolve(choosing->tree, member);
    struct bundle_choice choice = { .member = file };
    struct naming name, *best;

    if (!file) {
        return;
    }
    best = &choosing->names[file - choosing->tree->members.items];
    look_up(choosing, span_of(member->path), &choice);
    name = (struct naming){ member, choice.file, (uint32_t)choice.rank };
    if (is_better(&name, best, file == member)) {
        *best = name;
    }
}

static struct bundle_choice choice_of(const struct choosing *choosing, size_t i)
{
    struct bundle_choice choice = { .member = &choosing->tree->members.items[i] };

    look_up(choosing, span_of(choosing->names[i].by->path), &choice);
    return choice;
}

/* --- what is read --- */

static void **first_of(struct choosing *choosing, const struct bundle_choice *choice)
{
    CLEANUP(buf_done_at) struct buf key = { 0 };

    buf_printf(&key, "%p %p", (const void *)choice->root, (const void *)choice->file);
    return map_at(choosing->first, buf_span(&key));
}

/* By path, so that the order of members says nothing. */
static bool is_before(const struct choosing *choosing, size_t i, size_t other)
{
    const struct naming *names = choosing->names;
    const struct tree_member *members = choosing->tree->members.items;

    return names[i].rank != names[other].rank ? names[i].rank < names[other].rank
                                              : strcmp(members[i].path, members[other].path) < 0;
}

static void note_first(struct choosing *choosing, size_t i)
{
    const struct layout_file *file = choosing->names[i].file;
    struct bundle_choice choice;
    void **first;

    if (!is_read(file) || !file->first) {
        return;
    }
    choice = choice_of(choosing, i);
    first = first_of(choosing, &choice);
    if (!*first || is_before(choosing, i, (uintptr_t)*first - 1)) {
        *first = (void *)(uintptr_t)(i + 1);
    }
}

static bool is_needed(struct choosing *choosing, const struct bundle_choice *choice)
{
    size_t i = (size_t)(choice->member - choosing->tree->members.items);

    return !choice->file->first || (uintptr_t)*first_of(choosing, choice) == i + 1;
}

static void leave_out(struct choosing *choosing, const struct bundle_choice *choice,
                      const char *why)
{
    const struct roots *roots = choosing->roots;
    size_t part = choice->root ? (size_t)(choice->root - roots->items.items) : roots->items.n;
    struct span path = span_of(choice->member->path);

    if (choice->root && span_starts(path, choice->root->path)) { /* else a link into it was named */
        path = span_skip(path, choice->root->path.size);
    }
    unread_add(&choosing->choices->unread, part, path, why, choice->member->size);
}

/* The folder at the top of the tree that the file is in. */
static struct span place_of(const struct tree_member *member)
{
    const char *below = strstr(member->name, member->path);
    size_t n = strcspn(member->path, "/");

    if (!below) { /* a section: its file has the name */
        return span_of(member->name);
    }
    return (struct span){ member->name, (size_t)(below - member->name) + n };
}

static void choose(struct choosing *choosing, const struct bundle_choice *choice)
{
    if (choice->file && !is_read(choice->file)) {
        leave_out(choosing, choice, choice->file->why);
    } else if (choice->file && !is_needed(choosing, choice)) {
        leave_out(choosing, choice, "another file says the same");
    } else if (choice->file && choosing->choices->items.n == CHOICE_NAMED_FILES) {
        leave_out(choosing, choice, "there are too many files");
        notes_add(choosing->notes, NOTE_NOT_READ, place_of(choice->member), 0,
                  "of the files that layouts name only the first %d were read", CHOICE_NAMED_FILES);
    } else if (choice->file) {
        vec_push(&choosing->choices->items, *choice);
    } else if (choice->root) {
        leave_out(choosing, choice, "the layout does not name it");
    } else {
        CLEANUP(buf_done_at) struct buf path = { 0 };

        buf_printf(&path, "/%s", choice->member->path);
        vec_push(&choosing->unknown, (struct unknown){ choice->member, path_rank(path.data) });
    }
}

/* --- of unknown files the best ones --- */

static int by_rank(const void *a, const void *b)
{
    const struct unknown *one = a, *other = b;

    return one->rank != other->rank ? (one->rank > other->rank) - (one->rank < other->rank)
                                    : strcmp(one->member->path, other->member->path);
}

static int by_path(const void *a, const void *b)
{
    const struct unknown *one = a, *other = b;

    return strcmp(one->member->path, other->member->path);
}

static void note_files(struct notes *notes, struct span place, size_t n, size_t most)
{
    notes_add(notes, NOTE_NOT_READ, place, 0,
              "%zu files were not read: of a directory up to %zu are, logs and state first", n,
              most);
}

/* Sorted by path: the files of one place follow each other. */
static void note_unread(const struct unknown *files, size_t n, size_t most, struct notes *notes)
{
    size_t n_places = 0, start = 0;

    for (size_t i = 0; i < n; i++) {
        struct span place = place_of(files[i].member);
        bool is_rest = n_places + 1 == PLACES_NOTED;

        if (i + 1 == n || (!is_rest && !span_equal(place, place_of(files[i + 1].member)))) {
            note_files(notes, is_rest ? SPAN("other folders") : place, i + 1 - start, most);
            start = i + 1;
            n_places++;
        }
    }
}

static void choose_unknown(struct choosing *choosing, size_t most, struct notes *notes)
{
    struct unknown *files = choosing->unknown.items;
    size_t n = choosing->unknown.n;

    if (n > most) {
        qsort(files, n, sizeof(*files), by_rank);
        qsort(files + most, n - most, sizeof(*files), by_path);
        note_unread(files + most, n - most, most, notes);
        for (size_t i = most; i < n; i++) {
            leave_out(choosing, &(struct bundle_choice){ .member = files[i].member },
                      "there are too many files");
        }
        n = most;
    }
    for (size_t i = 0; i < n; i++) {
        vec_push(&choosing->choices->items, (struct bundle_choice){ .member = files[i].member });
    }
}

/* As the members were found: an archive is read from its start to its end. */
static int by_member(const void *a, const void *b)
{
    const struct bundle_choice *one = a, *other = b;

    return (one->member > other->member) - (one->member < other->member);
}

void choices_make(struct tree *tree, const struct roots *roots, const struct layout *any,
                  size_t most, struct notes *notes, struct bundle_choices *ret)
{
    struct choosing choosing = {
        .tree = tree,
        .roots = roots,
        .any = any,
        .first = map_new(),
        .choices = ret,
        .notes = notes,
        .names = alloc_zeroed(tree->members.n, sizeof(*choosing.names)),
    };

    for (size_t i = 0; i < tree->members.n; i++) {
        note_name(&choosing, &tree->members.items[i]);
    }
    for (size_t i = 0; i < tree->members.n; i++) {
        note_first(&choosing, i);
    }
    for (size_t i = 0; i < tree->members.n; i++) {
        if (choosing.names[i].by) {
            struct bundle_choice choice = choice_of(&choosing, i);

            choose(&choosing, &choice);
        }
    }
    choose_unknown(&choosing, most, notes);
    if (ret->items.n > 1) {
        qsort(ret->items.items, ret->items.n, sizeof(*ret->items.items), by_member);
    }
    map_free(choosing.first);
    vec_free(&choosing.unknown);
    free(choosing.names);
}
