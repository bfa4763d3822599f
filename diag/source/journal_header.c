/* The header of a journal file; https://systemd.io/JOURNAL_FILE_FORMAT
 *
 *   00000000  4c 50 4b 53 48 48 52 48  ...  |LPKSHHRH|
 */

#include "source/journal_header.h"

#include "base/arithmetic.h"

#include <errno.h>

enum {
    AT_STATE = 16,
    AT_FILE_ID = 24,
    AT_HEADER_SIZE = 88,
    AT_ARENA_SIZE = 96,
    AT_N_ENTRIES = 152,
    PART_SIZE = 160,
    STATE_ONLINE = 1, /* open, or not closed because the machine stopped; 0 and 2 are closed */
};

bool journal_header_is_magic(struct span head)
{
    return span_starts(head, SPAN("LPKSHHRH"));
}

static uint64_t little_endian(const unsigned char *bytes)
{
    uint64_t number = 0;

    for (int i = 7; i >= 0; i--) {
        number = number << 8 | bytes[i];
    }
    return number;
}

int journal_header_read(FILE *file, struct journal_header *ret)
{
    unsigned char bytes[PART_SIZE];
    uint64_t size;

    if (fseek(file, 0, SEEK_SET) < 0 || fread(bytes, 1, PART_SIZE, file) != PART_SIZE ||
        !journal_header_is_magic((struct span){ (const char *)bytes, PART_SIZE }) ||
        ADD_OVERFLOWS(little_endian(bytes + AT_HEADER_SIZE), little_endian(bytes + AT_ARENA_SIZE),
                      &size)) {
        return -EBADMSG;
    }
    memcpy(ret->file_id, bytes + AT_FILE_ID, sizeof(ret->file_id));
    ret->closed = bytes[AT_STATE] != STATE_ONLINE;
    ret->size_bytes = size;
    ret->n_entries = little_endian(bytes + AT_N_ENTRIES);
    return 0;
}
