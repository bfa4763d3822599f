#ifndef NODECAUSE_BOOKMARK_H
#define NODECAUSE_BOOKMARK_H

#include "base/error.h"
#include "finding/changes.h"

/* How far a journal was read and what was told of it, in one file, so that both change together:
 * the next run takes up there and repeats nothing. The first line is the cursor, as journalctl(1)
 * writes it with --cursor-file; each further line is a finding that was told, in JSON.
 *
 *   s=5e2ba59e11594a45a77c7d8c1c2d0c3d;i=2f1;b=8ad0...
 *   {"id": "kubelet/swap-enabled@node01", "role": "root", "confidence": "certain", ...}
 *
 * It is written in two steps, so that as little as possible can happen between the report and the
 * file: prepared before the report goes out, put in its place right after. */

/* Reads it: *ret_cursor is the caller's to free, NULL when there is no such file or it is empty;
 * the findings are added to `changes`. Lines that are no findings are passed over. */
int bookmark_read(const char *path, struct changes *changes, char **ret_cursor,
                  struct error *reterr) MUST_CHECK;

/* Writes PATH.new to the disk. */
int bookmark_prepare(const char *path, const char *cursor, const struct changes *changes,
                     struct error *reterr) MUST_CHECK;

/* Renames PATH.new to PATH. */
int bookmark_commit(const char *path, struct error *reterr) MUST_CHECK;

#endif
