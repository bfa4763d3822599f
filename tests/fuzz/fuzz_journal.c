/* Journal files of strangers, through libsystemd: every entry is decoded, forwards and back. */

#include "base/arena.h"
#include "source/journal_query.h"
#include "source/source.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

enum {
    ENTRIES_MAX = 1000 /* a loop of entries is bounded by libsystemd, but not soon */
};

extern const struct source_type source_journal;

static void read_batch(const struct batch *batch, struct arena *arena)
{
    position at = batch_locate(batch, 0);
    struct entry entry;

    for (uint64_t i = 0; i < batch->n_records && i < ENTRIES_MAX; i++) {
        (void)batch_decode(batch, at, arena, &entry);
        arena_clear(arena);
        if (batch_step(batch, at, 1, &at) <= 0) {
            break;
        }
    }
    for (int i = 0; i < 8 && batch_step(batch, at, -1, &at) > 0; i++) {
        (void)batch_decode(batch, at, arena, &entry);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    struct journal_query query = journal_query_empty();
    struct source_request request = { .notes = notes, .query = &query };
    struct source *source;
    struct batch batch;
    char path[64];
    int fd;

    /* libsystemd looks at the name, too. */
    (void)snprintf(path, sizeof(path), "/tmp/nodecause-fuzz-%ld.journal", (long)getpid());
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size) {
        return 0;
    }
    (void)close(fd);
    request.path = path;
    if (source_journal.open(&request, &source, NULL) >= 0) {
        for (int i = 0; i < 4 && source_journal.next(source, &batch) > 0; i++) {
            read_batch(&batch, arena);
        }
        source_journal.close(source);
    }
    (void)unlink(path);
    return 0;
}
