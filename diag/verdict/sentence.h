#ifndef NODECAUSE_VERDICT_SENTENCE_H
#define NODECAUSE_VERDICT_SENTENCE_H

#include "finding/report.h"

/* Fills the sentence of the report. Call it last: the last words, the exit code and the texts of the
 * findings must be final. */
void verdict_say(struct report *report);

#endif
