#ifndef NODECAUSE_RENDER_PAPER_H
#define NODECAUSE_RENDER_PAPER_H

#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>

/* What the text report is written on: knows the width, wraps, shortens and colours. All text that
 * goes through it is made visible (utf8_add_visible), so that nothing of a log acts on a terminal.
 */
struct paper {
    struct buf *out;
    int columns; /* 0: do not wrap */
    bool colour;
};

enum ink {
    INK_PLAIN,
    INK_BOLD,
    INK_DIM,
    INK_RED,
    INK_YELLOW,
    INK_GREEN,
    INK_CYAN
};

/* The text on this line, in that colour, neither wrapped nor shortened. */
void paper_add(const struct paper *paper, enum ink ink, struct span text);

/* A paragraph: words wrapped at the width, every line indented by `indent` columns. The first line
 * begins with `label` in bold (at most `indent` columns of it, else on a line of its own). */
void paper_paragraph(const struct paper *paper, int indent, const char *label, struct span text);

/* One line, never wrapped: what a person copies. */
void paper_command(const struct paper *paper, int indent, struct span text);

/* One line, shortened in its middle to the width. */
void paper_line(const struct paper *paper, int indent, enum ink ink, struct span text);

/* Appends the text with its middle replaced by `…` so that it takes at most `columns`. */
void paper_add_shortened(struct buf *out, struct span text, size_t columns);

#endif
