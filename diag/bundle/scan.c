/* The members of a bundle. What is needed before others are read is kept in this one pass: texts by which the kind of
 * bundle is recognised, and journals, which libsystemd can only read as files. */

#include "bundle/scan.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/scratch.h"
#include "bundle/directory.h"
#include "bundle/pass.h"
#include "bundle/sections.h"

#include <errno.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = 256 * 1024,
    HELD_MAX = 256,   /* journals in a directory that are held open */
    COPIES_MAX = 1024 /* of journals in archives */
};

/* Of all journals in archives. */
#define COPIES_BYTES (4LL * 1024 * 1024 * 1024)

/* One archive file. */
struct archive_scan {
    const struct scan *scan;
    const char *name; /* for the user */
    struct pass *pass;
    uint32_t archive;
    const char *tops[PASS_DEPTH + 1];  /* for each level, the path of the archive in the tree */
    const char *names[PASS_DEPTH + 1]; /* and what its members' names begin with */
};

/* --- sections --- */

struct section_scan {
    struct tree *tree;
    struct tree_member whole; /* the file */
};

/* A file that has its title as its name, in a folder that has the name of the file. */
static void add_section(void *data, const struct file_section *found)
{
    struct section_scan *scan = data;
    struct span folder = span_of(scan->whole.path);
    struct tree_member member = scan->whole;

    member.kind = MEMBER_FILE;
    member.path = tree_path(scan->tree, folder, folder, found->title);
    member.size = found->size;
    member.offset = found->offset;
    member.line = found->line;
    (void)tree_add(scan->tree, &member);
}

static enum section_form sections_of(const struct scan *scan, const char *path)
{
    return scan->sections_of ? scan->sections_of(scan->data, span_of(path)) : SECTIONS_NONE;
}

/* Adds the sections of the file, which is in the tree already. */
static void add_sections(const struct scan *scan, const struct tree_member *file,
                         int64_t (*read)(void *source, char *buffer, size_t size), void *source)
{
    enum section_form form = sections_of(scan, file->path);
    struct section_scan sections = { .tree = scan->tree, .whole = *file };
    size_t at = (size_t)(file - scan->tree->members.items);

    if (form != SECTIONS_NONE && sections_list(form, read, source, add_section, &sections)) {
        scan->tree->members.items[at].kind = MEMBER_SECTIONS;
    }
}

/* --- archives --- */

static void take_compression(struct span *name)
{
    static const char *const ends[] = { ".gz", ".xz", ".bz2", ".zst", ".lz4" };

    for (size_t i = 0; i < N_ELEMENTS(ends); i++) {
        if (span_ends(*name, span_of(ends[i]))) {
            name->size -= strlen(ends[i]);
            return;
        }
    }
}

static bool has_archive_name(struct span name)
{
    static const char *const ends[] = { ".tar",  ".tgz", ".txz", ".tbz2",
                                        ".tzst", ".zip", ".7z",  ".cpio" };

    take_compression(&name);
    for (size_t i = 0; i < N_ELEMENTS(ends); i++) {
        if (span_ends(name, span_of(ends[i]))) {
            return true;
        }
    }
    return false;
}

static bool has_text_name(struct span name)
{
    static const char *const ends[] = { ".log", ".txt", ".json", ".yaml", ".journal" };

    take_compression(&name);
    for (size_t i = 0; i < N_ELEMENTS(ends); i++) {
        if (span_ends(name, span_of(ends[i]))) {
            return true;
        }
    }
    return false;
}

/* What the file is encrypted with, or NULL. Key rings are not, though their names end in `.gpg`. */
static const char *encryption_of(struct span name)
{
    bool gpg = span_ends(name, SPAN(".gpg")) || span_ends(name, SPAN(".pgp"));
    struct span inner = span_head(name, name.size - (name.size < 4 ? 0 : 4));

    if (!gpg && !span_ends(name, SPAN(".age"))) {
        return NULL;
    }
    return !has_archive_name(inner) && !has_text_name(inner) ? NULL : gpg ? "gpg" : "age";
}

