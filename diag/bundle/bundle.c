/* Members are read where they are: an archive is passed over once to know them, and once more to read those that were
 * chosen. */

#include "bundle/bundle.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/file.h"
#include "bundle/crash.h"
#include "bundle/directory.h"
#include "bundle/pass.h"
#include "bundle/scan.h"
#include "bundle/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SKIP_BYTES = 64 * 1024
};

struct bundle {
    struct tree *tree;
    struct bundle_options options;
    struct deadline deadline;
    struct roots roots;
    struct bundle_choices choices;

    /* The pass under way, and its archive. */
    struct pass *pass;
    uint32_t archive;
    size_t member;   /* of the tree: the one that it is at */
    uint64_t offset; /* bytes of it that were read */
    bool is_reading; /* members, and the deadline is that of reading */
    bool is_late;    /* the deadline has passed */
};

bool bundle_is_one(const char *path)
{
    struct stat info;

    if (strcmp(path, "-") == 0) {
        return spool_is_archive(STDIN_FILENO);
    }
    if (stat(path, &info) < 0) {
        return false;
    }
    return S_ISDIR(info.st_mode) || (S_ISREG(info.st_mode) && scan_is_archive(path));
}

static bool is_wanted(void *data, struct span path)
{
    return roots_want(data, path);
}

static bool is_tail_wanted(void *data, struct span path)
{
    return layouts_is_crash(data, path);
}

static enum section_form sections_of(void *data, struct span path)
{
    return layouts_sections_of(data, path);
}

/* On standard input. */
static int find_spooled(const struct scan *scan, struct error *reterr)
{
    struct tree *tree = scan->tree;
    int fd = spool_open(STDIN_FILENO, reterr);

    if (fd < 0) {
        return fd;
    }
    vec_push(&tree->held, fd);
    return scan_archive(
        scan,
        &(struct pass_file){ .path = arena_printf(tree->arena, "/proc/self/fd/%d", fd),
                             .name = "-" },
        "", reterr);
}

static int find_members(struct bundle *bundle, const char *path, const struct layouts *layouts,
                        struct error *reterr)
{
    struct scan scan = {
        .tree = bundle->tree,
        .notes = bundle->options.notes,
        .progress = bundle->options.progress,
        .has_thread = bundle->options.threads > 1,
        .deadline = &bundle->deadline,
        .is_wanted = is_wanted,
        .is_tail_wanted = is_tail_wanted,
        .sections_of = sections_of,
        .data = (void *)(uintptr_t)layouts,
    };
    const char *name = arena_string(bundle->tree->arena, span_of(path));
    struct stat info;
    int r;

    if (strcmp(path, "-") == 0) {
        return find_spooled(&scan, reterr);
    }
    if (stat(path, &info) < 0) {
        return error_set(reterr, -errno, "%s", strerror(errno));
    }
    if (!S_ISDIR(info.st_mode)) {
        return scan_archive(&scan, &(struct pass_file){ .path = name, .name = name }, "", reterr);
    }
    r = scan_directory(&scan, path);
    return r < 0 ? error_set(reterr, r, "%s", directory_explain(r)) : 0;
}

int bundle_open(const char *path, const struct layouts *layouts,
                const struct bundle_options *options, struct bundle **ret, struct error *reterr)
{
    CLEANUP(bundle_free_at) struct bundle *bundle = ALLOC(struct bundle);
    int r;

    bundle->tree = tree_new();
    bundle->options = *options;
    bundle->deadline.now_us = options->now_us ? options->now_us : clock_monotonic_us;
    deadline_set(&bundle->deadline, (int64_t)BUNDLE_SECONDS * USEC_PER_SEC);
    r = find_members(bundle, path, layouts, reterr);
    if (r < 0) {
        return r;
    }
    roots_find(bundle->tree, layouts, &bundle->roots);
    choices_make(bundle->tree, &bundle->roots, layouts_find(layouts, SPAN("any")), CHOICE_FILES,
                 options->notes, &bundle->choices);
    *ret = TAKE(bundle);
    return 0;
}

void bundle_free(struct bundle *bundle)
{
    if (!bundle) {
        return;
    }
    pass_free(bundle->pass);
    choices_done(&bundle->choices);
    roots_done(&bundle->roots);
    tree_free(bundle->tree);
    free(bundle);
}

size_t bundle_n_files(const struct bundle *bundle)
{
    return bundle->choices.items.n;
}

/* Is it read by its own path? */
static bool is_on_disk(const struct tree_member *member)
{
    return member->archive == TREE_ON_DISK && !member->line && !member->copy;
}

