#ifndef NODECAUSE_RENDER_TEXT_UNEXPLAINED_H
#define NODECAUSE_RENDER_TEXT_UNEXPLAINED_H

#include "render/text_report.h"

/* Units that died and no rule explains why, with their last messages. */
void text_add_unexplained(const struct text_report *text);

#endif
