/* libarchive, one archive at a time; archive_read(3). */

#include "bundle/level.h"

#include "base/alloc.h"
#include "base/calendar.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>

enum {
    BUFFER_BYTES = 256 * 1024,
    HOLE_KEPT = 4096 /* zeros of a hole that is too long */
};

struct level {
    struct archive *archive;
    struct level_input input;
    int failed; /* of the input: negative errno */
    char *buffer;
    struct span block;  /* of the member, not yet read */
    uint64_t at, begin; /* in the member: how far it is read, and where the block begins */
    bool ended;         /* the member */
    bool is_damaged;    /* the member; not yet asked for */
};

/* --- what is an archive --- */

/* The checksum of an old tar header has no magic: POSIX.1-1988, ustar(5): the sum of all bytes, those of the
 * checksum itself taken as spaces. */
static bool is_old_tar(struct span head)
{
    const unsigned char *bytes = (const unsigned char *)head.data;
    unsigned long sum = 0;
    char digits[9] = { 0 };

    if (head.size < LEVEL_HEAD_BYTES || bytes[0] == 0) {
        return false;
    }
    for (size_t i = 0; i < LEVEL_HEAD_BYTES; i++) {
        sum += i >= 148 && i < 156 ? ' ' : bytes[i];
    }
    memcpy(digits, head.data + 148, 8);
    return strspn(digits, " 01234567") >= 6 && strtoul(digits, NULL, 8) == sum;
}

bool level_is_archive(struct span head)
{
    static const char *const magics[] = { "PK\x03\x04", "PK\x05\x06", "7z\xBC\xAF\x27\x1C",
                                          "070701",     "070702",     "070707" };

    for (size_t i = 0; i < N_ELEMENTS(magics); i++) {
        if (span_starts(head, span_of(magics[i]))) {
            return true;
        }
    }
    return span_starts(span_skip(head, 257), SPAN("ustar")) || is_old_tar(head);
}

/* --- opening --- */

static la_ssize_t read_below(struct archive *archive, void *data, const void **ret)
{
    struct level *level = data;
    int64_t n = level->input.read(level->input.data, level->buffer, BUFFER_BYTES);

    *ret = level->buffer;
    if (n < 0) {
        level->failed = (int)n;
        archive_set_error(archive, (int)-n, "%s", strerror((int)-n));
        return ARCHIVE_FATAL;
    }
    return (la_ssize_t)n;
}

static int explain(struct level *level, struct error *reterr)
{
    const char *text = archive_error_string(level->archive);
    int code = level->failed ? level->failed : -EBADMSG;

    if (text && (strstr(text, "runcated") || strstr(text, "EOF"))) {
        code = -ENODATA;
    }
    return error_set(reterr, code, "%s", text ? text : strerror(-code));
}

static void support(struct archive *archive)
{
    (void)archive_read_support_filter_none(archive);
    (void)archive_read_support_format_tar(archive);
    (void)archive_read_support_format_cpio(archive);
    (void)archive_read_support_format_zip(archive);
    (void)archive_read_support_format_7zip(archive);
    /* `cat a.tar b.tar` and `tar -A`: the end of one is not the end of all. */
    (void)archive_read_set_format_option(archive, "tar", "read_concatenated_archives", "1");
}

int level_open(const struct level_input *input, int fd, struct level **ret, struct error *reterr)
{
    struct level *level = ALLOC(struct level);
    int r;

    level->archive = archive_read_new();
    level->input = *input;
    level->buffer = alloc_bytes(BUFFER_BYTES);
    support(level->archive);
    if (fd >= 0) {
        r = archive_read_open_fd(level->archive, fd, BUFFER_BYTES);
    } else {
        r = archive_read_open(level->archive, level, NULL, read_below, NULL);
    }
    if (r != ARCHIVE_OK) {
        r = explain(level, reterr);
        level_free(level);
        return r;
    }
    *ret = level;
    return 0;
}

void level_free(struct level *level)
{
    if (!level) {
        return;
    }
    (void)archive_read_free(level->archive);
    free(level->buffer);
    free(level);
}

/* --- members --- */

/* libarchive converts names to the locale; what it cannot convert is there as UTF-8. */
static struct span text_of(const char *text, const char *utf8)
{
    return span_of(text ? text : utf8);
}

