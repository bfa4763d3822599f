#ifndef NODECAUSE_ENTRY_LINE_TEMPLATE_H
#define NODECAUSE_ENTRY_LINE_TEMPLATE_H

#include "base/buf.h"
#include "base/span.h"

/* The template of a log line: its message with the variable parts replaced. Lines that differ only
 * in those parts have the same template, so they can be counted together and matched by one
 * pattern. Determined by the form of the words alone. */

enum line_part_kind {
    PART_FIXED,
    PART_NUMBER,   /* 23143, 0.5 */
    PART_DURATION, /* 1m30s, 250ms */
    PART_ID,       /* 0xc42000e001, a container ID, a UUID */
    PART_NAME,     /* a word that contains numbers: worker-12, v1.12.3, 10.0.0.1:6443 */
    PART_PATH,     /* /var/lib/kubelet/config.yaml */
    PART_QUOTED,   /* the text between two quotes; the quotes are fixed */
};

struct line_part {
    enum line_part_kind kind;
    struct span text;
};

enum {
    LINE_PARTS_MAX = 64
};

/* Splits the first line of the message, at most 512 bytes of it, into at most LINE_PARTS_MAX
 * parts. Returns their number. The parts borrow from the message. */
size_t line_template_split(struct span message, struct line_part *ret);

/* Appends the template of the message: `node <name> not found after <duration>`. */
void line_template_add(struct buf *buf, struct span message);

#endif
