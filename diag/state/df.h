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

/* What a row's amounts are called in the table, and what type they have. */
struct df_columns {
    const char *size, *used, *avail, *percent;
    enum fact_type type;
};

/* Reads all rows of a file, each joined with the device on the preceding line if df wrapped it; as
 * parse() of struct state_kind. `unit` is that of an amount without a letter. */
void df_parse(struct rows *rows, double unit, const struct df_columns *columns);

#endif