/* Journals are copied as they were written. */
static bool is_journal(struct span path)
{
    take_compression(&path);
    return span_ends(path, SPAN(".journal")) || span_ends(path, SPAN(".journal~"));
}

/* Adds bytes of the member to `text`, as many as may be kept. */
static void keep_text(struct archive_scan *archive, struct tree_member *member)
{
    struct tree *tree = archive->scan->tree;
    CLEANUP(buf_done_at) struct buf text = { 0 };
    int64_t n = 1;

    while (n > 0 && text.size < TREE_TEXT_BYTES) {
        char *room = buf_reserve(&text, TREE_TEXT_BYTES);

        n = pass_read(archive->pass, room, TREE_TEXT_BYTES - text.size);
        text.size += n > 0 ? (size_t)n : 0;
    }
    if (tree->n_text_bytes + text.size <= TREE_TEXTS_BYTES) {
        tree->n_text_bytes += text.size;
        member->text = arena_copy(tree->arena, buf_span(&text));
    }
}

/* Keeps the last bytes of the member as its text. */
static void keep_tail(struct archive_scan *archive, struct tree_member *member)
{
    struct tree *tree = archive->scan->tree;
    CLEANUP(buf_done_at) struct buf tail = { 0 };
    char *room = buf_reserve(&tail, 2 * TREE_TAIL_BYTES);
    size_t size = 0;
    int64_t n;

    while ((n = pass_read(archive->pass, room + size, TREE_TAIL_BYTES)) > 0) {
        size += (size_t)n;
        if (size > TREE_TAIL_BYTES) {
            memmove(room, room + size - TREE_TAIL_BYTES, TREE_TAIL_BYTES);
            size = TREE_TAIL_BYTES;
        }
    }
    if (tree->n_text_bytes + size <= TREE_TEXTS_BYTES) {
        tree->n_text_bytes += size;
        member->text = arena_copy(tree->arena, (struct span){ room, size });
    }
}

/* A negative errno when there is no room for all of it. That an archive ends too early is noted by the pass. */
static int copy_to(struct archive_scan *archive, int fd)
{
    CLEANUP(buf_done_at) struct buf buffer = { 0 };
    char *room = buf_reserve(&buffer, BUFFER_BYTES);
    uint64_t *n_copied = &archive->scan->tree->n_copied;
    int64_t n;
    int r;

    while ((n = pass_read(archive->pass, room, BUFFER_BYTES)) > 0) {
        *n_copied += (uint64_t)n;
        r = *n_copied > COPIES_BYTES ? -EFBIG : file_write(fd, (struct span){ room, (size_t)n });
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static void note_copy(const struct archive_scan *archive, int code)
{
    CLEANUP(buf_done_at) struct buf limit = { 0 };

    buf_printf(&limit, "of an archive at most %d are, and %lld GiB together", COPIES_MAX,
               COPIES_BYTES >> 30);
    notes_add(archive->scan->notes, NOTE_NOT_READ, span_of(archive->name), 0,
              "journals were not copied, or not as a whole: %s",
              code == -EFBIG ? limit.data : strerror(-code));
}

/* A new file for the copy: a descriptor, or a negative errno. */
static int create_copy(struct tree *tree, char **ret_path)
{
    if (tree->copies.n == COPIES_MAX) {
        return -EFBIG;
    }
    if (!tree->scratch) {
        tree->scratch = scratch_new();
    }
    return tree->scratch ? scratch_create(tree->scratch, ret_path) : -errno;
}

/* libsystemd reads only files that have a name. What fits into the copy is read. */
static void copy_journal(struct archive_scan *archive, struct tree_member *member)
{
    struct tree *tree = archive->scan->tree;
    char *path = NULL;
    int fd = create_copy(tree, &path);
    int r = fd < 0 ? fd : copy_to(archive, fd);

    if (r < 0) {
        note_copy(archive, r);
    }
    if (fd < 0) {
        member->kind = MEMBER_UNREAD;
        return;
    }
    (void)close(fd);
    vec_push(&tree->copies, path);
    member->copy = path;
}

static struct tree_member make_member(struct archive_scan *archive,
                                      const struct level_member *found)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };
    unsigned depth = pass_depth(archive->pass);
    struct tree_member member = {
        .archive = archive->archive,
        .number = pass_number(archive->pass),
        .size = found->size,
        .time_us = found->time_us,
    };

    buf_printf(&name, "%s!", archive->names[depth]);
    buf_add(&name, found->path);
    tree_set_name(archive->scan->tree, &member, buf_span(&name), span_of(archive->tops[depth]),
                  found->path);
    return member;
}