/* `sos.tar.xz!sosreport-n1/` of `/tmp/sos.tar.xz!sosreport-n1/etc/fstab`: the names that a collector chose. */
static struct span names_of_root(const struct bundle_choice *choice)
{
    const struct tree_member *member = choice->member;
    struct span name = span_of(member->name);
    size_t n_below = strlen(member->path);
    unsigned n_slashes = 0;

    if (!choice->root || !span_ends(name, span_of(member->path)) ||
        !span_starts(span_of(member->path), choice->root->path)) {
        return (struct span){ 0 };
    }
    name.size -= n_below - choice->root->path.size;
    for (size_t i = name.size; i > 0; i--) {
        n_slashes += name.data[i - 1] == '/';
        if (n_slashes == 3) {
            return span_skip(name, i);
        }
    }
    return name;
}

int64_t bundle_crash_us(const struct bundle *bundle, size_t i)
{
    return crash_last_us(bundle->tree, bundle->choices.items.items[i].member);
}

struct bundle_file bundle_file(const struct bundle *bundle, size_t i)
{
    const struct bundle_choice *choice = &bundle->choices.items.items[i];
    const struct tree_member *member = choice->member;

    return (struct bundle_file){
        .name = member->name,
        .path = is_on_disk(member) ? member->name : member->copy,
        .below = is_on_disk(member) ? bundle->tree->directory : NULL,
        .node = choice->node,
        .hostname = choice->hostname,
        .root = names_of_root(choice),
        .layout = choice->root ? choice->root->layout : NULL,
        .part = choice->root ? (size_t)(choice->root - bundle->roots.items.items)
                             : bundle->roots.items.n,
        .is = choice->file,
        .collected = choice->root ? choice->root->collected : (struct span){ 0 },
        .time_us = member->time_us,
    };
}

size_t bundle_n_parts(const struct bundle *bundle)
{
    return bundle->roots.items.n + 1;
}

struct bundle_part bundle_part(const struct bundle *bundle, size_t i)
{
    const struct root *root = i < bundle->roots.items.n ? &bundle->roots.items.items[i] : NULL;

    return root ? (struct bundle_part){ root->layout, root->path, root->node }
                : (struct bundle_part){ 0 };
}

const struct unread *bundle_unread(const struct bundle *bundle)
{
    return &bundle->choices.unread;
}

/* --- members as sources --- */

/* The member of the tree with this number; they are in the order of passes. NULL: the tree has none. */
static const struct tree_member *member_of(struct bundle *bundle, uint32_t number)
{
    const struct tree *tree = bundle->tree;

    while (bundle->member < tree->members.n) {
        const struct tree_member *member = &tree->members.items[bundle->member];

        if (member->archive == bundle->archive && member->number >= number) {
            return member->number == number ? member : NULL;
        }
        bundle->member++;
    }
    return NULL;
}

/* Listing has its own time. */
static void begin_reading(struct bundle *bundle)
{
    if (!bundle->is_reading) {
        deadline_set(&bundle->deadline, (int64_t)BUNDLE_SECONDS * USEC_PER_SEC);
    }
    bundle->is_reading = true;
}

/* Is it too late to read more? Then that is noted, once. */
static bool check_late(struct bundle *bundle)
{
    const struct pass_file *file = &bundle->tree->archives.items[bundle->archive];

    if (!bundle->is_late && bundle->pass && pass_is_late(bundle->pass)) {
        bundle->is_late = true;
        notes_add(bundle->options.notes, NOTE_NOT_READ, span_of(file->name), 0,
                  "it takes more than %d minutes to read; the rest of its members was not read",
                  BUNDLE_SECONDS / 60);
    }
    return bundle->is_late;
}

static int begin_pass(struct bundle *bundle, const struct tree_member *wanted)
{
    pass_free(bundle->pass);
    bundle->pass = NULL;
    bundle->archive = wanted->archive;
    bundle->member = 0;
    return pass_open(&bundle->tree->archives.items[wanted->archive], /* notes= */ NULL,
                     &bundle->pass, NULL);
}

/* Moves on to the member, into the archives that were found in the first pass. */
static int go_to(struct bundle *bundle, const struct tree_member *wanted)
{
    struct level_member found;
    int r = 0;

    begin_reading(bundle);
    if (bundle->pass && bundle->archive == wanted->archive &&
        pass_number(bundle->pass) == wanted->number && bundle->offset <= wanted->offset) {
        return 0;
    }
    if (!bundle->pass || bundle->archive != wanted->archive ||
        pass_number(bundle->pass) >= wanted->number) {
        r = begin_pass(bundle, wanted);
    }
    bundle->offset = 0;
    while (r >= 0 && pass_next(bundle->pass, &found) > 0) {
        const struct tree_member *member = member_of(bundle, pass_number(bundle->pass));

        if (pass_number(bundle->pass) == wanted->number) {
            return 0;
        }
        if (member && member->entered && !pass_enter(bundle->pass)) {
            break;
        }
    }
    if (r >= 0) {
        r = check_late(bundle) ? -ETIME : -ENODATA;
    }
    return r;
}

