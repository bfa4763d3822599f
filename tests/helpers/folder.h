#ifndef NODECAUSE_TESTS_HELPERS_FOLDER_H
#define NODECAUSE_TESTS_HELPERS_FOLDER_H

/* A folder for one test, below /tmp. */
struct folder {
    char path[64];
};

void folder_init(struct folder *folder);
void folder_done(struct folder *folder); /* with all that is in it */

/* Writes a file; `name` may hold one `/`, and that folder is made. */
void folder_write(const struct folder *folder, const char *name, const char *text);

#endif
