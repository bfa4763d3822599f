#ifndef NODECAUSE_RENDER_TEXT_CHANGE_H
#define NODECAUSE_RENDER_TEXT_CHANGE_H

#include "finding/change.h"
#include "render/text_report.h"

/* What became of one finding of a log that is followed: a new one in full, a known one in one
 * line. */
void text_add_change(const struct text_report *text, const struct change *change);

#endif