struct open_member {
    struct bundle *bundle;
    const struct tree_member *member;
    int fd;        /* of a section of a file on disk; -1: a member of an archive */
    uint64_t rest; /* bytes of it to come */
    uint64_t bytes;
};

static int64_t read_bytes(struct open_member *open, char *buffer, size_t size)
{
    int64_t n;

    if (open->fd >= 0) {
        n = read(open->fd, buffer, size);
        return n < 0 ? -errno : n;
    }
    n = pass_read(open->bundle->pass, buffer, size);
    open->bundle->offset += n > 0 ? (uint64_t)n : 0;
    return n <= 0 && check_late(open->bundle) ? 0 : n; /* what was read counts */
}

/* Reads up to the start of a section. */
static int skip_to(struct open_member *open, uint64_t offset)
{
    CLEANUP(buf_done_at) struct buf buffer = { 0 };
    char *room = buf_reserve(&buffer, SKIP_BYTES);
    int64_t n = 1;

    if (open->fd >= 0) {
        return lseek(open->fd, (off_t)offset, SEEK_SET) < 0 ? -errno : 0;
    }
    while (n > 0 && open->bundle->offset < offset) {
        uint64_t left = offset - open->bundle->offset;

        n = read_bytes(open, room, left < SKIP_BYTES ? (size_t)left : SKIP_BYTES);
    }
    return n > 0 ? 0 : n < 0 ? (int)n : -ENODATA;
}

static int begin(struct open_member *open)
{
    const struct tree_member *member = open->member;
    int r = 0;

    open->fd = -1;
    open->rest = UINT64_MAX;
    if (member->archive != TREE_ON_DISK) {
        r = go_to(open->bundle, member);
    } else {
        open->fd = file_open_regular(open->bundle->tree->directory, member->name);
        r = open->fd < 0 ? open->fd : 0;
    }
    if (r >= 0 && member->line > 0) {
        open->rest = member->size;
        r = skip_to(open, member->offset);
    }
    return r;
}

static void member_close(struct source *source)
{
    struct open_member *open = (struct open_member *)source;

    if (open->fd >= 0) {
        (void)close(open->fd);
    }
    free(open);
}

static int member_open(const struct source_request *request, struct source **ret,
                       struct error *reterr)
{
    struct bundle *bundle = request->bundle;
    const struct tree_member *member = bundle->choices.items.items[request->member].member;
    struct open_member *open = ALLOC(struct open_member);
    int r;

    open->bundle = bundle;
    open->member = member;
    r = begin(open);
    if (r < 0) {
        member_close((struct source *)open);
        return error_set_at(reterr, r, member->name, 0, 0, "cannot be read again: %s",
                            strerror(-r));
    }
    if (open->fd < 0) {
        pass_name(bundle->pass, member->name, request->notes);
    }
    *ret = (struct source *)open;
    return 0;
}

static int bid(const struct source_request *request, struct span head)
{
    (void)request;
    (void)head;
    return SOURCE_NO;
}

static int64_t member_read(struct source *source, char *buffer, size_t size)
{
    struct open_member *open = (struct open_member *)source;
    int64_t n = read_bytes(open, buffer, size < open->rest ? size : (size_t)open->rest);
    open->bytes += n > 0 ? (uint64_t)n : 0;
    open->rest -= n > 0 ? (uint64_t)n : 0;
    return n;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    const struct open_member *open = (const struct open_member *)source;

    *ret = (struct source_facts){ .name = open->member->name,
                                  .bytes = open->bytes,
                                  .offset = open->member->offset,
                                  .line = open->member->line,
                                  .file_time_us = open->member->time_us,
                                  .threads =
                                      open->fd < 0 && pass_has_thread(open->bundle->pass) ? 1 : 0,
                                  .first = MOMENT_UNKNOWN,
                                  .last = MOMENT_UNKNOWN };
}

const struct source_type bundle_member = {
    .name = "member",
    .summary = "a member of an archive",
    .bid = bid,
    .open = member_open,
    .read = member_read,
    .describe = describe,
    .close = member_close,
};
