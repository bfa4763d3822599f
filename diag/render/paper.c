/* Wrapping, shortening and colouring of the text report. */

#include "render/paper.h"

#include "base/utf8.h"

static const char *const escapes[] = {
    [INK_PLAIN] = "",         [INK_BOLD] = "\x1b[1m",    [INK_DIM] = "\x1b[2m",
    [INK_RED] = "\x1b[1;31m", [INK_YELLOW] = "\x1b[33m", [INK_GREEN] = "\x1b[32m",
    [INK_CYAN] = "\x1b[36m",
};

void paper_add(const struct paper *paper, enum ink ink, struct span text)
{
    bool coloured = paper->colour && ink != INK_PLAIN;

    if (coloured) {
        buf_add_string(paper->out, escapes[ink]);
    }
    utf8_add_visible(paper->out, text);
    if (coloured) {
        buf_add_string(paper->out, "\x1b[0m");
    }
}

static void indent_by(const struct paper *paper, int indent)
{
    buf_printf(paper->out, "%*s", indent, "");
}

/* Starts the first line of a paragraph behind its label. */
static void add_label(const struct paper *paper, int indent, const char *label)
{
    int columns = (int)utf8_columns(span_of(label));

    paper_add(paper, INK_BOLD, span_of(label));
    if (columns >= indent && columns > 0) {
        buf_add_byte(paper->out, '\n');
        columns = 0;
    }
    indent_by(paper, indent - columns);
}

/* Columns behind the indent. */
static size_t room_behind(const struct paper *paper, int indent)
{
    return paper->columns > indent ? (size_t)(paper->columns - indent) : SIZE_MAX;
}

/* Breaks between words. Blanks inside a line stay as they are: a line of fstab is in columns. */
static void wrap(const struct paper *paper, int indent, struct span text)
{
    size_t room = room_behind(paper, indent), used = 0;
    struct span rest = text, word;

    while (span_word(&rest, &word)) {
        size_t blanks = (size_t)(word.data - text.data), columns = utf8_columns(word);

        if (used && used + blanks + columns > room) {
            buf_add_byte(paper->out, '\n');
            indent_by(paper, indent);
            used = blanks = 0;
        }
        buf_printf(paper->out, "%*s", (int)blanks, "");
        buf_add(paper->out, word);
        used += blanks + columns;
        text = rest;
    }
    buf_add_byte(paper->out, '\n');
}

void paper_paragraph(const struct paper *paper, int indent, const char *label, struct span text)
{
    CLEANUP(buf_done_at) struct buf visible = { 0 };

    utf8_add_visible(&visible, span_trim(text));
    add_label(paper, indent, label);
    wrap(paper, indent, buf_span(&visible));
}

void paper_command(const struct paper *paper, int indent, struct span text)
{
    indent_by(paper, indent);
    paper_add(paper, INK_CYAN, text);
    buf_add_byte(paper->out, '\n');
}

void paper_line(const struct paper *paper, int indent, enum ink ink, struct span text)
{
    CLEANUP(buf_done_at) struct buf visible = { 0 };
    CLEANUP(buf_done_at) struct buf shortened = { 0 };

    utf8_add_visible(&visible, text);
    paper_add_shortened(&shortened, buf_span(&visible), room_behind(paper, indent));
    indent_by(paper, indent);
    paper_add(paper, ink, buf_span(&shortened));
    buf_add_byte(paper->out, '\n');
}

/* Bytes at the start of valid UTF-8 that take at most `columns`. */
static size_t head_bytes(struct span text, size_t columns)
{
    size_t bytes = 0, used = 0;

    while (bytes < text.size) {
        size_t n = utf8_character(span_skip(text, bytes));
        size_t width = utf8_columns((struct span){ text.data + bytes, n ? n : 1 });

        if (used + width > columns) {
            break;
        }
        used += width;
        bytes += n ? n : 1;
    }
    return bytes;
}

void paper_add_shortened(struct buf *out, struct span text, size_t columns)
{
    size_t all = utf8_columns(text), tail_columns, head;
    struct span tail;

    if (all <= columns) {
        buf_add(out, text);
        return;
    }
    if (columns == 0) {
        return;
    }
    tail_columns = (columns - 1) / 3;
    head = head_bytes(text, columns - 1 - tail_columns);
    tail = span_skip(text, head_bytes(text, all - tail_columns));
    if (utf8_columns(tail) > tail_columns) { /* a wide character stood on the edge */
        tail = span_skip(tail, utf8_character(tail));
    }
    buf_add(out, span_head(text, head));
    buf_add_string(out, "\xe2\x80\xa6");
    buf_add(out, tail);
}
