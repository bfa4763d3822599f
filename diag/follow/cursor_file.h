#ifndef NODECAUSE_FOLLOW_CURSOR_FILE_H
#define NODECAUSE_FOLLOW_CURSOR_FILE_H

#include "base/error.h"
#include "follow/changes.h"

/* Where reading of a journal resumes and what was reported of it, in one file, so that both change
 * together: the next run resumes there and repeats nothing. The first line is the cursor, as
 * journalctl(1) writes it with --cursor-file; each further line is a reported finding, in JSON.
 *
 *   s=5e2ba59e11594a45a77c7d8c1c2d0c3d;i=2f1;b=8ad0...
 *   {"id": "kubelet/swap-enabled@node01", "role": "root", "confidence": "certain", ...}
 *
 * It is written in two steps, so that as little as possible can happen between the report and the
 * file: prepared before the report is written, renamed right after. */

/* Reads it. *ret_cursor is the caller's to free, NULL when the file is missing or empty; the
 * findings are added to `changes`. Other lines are ignored. */
int cursor_file_read(const char *path, struct changes *changes, char **ret_cursor,
                     struct error *reterr) MUST_CHECK;

/* Writes PATH.new to the disk. */
int cursor_file_prepare(const char *path, const char *cursor, const struct changes *changes,
                        struct error *reterr) MUST_CHECK;

/* Renames PATH.new to PATH. */
int cursor_file_commit(const char *path, struct error *reterr) MUST_CHECK;

#endif
