#ifndef NODECAUSE_STATE_DF_H
#define NODECAUSE_STATE_DF_H

#include "state/rows.h"

/* df(1) in all its layouts and languages, recognised by shape: three amounts, a percentage, and a
 * mount point that begins with `/`. Blocks and inodes differ only in the header.
 *
 *   /dev/sda1       5.8G  5.1G  448M   92% /
 */
struct df_row {
    struct span device, fstype, size, used, avail, percent, mount; /* fstype may be empty */
};

/* Splits a row; the device is empty if df wrapped the line after it. */
bool df_row_split(struct span line, struct df_row *ret);

/* Either a row; or noise (a header, a device whose row was wrapped, an error message of df); or
 * neither. */
enum line_shape df_shape(struct span line);

/* The unit of an amount without a letter: the block size in bytes, or 1 if amounts have letters. */
double df_unit(struct span text);

/* The bid of df for blocks or for inodes. */
int df_bid(struct span path, struct span head, bool inodes);

/* Calls `add` for each row, joined with the device on the preceding line if df wrapped it. */
void df_parse(struct rows *rows, double unit,
              void (*add)(struct rows *rows, struct span line, const struct df_row *row,
                          double unit));

#endif
