#ifndef NODECAUSE_FOLLOW_FOLLOW_H
#define NODECAUSE_FOLLOW_FOLLOW_H

#include "follow/options.h"

/* Follows logs while they grow and reports what becomes of the findings. One loop around poll(2):
 * read what is present, reason about everything known, at most once a second, and report the
 * differences to the last report. Clocks only set the pace; what is found depends on the log alone.
 * docs/follow.md is the manual.
 *
 * Runs until all inputs have ended or FOLLOW_STOP. Returns the exit code of the last report; -EPIPE
 * when the reader of the output has gone; other negative errno with a sentence. */
int follow_run(const struct follow_options *options, struct error *reterr);

#endif
