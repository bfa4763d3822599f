/* Journal files for tests; systemd-journal-remote.service(8).
 *
 *   systemd-journal-remote -o FILE.journal - < export
 */

#define _XOPEN_SOURCE 700 /* nftw */
#include "helpers/journal.h"

#include "base/alloc.h"

#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define REMOTE "/lib/systemd/systemd-journal-remote"

bool journal_available(void)
{
    static bool told;
    bool available = access(REMOTE, X_OK) == 0;

    if (!available && !told) {
        (void)fprintf(stderr, "SKIPPED: no journal can be made, " REMOTE " is missing\n");
    }
    told = true;
    return available;
}

void journal_add_entry(struct buf *text, int64_t time_us, const char *boot, const char *fields)
{
    buf_printf(text,
               "__REALTIME_TIMESTAMP=%" PRId64 "\n__MONOTONIC_TIMESTAMP=%" PRId64
               "\n_BOOT_ID=%s\n%s\n",
               time_us, time_us % 1000000000000, boot, fields);
}

char *journal_make_directory(void)
{
    char template[] = "/tmp/nodecause-journal-XXXXXX";

    return alloc_string(mkdtemp(template));
}

char *journal_make_file(const char *directory, const char *name, struct span text)
{
    struct buf path = { 0 }, command CLEANUP(buf_done_at) = { 0 };
    FILE *pipe;

    buf_printf(&path, "%s/%s", directory, name);
    buf_printf(&command, REMOTE " -o '%s' - 2>/dev/null", path.data);
    pipe = popen(command.data, "w");
    if (!pipe || fwrite(text.data, 1, text.size, pipe) != text.size || pclose(pipe) != 0) {
        (void)fprintf(stderr, "%s: the journal could not be made\n", path.data);
        abort();
    }
    return path.data;
}

static int remove_item(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

void journal_remove_directory(char *directory)
{
    if (directory) {
        (void)nftw(directory, remove_item, 8, FTW_DEPTH | FTW_PHYS);
    }
    free(directory);
}
