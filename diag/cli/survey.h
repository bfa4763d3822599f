#ifndef NODECAUSE_CLI_SURVEY_H
#define NODECAUSE_CLI_SURVEY_H

#include "base/map.h"
#include "entry/notes.h"
#include "format/format.h"
#include "input/input.h"

/* What an input is taken for, and what is in it. */
enum {
    SURVEY_BIDS = 4,       /* the winner and its runners-up */
    SURVEY_ENTRIES = 65536 /* as many are looked at for names; all are counted */
};

struct survey {
    struct span format; /* `journal-short`, `journal-file`, `swaps`; empty: nothing */
    struct {
        const struct format *format;
        int bid;
    } bids[SURVEY_BIDS]; /* of text, the highest first */
    size_t n_bids;
    uint64_t n_seen; /* entries looked at for names */
    size_t n_rows;   /* of a state file */
    struct map *hosts, *boots, *units, *identifiers,
        *components; /* names, and in how many entries each occurs; of a component with how it is
                      * known: `coredns likely by heading` */
    struct notes *notes;
    struct report_input input; /* what a report says of it, and why it cannot be read; borrowed */
};

/* Reads an input that is not open yet, and closes it. Spans are valid until it is freed. To be
 * released with survey_done(). */
void survey_make(struct input *input, struct survey *ret);
void survey_done(struct survey *survey);

/* Appends a time in RFC 3339, without the year if that is unknown; `?`: no time. */
void survey_add_moment(const struct moment *moment, struct buf *out);

/* Appends `FIRST to LAST (year: file-time)`; nothing without times. */
void survey_add_times(const struct report_input *input, struct buf *out);

/* The names of a tally by their counts, the most frequent first: at most `max`, how many it wrote.
 */
struct survey_name {
    struct span name;
    uint64_t count;
};
size_t survey_top(const struct map *tally, struct survey_name *names, size_t max);

#endif
