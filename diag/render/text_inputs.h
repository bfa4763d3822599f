#ifndef NODECAUSE_RENDER_TEXT_INPUTS_H
#define NODECAUSE_RENDER_TEXT_INPUTS_H

#include "render/text_report.h"

/* Trouble of the inputs that limits what can be concluded. */
void text_add_blind_spots(const struct text_report *text);

/* What was read, and as what. */
void text_add_inputs(const struct text_report *text);

#endif
