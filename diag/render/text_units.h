#ifndef NODECAUSE_RENDER_TEXT_UNITS_H
#define NODECAUSE_RENDER_TEXT_UNITS_H

#include "render/text_report.h"

/* The lines that show why units that the node needs do not run, where nothing failed. */
void text_add_units(const struct text_report *text);

#endif