static int64_t time_of(struct archive_entry *entry)
{
    if (!archive_entry_mtime_is_set(entry) || archive_entry_mtime(entry) <= 0) {
        return TIME_UNKNOWN;
    }
    return (int64_t)archive_entry_mtime(entry) * USEC_PER_SEC +
           archive_entry_mtime_nsec(entry) / 1000;
}

static void describe(struct archive *archive, struct archive_entry *entry, struct level_member *ret)
{
    struct span hard = text_of(archive_entry_hardlink(entry), archive_entry_hardlink_utf8(entry));

    *ret = (struct level_member){
        .kind = LEVEL_OTHER,
        .path = text_of(archive_entry_pathname(entry), archive_entry_pathname_utf8(entry)),
        .size = archive_entry_size_is_set(entry) && archive_entry_size(entry) > 0
                    ? (uint64_t)archive_entry_size(entry)
                    : 0,
        .time_us = time_of(entry),
        .encrypted = archive_entry_is_data_encrypted(entry) != 0,
        .solid = archive_format(archive) == ARCHIVE_FORMAT_7ZIP,
    };
    if (!span_empty(hard)) {
        ret->kind = LEVEL_LINK;
        ret->target = hard;
        ret->hard = true;
    } else if (archive_entry_filetype(entry) == AE_IFLNK) {
        ret->kind = LEVEL_LINK;
        ret->target = text_of(archive_entry_symlink(entry), archive_entry_symlink_utf8(entry));
    } else if (archive_entry_filetype(entry) == AE_IFREG) {
        ret->kind = LEVEL_FILE;
    }
}

int level_next(struct level *level, struct level_member *ret, struct error *reterr)
{
    struct archive_entry *entry;
    int r;

    do {
        r = archive_read_next_header(level->archive, &entry);
    } while (r == ARCHIVE_RETRY);
    if (r == ARCHIVE_EOF) {
        return 0;
    }
    if (r != ARCHIVE_OK && r != ARCHIVE_WARN) {
        return explain(level, reterr);
    }
    describe(level->archive, entry, ret);
    level->block = (struct span){ 0 };
    level->at = 0;
    level->begin = 0;
    level->ended = false;
    level->is_damaged = false;
    return 1;
}

bool level_take_damage(struct level *level)
{
    bool is_damaged = level->is_damaged;

    level->is_damaged = false;
    return is_damaged;
}

/* Reads on to the next block of bytes; between two blocks there may be a hole. */
static int next_block(struct level *level)
{
    const void *data;
    size_t size;
    la_int64_t begin;
    int r;

    do {
        r = archive_read_data_block(level->archive, &data, &size, &begin);
    } while (r == ARCHIVE_RETRY);
    if (r != ARCHIVE_OK && r != ARCHIVE_WARN && r != ARCHIVE_EOF) {
        return level->failed ? level->failed : -EIO;
    }
    level->ended = r == ARCHIVE_EOF;
    level->is_damaged = level->is_damaged || r == ARCHIVE_WARN;
    if (begin < 0 || (uint64_t)begin < level->at) {
        begin = (la_int64_t)level->at;
    }
    level->block = level->ended ? (struct span){ 0 } : (struct span){ data, size };
    level->begin = (uint64_t)begin;
    if (level->begin - level->at > LEVEL_HOLE_BYTES) {
        level->at = level->begin - HOLE_KEPT;
    }
    return 0;
}

static size_t fill_hole(struct level *level, char *buffer, size_t size)
{
    uint64_t hole = level->begin - level->at;
    size_t n = hole < size ? (size_t)hole : size;

    memset(buffer, 0, n);
    level->at += n;
    return n;
}

int64_t level_read(struct level *level, char *buffer, size_t size)
{
    struct span piece;

    while (!level->ended && level->at == level->begin && span_empty(level->block)) {
        int r = next_block(level);

        if (r < 0) {
            return r;
        }
    }
    if (level->at < level->begin) {
        return (int64_t)fill_hole(level, buffer, size);
    }
    piece = span_head(level->block, size);
    if (span_empty(piece)) {
        return 0;
    }
    memcpy(buffer, piece.data, piece.size);
    level->block = span_skip(level->block, piece.size);
    level->at += piece.size;
    level->begin = level->at;
    return (int64_t)piece.size;
}
