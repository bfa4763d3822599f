/* Finds the records in the window.
 *
 * A line that continues the one before belongs to its record:
 *
 *   panic: runtime error: invalid memory address or nil pointer dereference
 *   goroutine 1 [running]:
 *           /go/src/k8s.io/kubernetes/cmd/kubelet/app/server.go:262 +0x2a
 */

#define _GNU_SOURCE /* memrchr */
#include "format/records.h"

#include "base/limits.h"
#include "format/logtime.h"

enum {
    INDENT_MAX = 8, /* lines indented further always belong to the preceding one */
    RECORD_LINES_MAX = 2048,
};

void records_done(struct records *records)
{
    vec_free(&records->frames);
}

/* Lines. */

static size_t line_start(const struct records *records, size_t at)
{
    const char *data = records->window->data;
    const char *newline = at ? memrchr(data, '\n', at) : NULL;

    return newline ? (size_t)(newline - data) + 1 : 0;
}

/* After its newline. */
static size_t line_end(const struct records *records, size_t at)
{
    struct span text = span_skip(window_text(records->window), at);
    ptrdiff_t newline = span_find_byte(text, '\n');

    return at + (newline < 0 ? text.size : (size_t)newline + 1);
}

static struct span line_at(const struct records *records, size_t at)
{
    size_t end = line_end(records, at);

    if (end > at && records->window->data[end - 1] == '\n') {
        end--;
    }
    return (struct span){ records->window->data + at, end - at };
}

/* True if it is a record of another format within this one. */
static bool is_stranger(const struct records *records, struct span line)
{
    struct span rest = line;
    int bid;

    if (take_blanks(&rest) > INDENT_MAX || rest.size == 0) {
        return false;
    }
    return choices_find(records->choices, line, &bid) != records->format && bid > BID_WEAK;
}

/* `==> coredns [1fc341799e51] <==`: what follows is another log. */
static bool is_heading(struct span line)
{
    return span_starts(line, SPAN("==> ")) && span_ends(span_trim(line), SPAN(" <=="));
}

static bool ask(const struct records *records, size_t at)
{
    struct span line = line_at(records, at);

    return !records->format->begins || records->format->begins(line) || is_heading(line) ||
           is_stranger(records, line);
}

static bool begins(struct records *records, size_t at)
{
    struct record_start *start =
        &records->starts[at * 0x9e3779b97f4a7c15 >> 32 & (RECORDS_STARTS - 1)];

    if (start->after != at + 1) {
        *start = (struct record_start){ at + 1, ask(records, at) };
    }
    return start->begins;
}

/* The record that starts at `start`. Its size is limited like that of a line, and its number of
 * lines as well, so that hostile input cannot be one single record. */
static struct record record_from(struct records *records, size_t start)
{
    size_t size = window_text(records->window).size;
    struct record record = { .start = start, .end = line_end(records, start) };

    for (int n = 1; n < RECORD_LINES_MAX && record.end < size &&
                    record.end - start < LIMIT_LINE_BYTES && !begins(records, record.end);
         n++) {
        record.end = line_end(records, record.end);
    }
    return record;
}

/* The previous result is a boundary, so that no line is inspected repeatedly. */
static struct record record_of_lines(struct records *records, size_t at)
{
    size_t start = line_start(records, at);
    size_t low = records->found.end <= start ? records->found.end : 0;

    for (int n = 1; n < RECORD_LINES_MAX && start > low && at - start < LIMIT_LINE_BYTES &&
                    !begins(records, start);
         n++) {
        start = line_start(records, start - 1);
    }
    return record_from(records, start);
}

static size_t end_of_lines(struct records *records, size_t start)
{
    const struct window *window = records->window;
    size_t size = window_text(window).size;
    size_t wanted = size > LIMIT_MARGIN_BYTES ? size - LIMIT_MARGIN_BYTES : 0, end;

    if (window->at_end || wanted <= start) {
        return window->at_end ? size : line_start(records, size);
    }
    end = record_of_lines(records, wanted).start;
    if (end <= start) {
        end = line_start(records, wanted);
    }
    return end > start ? end : line_start(records, size);
}

/* Frames. */