/* A hard link is another name, seen from the archive; a symbolic one is seen from the folder that it is in. */
static const char *target_of(struct archive_scan *archive, const struct level_member *found,
                             const char *path)
{
    const char *top = archive->tops[pass_depth(archive->pass)];
    struct span folder = span_of(path);

    while (folder.size > 0 && folder.data[folder.size - 1] != '/') {
        folder.size--;
    }
    return tree_path(archive->scan->tree, span_of(top), found->hard ? span_of(top) : folder,
                     found->target);
}

/* A member from its start: what was kept of it, then the rest. */
struct member_reader {
    struct archive_scan *archive;
    struct span kept;
};

static int64_t read_member(void *source, char *buffer, size_t size)
{
    struct member_reader *reader = source;
    struct span part = span_head(reader->kept, size);

    if (span_empty(part)) {
        return pass_read(reader->archive->pass, buffer, size);
    }
    memcpy(buffer, part.data, part.size);
    reader->kept = span_skip(reader->kept, part.size);
    return (int64_t)part.size;
}

static void add_file(struct archive_scan *archive, struct tree_member *member)
{
    const struct scan *scan = archive->scan;
    struct span path = span_of(member->path);
    bool is_wanted = scan->is_wanted && scan->is_wanted(scan->data, path);
    struct tree_member *added;

    pass_name(archive->pass, member->name, scan->notes);
    if (has_archive_name(path) && pass_enter(archive->pass)) {
        member->kind = MEMBER_ARCHIVE;
        member->entered = true;
        archive->tops[pass_depth(archive->pass)] = member->path;
        archive->names[pass_depth(archive->pass)] = member->name;
    }
    added = tree_add(scan->tree, member);
    if (added && added->kind == MEMBER_FILE && is_journal(path)) {
        copy_journal(archive, added);
    } else if (added && added->kind == MEMBER_FILE && scan->is_tail_wanted &&
               scan->is_tail_wanted(scan->data, path)) {
        keep_tail(archive, added);
    } else if (added && added->kind == MEMBER_FILE) {
        struct member_reader reader = { .archive = archive };

        if (is_wanted) {
            keep_text(archive, added);
            reader.kept = added->text;
        }
        add_sections(scan, added, read_member, &reader);
    }
}

static void add_member(struct archive_scan *archive, const struct level_member *found)
{
    const struct scan *scan = archive->scan;
    struct tree_member member;

    if (found->path.size > TREE_PATH_BYTES || found->target.size > TREE_PATH_BYTES) {
        notes_add(scan->notes, NOTE_NOT_READ, span_of(archive->name), 0,
                  "a member's name is longer than %d bytes", TREE_PATH_BYTES);
        return;
    }
    member = make_member(archive, found);
    if (found->encrypted) {
        notes_add(scan->notes, NOTE_UNREADABLE, span_of(archive->name), 0,
                  "some of its members are encrypted");
    } else if (found->kind == LEVEL_FILE && encryption_of(found->path)) {
        notes_add(scan->notes, NOTE_UNREADABLE, span_of(member.name), 0,
                  "is encrypted; decrypt it with %s first", encryption_of(found->path));
    } else if (found->kind == LEVEL_LINK) {
        member.kind = MEMBER_LINK;
        member.target = target_of(archive, found, member.path);
        (void)tree_add(scan->tree, &member);
    } else if (found->kind == LEVEL_FILE) {
        add_file(archive, &member);
    }
}

static void keep(struct tree *tree, struct pass_file *file, struct kept *kept)
{
    if (kept) {
        vec_push(&tree->kept, kept);
        tree->n_kept_bytes += kept_size(kept);
        file->kept = kept;
    }
}

