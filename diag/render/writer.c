/* Wrapping, shortening and colouring of the text report. */

#include "render/writer.h"

#include "base/utf8.h"

static const char *const escapes[] = {
    [STYLE_PLAIN] = "",         [STYLE_BOLD] = "\x1b[1m",    [STYLE_DIM] = "\x1b[2m",
    [STYLE_RED] = "\x1b[1;31m", [STYLE_YELLOW] = "\x1b[33m", [STYLE_GREEN] = "\x1b[32m",
    [STYLE_CYAN] = "\x1b[36m",
};

void writer_add(const struct writer *writer, enum style style, struct span text)
{
    bool coloured = writer->colour && style != STYLE_PLAIN;

    if (coloured) {
        buf_add_string(writer->out, escapes[style]);
    }
    utf8_add_visible(writer->out, text);
    if (coloured) {
        buf_add_string(writer->out, "\x1b[0m");
    }
}

static void indent_by(const struct writer *writer, int indent)
{
    buf_printf(writer->out, "%*s", indent, "");
}

/* The start of a paragraph's first line: the label, then spaces up to the indent. */
static void add_label(const struct writer *writer, int indent, const char *label)
{
    int columns = (int)utf8_columns(span_of(label));

    writer_add(writer, STYLE_BOLD, span_of(label));
    if (columns >= indent && columns > 0) {
        buf_add_byte(writer->out, '\n');
        columns = 0;
    }
    indent_by(writer, indent - columns);
}

/* Columns after the indent. */
static size_t room_after(const struct writer *writer, int indent)
{
    return writer->columns > indent ? (size_t)(writer->columns - indent) : SIZE_MAX;
}

/* Breaks between words. Spaces inside a line are kept: a line of fstab is in columns. */
static void wrap(const struct writer *writer, int indent, struct span text)
{
    size_t room = room_after(writer, indent), used = 0;
    struct span rest = text, word;

    while (span_word(&rest, &word)) {
        size_t blanks = (size_t)(word.data - text.data), columns = utf8_columns(word);

        if (used && used + blanks + columns > room) {
            buf_add_byte(writer->out, '\n');
            indent_by(writer, indent);
            used = blanks = 0;
        }
        buf_printf(writer->out, "%*s", (int)blanks, "");
        buf_add(writer->out, word);
        used += blanks + columns;
        text = rest;
    }
    buf_add_byte(writer->out, '\n');
}

void writer_paragraph(const struct writer *writer, int indent, const char *label, struct span text)
{
    CLEANUP(buf_done_at) struct buf visible = { 0 };

    utf8_add_visible(&visible, span_trim(text));
    add_label(writer, indent, label);
    wrap(writer, indent, buf_span(&visible));
}

void writer_command(const struct writer *writer, int indent, struct span text)
{
    indent_by(writer, indent);
    writer_add(writer, STYLE_CYAN, text);
    buf_add_byte(writer->out, '\n');
}

void writer_line(const struct writer *writer, int indent, enum style style, struct span text)
{
    CLEANUP(buf_done_at) struct buf visible = { 0 };
    CLEANUP(buf_done_at) struct buf shortened = { 0 };

    utf8_add_visible(&visible, text);
    writer_add_shortened(&shortened, buf_span(&visible), room_after(writer, indent));
    indent_by(writer, indent);
    writer_add(writer, style, buf_span(&shortened));
    buf_add_byte(writer->out, '\n');
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

void writer_add_shortened(struct buf *out, struct span text, size_t columns)
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
    if (utf8_columns(tail) > tail_columns) { /* a wide character crosses the edge */
        tail = span_skip(tail, utf8_character(tail));
    }
    buf_add(out, span_head(text, head));
    buf_add_string(out, "\xe2\x80\xa6");
    buf_add(out, tail);
}
