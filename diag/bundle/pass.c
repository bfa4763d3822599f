/* A stack of archives, each read from a member of the one below it. */

#include "bundle/pass.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/limits.h"
#include "source/inflate.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes with their compression taken off, of which the first can be looked at. */
struct pass_stream {
    struct inflate *inflate;
    char head[LEVEL_HEAD_BYTES];
    size_t n_head, taken;
    bool ended;
};

struct pass_level {
    struct pass *pass;
    struct level *level;
    struct pass_stream *member; /* the member that is read; NULL: none yet */
    char *name;                 /* of the archive, for notes */
};

struct pass {
    int fd;
    char *name;
    struct notes *notes;
    struct pass_stream *file;
    bool has_thread;                 /* that decompresses it */
    const struct kept *kept;         /* is read in place of the file; NULL: it is not */
    uint64_t at;                     /* in it */
    struct kept *keep;               /* gets what is decompressed, owned; NULL: nothing does */
    bool has_ended;                  /* the file was read to its end */
    const struct deadline *deadline; /* NULL: none */
    bool is_late;                    /* it has passed */
    uint64_t bytes, size;            /* decompressed; of the file */
    const char *member_name;         /* NULL: of the archive */
    struct notes *member_notes;
    struct pass_level levels[PASS_DEPTH + 1];
    unsigned n; /* levels that are open */
    uint32_t n_members;
};

/* --- streams --- */

static void stream_free(struct pass_stream *stream)
{
    if (!stream) {
        return;
    }
    inflate_free(stream->inflate);
    free(stream);
}

/* Reads the first bytes. */
static int stream_fill_head(struct pass_stream *stream)
{
    while (stream->n_head < LEVEL_HEAD_BYTES && !stream->ended) {
        int64_t n = inflate_read(stream->inflate, stream->head + stream->n_head,
                                 LEVEL_HEAD_BYTES - stream->n_head);

        if (n < 0) {
            return (int)n;
        }
        stream->n_head += (size_t)n;
        stream->ended = n == 0;
    }
    return 0;
}

static int stream_open(int64_t (*read)(void *data, char *buffer, size_t size), void *data,
                       const char *name, struct notes *notes, struct pass_stream **ret)
{
    struct pass_stream *stream = ALLOC(struct pass_stream);
    int r;

    stream->inflate = inflate_new(read, data, name, notes);
    r = inflate_open_any(stream->inflate);
    if (r >= 0) {
        r = stream_fill_head(stream);
    }
    if (r < 0) {
        stream_free(stream);
        return r;
    }
    *ret = stream;
    return 0;
}

static int64_t stream_read(void *data, char *buffer, size_t size)
{
    struct pass_stream *stream = data;
    struct span head = { stream->head + stream->taken, stream->n_head - stream->taken };

    if (span_empty(head)) {
        return stream->ended ? 0 : inflate_read(stream->inflate, buffer, size);
    }
    head = span_head(head, size);
    memcpy(buffer, head.data, head.size);
    stream->taken += head.size;
    return (int64_t)head.size;
}

static bool stream_is_archive(const struct pass_stream *stream)
{
    return level_is_archive((struct span){ stream->head, stream->n_head });
}

/* --- limits --- */

/* More than any collection of texts is compressed, or more than can be read in useful time. */
static bool is_bomb(const struct pass *pass)
{
    return pass->bytes > LIMIT_INFLATED_BYTES ||
           (pass->bytes > PASS_FREE_BYTES && pass->bytes / PASS_RATIO > pass->size);
}

static bool is_over(const struct pass *pass)
{
    return pass->is_late || is_bomb(pass);
}

static void note_limit(struct pass *pass)
{
    if (pass->is_late) {
        notes_add(pass->notes, NOTE_NOT_READ, span_of(pass->name), 0,
                  "it takes too long to read; only its first %u members were looked at",
                  (unsigned)pass->n_members);
        return;
    }
    notes_add(pass->notes, NOTE_NOT_READ, span_of(pass->name), 0,
              "it expands to more than %d times its size, or to more than %lld GiB, as a "
              "decompression bomb does; only the start was read",
              PASS_RATIO, LIMIT_INFLATED_BYTES >> 30);
}

static const char *name_of_member(const struct pass *pass)
{
    return pass->member_name ? pass->member_name : pass->name;
}

/* --- the file --- */

