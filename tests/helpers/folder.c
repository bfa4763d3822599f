#define _XOPEN_SOURCE 700 /* nftw, mkdtemp */
#include "helpers/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void folder_init(struct folder *folder)
{
    (void)strcpy(folder->path, "/tmp/nodecause-test-XXXXXX");
    if (!mkdtemp(folder->path)) {
        abort();
    }
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

void folder_done(struct folder *folder)
{
    (void)nftw(folder->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void folder_write(const struct folder *folder, const char *name, const char *text)
{
    char path[256];
    char *slash;
    FILE *file;

    (void)snprintf(path, sizeof(path), "%s/%s", folder->path, name);
    slash = strrchr(path, '/');
    *slash = '\0';
    (void)mkdir(path, 0700);
    *slash = '/';
    file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
        abort();
    }
}