int scan_archive(const struct scan *scan, const struct pass_file *file, const char *top,
                 struct error *reterr)
{
    struct tree *tree = scan->tree;
    struct archive_scan archive = {
        .scan = scan,
        .name = file->name,
        .archive = (uint32_t)tree->archives.n,
        .tops = { top },
        .names = { file->name },
    };
    struct pass_file first = *file;
    struct level_member found;
    int r;

    first.has_thread = scan->has_thread;
    first.deadline = scan->deadline;
    first.keep_bytes = KEPT_BYTES - tree->n_kept_bytes;
    r = pass_open(&first, scan->notes, &archive.pass, reterr);
    if (r < 0) {
        return r;
    }
    first.keep_bytes = 0;
    vec_push(&tree->archives, first);
    while (pass_next(archive.pass, &found) > 0) {
        add_member(&archive, &found);
        progress_show(scan->progress, span_of(file->name), tree->members.n, 0,
                      pass_bytes(archive.pass));
        if (tree_is_full(tree)) {
            notes_add(scan->notes, NOTE_NOT_READ, span_of(file->name), 0,
                      "only the first %zu members were looked at", tree->members.n);
            break;
        }
    }
    keep(tree, &tree->archives.items[archive.archive], pass_take_kept(archive.pass));
    pass_free(archive.pass);
    return 0;
}

/* --- directories --- */

static int64_t read_fd(void *source, char *buffer, size_t size)
{
    return read(*(const int *)source, buffer, size);
}

static void add_disk_sections(const struct scan *scan, const struct tree_member *file)
{
    int fd = sections_of(scan, file->path) == SECTIONS_NONE
                 ? -1
                 : file_open_regular(scan->tree->directory, file->name);

    if (fd >= 0) {
        add_sections(scan, file, read_fd, &fd);
        (void)close(fd);
    }
}

/* A journal is opened by its path, where a link could be by then. As far as descriptors suffice. */
static void hold_journal(const struct scan *scan, struct tree_member *member)
{
    struct tree *tree = scan->tree;
    int fd = tree->held.n < HELD_MAX ? file_open_regular(tree->directory, member->name) : -1;

    if (fd >= 0) {
        vec_push(&tree->held, fd);
        member->copy = arena_printf(tree->arena, "/proc/self/fd/%d", fd);
    }
}

static void add_disk_file(void *data, const struct directory_file *file)
{
    const struct scan *scan = data;
    struct tree *tree = scan->tree;
    struct span folder = span_of(file->below);
    struct tree_member member = {
        .archive = TREE_ON_DISK,
        .size = file->size,
        .time_us = file->time_us,
    };
    const struct tree_member *added;

    tree_set_name(tree, &member, span_of(file->path), (struct span){ 0 }, span_of(file->below));
    while (folder.size > 0 && folder.data[folder.size - 1] != '/') {
        folder.size--;
    }
    if (file->target) {
        member.kind = MEMBER_LINK;
        member.target = tree_path(tree, (struct span){ 0 }, folder, span_of(file->target));
    } else if (has_archive_name(span_of(member.path)) &&
               scan_archive(scan,
                            &(struct pass_file){ .path = member.name,
                                                 .name = member.name,
                                                 .below = tree->directory },
                            member.path, NULL) >= 0) {
        member.kind = MEMBER_ARCHIVE;
    }
    if (member.kind == MEMBER_FILE && is_journal(span_of(member.path))) {
        hold_journal(scan, &member);
    }
    added = tree_add(tree, &member);
    if (added && added->kind == MEMBER_FILE) {
        add_disk_sections(scan, added);
    }
    progress_show(scan->progress, span_of(member.name), tree->members.n, 0, 0);
}

int scan_directory(const struct scan *scan, const char *path)
{
    scan->tree->directory = arena_string(scan->tree->arena, span_of(path));
    return directory_list(path, scan->notes, add_disk_file, (void *)(uintptr_t)scan);
}

bool scan_is_archive(const char *path)
{
    struct pass *pass;

    if (pass_open(&(struct pass_file){ .path = path, .name = path }, NULL, &pass, NULL) < 0) {
        return false;
    }
    pass_free(pass);
    return true;
}