static int64_t read_raw(void *data, char *buffer, size_t size)
{
    struct pass *pass = data;
    ssize_t n;

    if (pass->kept) {
        return (int64_t)kept_read(pass->kept, &pass->at, buffer, size);
    }

    do {
        n = read(pass->fd, buffer, size);
    } while (n < 0 && errno == EINTR);
    return n < 0 ? -errno : n;
}

static int64_t count(struct pass *pass, int64_t n)
{
    pass->bytes += n > 0 ? (uint64_t)n : 0;
    pass->is_late |= n > 0 && deadline_has_passed(pass->deadline);
    return n > 0 && is_over(pass) ? -EFBIG : n;
}

static int64_t read_file(void *data, char *buffer, size_t size)
{
    struct pass *pass = data;
    int64_t n = stream_read(pass->file, buffer, size);

    pass->has_ended |= n == 0;
    if (pass->keep && n > 0) {
        kept_add(pass->keep, (struct span){ buffer, (size_t)n });
    }
    return count(pass, n);
}

/* Of a member that is an archive. */
static int64_t read_around(void *data, char *buffer, size_t size)
{
    struct pass_level *level = data;

    return count(level->pass, stream_read(level->member, buffer, size));
}

static int open_file(const struct pass_file *file, uint64_t *ret_size)
{
    int fd = file_open_regular(file->below, file->path);
    struct stat info;

    if (fd >= 0 && fstat(fd, &info) == 0) {
        *ret_size = (uint64_t)info.st_size;
    }
    return fd;
}

static int open_stream(struct pass *pass, struct error *reterr)
{
    int r = stream_open(read_raw, pass, pass->name, pass->notes, &pass->file);

    if (r >= 0 && !stream_is_archive(pass->file)) {
        r = -EBADMSG;
    }
    if (r < 0) {
        return error_set_at(reterr, r, pass->name, 0, 0, "%s",
                            r == -EBADMSG ? "is not an archive" : strerror(-r));
    }
    return 0;
}

static void begin_keeping(struct pass *pass, size_t most)
{
    if (inflate_is_slow(pass->file->inflate)) {
        pass->keep = kept_new(most);
    }
}

struct kept *pass_take_kept(struct pass *pass)
{
    bool is_whole = pass->keep && pass->has_ended && kept_end(pass->keep);

    return is_whole ? TAKE(pass->keep) : NULL;
}

bool pass_is_late(const struct pass *pass)
{
    return pass->is_late;
}

bool pass_has_thread(const struct pass *pass)
{
    return pass->has_thread;
}

/* What is not compressed is read where it is: the list of members may be at the end. */
static int open_level(struct pass *pass, unsigned depth, struct error *reterr)
{
    struct pass_level *level = &pass->levels[depth];
    bool in_place = depth == 0 && !pass->kept && !inflate_name(pass->file->inflate);
    struct level_input input = { read_file, pass };
    int fd = -1;

    if (in_place && lseek(pass->fd, 0, SEEK_SET) == 0) {
        fd = pass->fd;
    } else if (depth > 0) {
        input = (struct level_input){ read_around, level - 1 };
    }
    level->pass = pass;
    level->name = alloc_string(name_of_member(pass));
    return level_open(&input, fd, &level->level, reterr);
}

int pass_open(const struct pass_file *file, struct notes *notes, struct pass **ret,
              struct error *reterr)
{
    struct pass *pass = ALLOC(struct pass);
    int r;

    pass->name = alloc_string(file->name);
    pass->notes = notes;
    pass->kept = file->kept;
    pass->deadline = file->deadline;
    pass->fd = open_file(file, &pass->size);
    r = pass->fd < 0 ? error_set_at(reterr, pass->fd, file->name, 0, 0, "%s", strerror(-pass->fd))
                     : open_stream(pass, reterr);
    if (r >= 0) {
        begin_keeping(pass, file->keep_bytes);
        pass->has_thread = file->has_thread && inflate_start_thread(pass->file->inflate);
        pass->n = 1;
        r = open_level(pass, 0, reterr);
    }
    if (r < 0) {
        pass_free(pass);
        return r;
    }
    *ret = pass;
    return 0;
}

bool pass_is_archive(int64_t (*read)(void *data, char *buffer, size_t size), void *data)
{
    struct pass_stream *stream;
    bool is;

    if (stream_open(read, data, NULL, NULL, &stream) < 0) {
        return false;
    }
    is = stream_is_archive(stream);
    stream_free(stream);
    return is;
}