static struct record record_of_frames(const struct records *records, size_t at)
{
    size_t low = 0, high = records->frames.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (records->frames.items[middle].start <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low < records->frames.n ? records->frames.items[low] : (struct record){ at, at };
}

/* The rest, if no frame fits: the end of the input, or something too long to be a frame. */
static bool frame_rest(struct records *records, size_t size)
{
    struct window *window = records->window;

    if (window->at_end) {
        window_note(window, NOTE_TRUNCATED, records->framed,
                    "the input ends in the middle of a record");
        vec_push(&records->frames, (struct record){ records->framed, size });
    } else if (size - records->framed < LIMIT_RECORD_BYTES) {
        return false;
    } else {
        window_note(window, NOTE_RECORD_BAD, records->framed, "skipped a record that is too long");
    }
    records->framed = size;
    return true;
}

static void unescape(struct records *records, size_t n)
{
    const struct format *format = records->format;

    if (format->unescape && !format->unescape(records->window->data + records->framed, n)) {
        window_note(
            records->window, NOTE_LEFT_OUT, records->framed,
            "journalctl omits messages of more than 4096 bytes without -a (--all) or -o export");
    }
}

void records_read(struct records *records)
{
    const struct window *window = records->window;
    struct span text = window_text(window);

    if (!records->format->frame) {
        return;
    }
    while (records->framed < text.size) {
        struct span rest = span_skip(text, records->framed);
        size_t n = records->format->frame(rest, window->at_end);

        if (n == 0 || n > rest.size) {
            (void)frame_rest(records, text.size);
            return;
        }
        unescape(records, n);
        vec_push(&records->frames, (struct record){ records->framed, records->framed + n });
        records->framed += n;
    }
}

static size_t end_of_frames(const struct records *records, size_t start)
{
    size_t size = window_text(records->window).size;
    size_t end;

    if (records->window->at_end || size <= LIMIT_MARGIN_BYTES) {
        return records->framed;
    }
    end = record_of_frames(records, size - LIMIT_MARGIN_BYTES).start;
    return end > start ? end : records->framed;
}

uint64_t records_n_frames(const struct records *records, struct record part)
{
    uint64_t n = 0;

    for (size_t i = 0; i < records->frames.n; i++) {
        size_t start = records->frames.items[i].start;

        n += start >= part.start && start < part.end;
    }
    return n;
}

static void drop_frames(struct records *records, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < records->frames.n; i++) {
        struct record frame = records->frames.items[i];

        if (frame.start >= n) {
            records->frames.items[kept++] = (struct record){ frame.start - n, frame.end - n };
        }
    }
    records->frames.n = kept;
    records->framed = records->framed > n ? records->framed - n : 0;
}

/* Both. */

struct record records_at(struct records *records, size_t at)
{
    if (at < records->found.start || at >= records->found.end) {
        records->found =
            records->format->frame ? record_of_frames(records, at) : record_of_lines(records, at);
    }
    return records->found;
}

bool records_step(struct records *records, size_t at, int direction, struct record *ret)
{
    struct record record = records_at(records, at);

    if (direction < 0 ? record.start == 0 : record.end >= window_text(records->window).size) {
        return false;
    }
    if (direction > 0 && !records->format->frame) {
        records->found = record_from(records, record.end);
    } else {
        (void)records_at(records, direction > 0 ? record.end : record.start - 1);
    }
    *ret = records->found;
    return direction > 0 ? ret->start > at : ret->start < at;
}

struct span records_text(const struct records *records, struct record record)
{
    struct span text = { records->window->data + record.start, record.end - record.start };

    if (records->format->frame) {
        return text;
    }
    text = span_head(text, LIMIT_LINE_BYTES);
    while (text.size && text.data[text.size - 1] == '\n') {
        text.size--;
    }
    return text;
}

size_t records_end(struct records *records, size_t start)
{
    return records->format->frame ? end_of_frames(records, start) : end_of_lines(records, start);
}

size_t records_end_before(const struct records *records, size_t at, bool partial)
{
    if (!records->format || !records->format->frame) {
        return partial ? at : line_start(records, at);
    }
    if (at > records->framed) {
        return records->framed;
    }
    return at ? record_of_frames(records, at - 1).end : 0;
}

size_t records_drop(struct records *records, size_t at)
{
    size_t n = at ? line_start(records, at) : 0;

    window_drop(records->window, n);
    drop_frames(records, n);
    records_forget(records);
    return n;
}

void records_forget(struct records *records)
{
    records->found = (struct record){ 0 };
    memset(records->starts, 0, sizeof(records->starts));
    choices_forget(records->choices);
}
