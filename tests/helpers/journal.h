#ifndef NODECAUSE_TESTS_HELPERS_JOURNAL_H
#define NODECAUSE_TESTS_HELPERS_JOURNAL_H

#include "base/buf.h"

#include <stdint.h>

/* Journal files for tests, made by systemd-journal-remote from export text. */

/* Is the program there? If not it says so on standard error, once. */
bool journal_available(void);

/* Appends one entry. `fields` is `NAME=value` lines, the last one ended too. `boot` is 32 hex
 * digits. */
void journal_add_entry(struct buf *text, int64_t time_us, const char *boot, const char *fields);

/* A new empty directory; the caller frees the path. */
char *journal_make_directory(void);

/* Makes the journal file DIRECTORY/NAME of the text; the caller frees its path. */
char *journal_make_file(const char *directory, const char *name, struct span text);

/* Removes the directory with all that is in it, and frees the path. */
void journal_remove_directory(char *directory);

#endif