static void leave(struct pass *pass)
{
    struct pass_level *level = &pass->levels[--pass->n];

    stream_free(level->member);
    level_free(level->level);
    free(level->name);
    *level = (struct pass_level){ 0 };
}

void pass_free(struct pass *pass)
{
    if (!pass) {
        return;
    }
    while (pass->n > 0) {
        leave(pass);
    }
    stream_free(pass->file);
    kept_free(pass->keep);
    if (pass->fd >= 0) {
        (void)close(pass->fd);
    }
    free(pass->name);
    free(pass);
}

/* --- members --- */

static void note_end(struct pass *pass, int code, const struct error *error)
{
    notes_add(pass->notes, code == -ENODATA ? NOTE_TRUNCATED : NOTE_UNREADABLE,
              span_of(pass->levels[pass->n - 1].name), 0, "the archive %s after %u members: %s",
              code == -ENODATA ? "ends" : "cannot be read", (unsigned)pass->n_members, error->text);
}

/* The rest is not read. */
static int stop(struct pass *pass)
{
    while (pass->n > 0) {
        leave(pass);
    }
    return 0;
}

/* Takes the next member of the innermost archive. 1; 0 at its end, with a note if that is too early. */
static int next_member(struct pass *pass, struct level_member *ret)
{
    struct pass_level *top = &pass->levels[pass->n - 1];
    struct error error = { 0 };
    int r;

    stream_free(top->member);
    top->member = NULL;
    pass->member_name = NULL;
    pass->member_notes = pass->notes;
    r = level_next(top->level, ret, &error);
    if (r > 0) {
        pass->n_members++;
        pass->bytes += ret->solid ? ret->size : 0;
        return 1;
    }
    if (r < 0 && !is_over(pass)) {
        note_end(pass, r, &error);
    }
    return 0;
}

int pass_next(struct pass *pass, struct level_member *ret)
{
    while (pass->n > 0) {
        int r = next_member(pass, ret);

        pass->is_late |= deadline_has_passed(pass->deadline);
        if (is_over(pass)) {
            note_limit(pass);
            return stop(pass);
        }
        if (pass->n_members > PASS_MEMBERS) {
            notes_add(pass->notes, NOTE_NOT_READ, span_of(pass->name), 0,
                      "only the first %d members were looked at", PASS_MEMBERS);
            return stop(pass);
        }
        if (r > 0) {
            return 1;
        }
        leave(pass);
    }
    return 0;
}

void pass_name(struct pass *pass, const char *name, struct notes *notes)
{
    pass->member_name = name;
    pass->member_notes = notes;
}

uint32_t pass_number(const struct pass *pass)
{
    return pass->n_members - 1;
}

unsigned pass_depth(const struct pass *pass)
{
    return pass->n - 1;
}

static int64_t read_member(void *data, char *buffer, size_t size)
{
    struct pass_level *level = data;
    int64_t n = level_read(level->level, buffer, size);

    if (level_take_damage(level->level)) {
        notes_add(level->pass->member_notes, NOTE_UNREADABLE, span_of(name_of_member(level->pass)),
                  0, "is damaged: its content does not have its checksum or size");
    }
    return count(level->pass, n);
}

static int open_member(struct pass *pass)
{
    struct pass_level *top = &pass->levels[pass->n - 1];

    return top->member ? 0
                       : stream_open(read_member, top, name_of_member(pass), pass->member_notes,
                                     &top->member);
}

int64_t pass_read(struct pass *pass, char *buffer, size_t size)
{
    int r = open_member(pass);

    return r < 0 ? r : stream_read(pass->levels[pass->n - 1].member, buffer, size);
}

bool pass_enter(struct pass *pass)
{
    struct error error = { 0 };

    if (open_member(pass) < 0 || !stream_is_archive(pass->levels[pass->n - 1].member)) {
        return false;
    }
    if (pass->n > PASS_DEPTH) {
        notes_add(pass->notes, NOTE_NOT_READ, span_of(name_of_member(pass)), 0,
                  "archives more than %d deep in one another are not read", PASS_DEPTH);
        return false;
    }
    if (open_level(pass, pass->n++, &error) < 0) {
        notes_add(pass->notes, NOTE_UNREADABLE, span_of(name_of_member(pass)), 0,
                  "the archive cannot be read: %s", error.text);
        leave(pass);
        return false;
    }
    return true;
}

uint64_t pass_bytes(const struct pass *pass)
{
    return pass->bytes;
}
