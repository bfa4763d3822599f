/* Any bytes as a cursor file. What is read is written again, and read back the same. */

#include "follow/cursor_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t read_back(const char *path, struct changes *changes, char **ret_cursor)
{
    if (cursor_file_read(path, changes, ret_cursor, NULL) < 0) {
        __builtin_trap();
    }
    return changes_n_reported(changes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(changes_free_at) struct changes *first = changes_new();
    CLEANUP(changes_free_at) struct changes *second = changes_new();
    char path[64], *cursor = NULL, *again = NULL;
    FILE *file;

    (void)snprintf(path, sizeof(path), "/tmp/nodecause-fuzz-cursor-file-%d", (int)getpid());
    file = fopen(path, "w");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
        __builtin_trap();
    }
    (void)read_back(path, first, &cursor);
    if (cursor) {
        if (cursor_file_prepare(path, cursor, first, NULL) < 0 ||
            cursor_file_commit(path, NULL) < 0 ||
            read_back(path, second, &again) != changes_n_reported(first)) {
            __builtin_trap();
        }
    }
    free(cursor);
    free(again);
    (void)unlink(path);
    return 0;
}
