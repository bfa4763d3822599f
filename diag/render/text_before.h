#ifndef NODECAUSE_RENDER_TEXT_BEFORE_H
#define NODECAUSE_RENDER_TEXT_BEFORE_H

#include "render/text_report.h"

/* One line for each root that recovered, was superseded or is of an earlier boot. Nothing with
 * `all`, which shows each of them whole. */
void text_add_before(const struct text_report *text);

#endif
