#ifndef NODECAUSE_RENDER_TEXT_BUNDLES_H
#define NODECAUSE_RENDER_TEXT_BUNDLES_H

#include "render/text_report.h"

/* Is the input in one line with the others of its bundle: one of a known kind, or of many files? */
bool text_is_folded(const struct report *report, const struct report_input *input);

/* Is it the first of those in one line? */
bool text_is_first_folded(const struct report *report, const struct report_input *input);

/* Appends that line: `sos.tar.xz: sos bundle of n1: 14 logs, 9 state files, 1204 files not read`. */
void text_add_bundle(const struct report *report, const struct report_input *first,
                     struct buf *out);

#endif
