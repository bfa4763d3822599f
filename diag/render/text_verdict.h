#ifndef NODECAUSE_RENDER_TEXT_VERDICT_H
#define NODECAUSE_RENDER_TEXT_VERDICT_H

#include "render/text_report.h"

/* One line for each root cause, equal titles once; without a root cause, one line about that. */
void text_add_verdict(const struct text_report *text);

#endif
