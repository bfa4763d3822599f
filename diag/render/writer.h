#ifndef NODECAUSE_RENDER_WRITER_H
#define NODECAUSE_RENDER_WRITER_H

#include "base/buf.h"
#include "base/span.h"

#include <stdbool.h>

/* Writes the text report: knows the width, wraps, shortens and colours. Control characters
 * in the text become visible (utf8_add_visible), so that no byte of a log acts on a terminal. */
struct writer {
    struct buf *out;
    int columns; /* 0: do not wrap */
    bool colour;
};

enum style {
    STYLE_PLAIN,
    STYLE_BOLD,
    STYLE_DIM,
    STYLE_RED,
    STYLE_YELLOW,
    STYLE_GREEN,
    STYLE_CYAN
};

/* The text on this line, in that colour, neither wrapped nor shortened. */
void writer_add(const struct writer *writer, enum style style, struct span text);

/* A paragraph: words wrapped at the width, every line indented by `indent` columns. The first line
 * begins with `label` in bold (at most `indent` columns of it, else on a line of its own). */
void writer_paragraph(const struct writer *writer, int indent, const char *label, struct span text);

/* One line, never wrapped: what a person copies. */
void writer_command(const struct writer *writer, int indent, struct span text);

/* One line, shortened in its middle to the width. */
void writer_line(const struct writer *writer, int indent, enum style style, struct span text);

/* Appends the text with its middle replaced by `…` so that it takes at most `columns`. */
void writer_add_shortened(struct buf *out, struct span text, size_t columns);

#endif
