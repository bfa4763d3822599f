#ifndef NODECAUSE_RULE_RULE_FILES_H
#define NODECAUSE_RULE_RULE_FILES_H

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/vec.h"

/* Files of a directory of rules. Names are relative to it: `kubelet/swap-enabled.yaml`. */
struct rule_files {
    VEC(char *) names; /* owned */
};

/* Lists the rule files below the folder `below` of the directory ("": all), sorted, common.yaml
 * first. *.yml files are listed too: rule_file_read() refuses them. `*ret` starts empty, and must be
 * released also on failure. Negative errno when a folder cannot be read. */
int rule_files_list(const char *directory, const char *below, struct rule_files *ret,
                    struct error *reterr) MUST_CHECK;

void rule_files_done(struct rule_files *files);

/* The path of the file, allocated. */
char *rule_file_path(const char *directory, const char *name);

/* Appends the file to `ret`, at most a little more than LIMIT_RULE_FILE_BYTES. Negative errno when
 * it cannot be read, -EINVAL when it ends in .yml. */
int rule_file_read(const char *path, struct buf *ret, struct error *reterr) MUST_CHECK;

/* Does it hold what rules include, and must be known before them? */
bool rule_file_is_common(struct span name);

/* Does it hold the streams? */
bool rule_file_is_streams(struct span name);

/* Is it below layouts/ or schema/, which hold other kinds of files? */
bool rule_file_is_other(struct span name);

#endif
