#ifndef NODECAUSE_INPUT_MEMORY_H
#define NODECAUSE_INPUT_MEMORY_H

#include "source/source.h"

/* A source of bytes that are in memory already. It bids for no path: only memory_source() makes
 * one. */
extern const struct source_type memory_type;

/* The text is borrowed and must outlive the source. To be closed with memory_type.close(). */
struct source *memory_source(struct span text);

#endif
