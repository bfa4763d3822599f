#ifndef NODECAUSE_STATE_DF_H
#define NODECAUSE_STATE_DF_H

#include "state/rows.h"

/* df(1) in all its layouts and languages, recognised by shape: three amounts, a percentage, and a
 * mount point that begins with `/`. Blocks and inodes look alike but for the header.
 *
 *   /dev/sda1       5.8G  5.1G  448M   92% /
 */
struct df_row {
    struct span device, fstype, size, used, avail, percent, mount; /* fstype may be empty */
};

/* Splits a row; the device is empty where df wrapped the line behind it. */
bool df_row_split(struct span line, struct df_row *ret);

/* A row; noise: a header, a device whose row was wrapped, a complaint of df; or neither. */
enum line_shape df_shape(struct span line);

/* What one amount without a letter means: bytes of a block, or 1 where amounts have letters. */
double df_unit(struct span text);

/* The bid of df for blocks or for inodes. */
int df_bid(struct span path, struct span head, bool inodes);

/* Gives each row to `add`, joined with the device of the line before where df wrapped. */
void df_parse(struct rows *rows, double unit,
              void (*add)(struct rows *rows, struct span line, const struct df_row *row,
                          double unit));

#endif
