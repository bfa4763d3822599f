/* The part of a text input that is in memory. */

#define _GNU_SOURCE /* memrchr */
#include "format/window.h"

#include <assert.h>
#include <errno.h>

enum {
    UTF16_BYTES = 64 * 1024
};

void window_init(struct window *window)
{
    window->data = window->own = alloc_bytes(WINDOW_BYTES);
    window->start = window->last = (struct text_place){ .line = 1 };
}

void window_begin_at(struct window *window, uint64_t line, uint64_t offset)
{
    if (line > 0) {
        window->start.line = window->last.line = line;
        window->start.offset = window->last.offset = offset;
    }
}

void window_done(struct window *window)
{
    free(window->own);
    vec_free(&window->blocks);
    clean_done(&window->clean);
    vec_free(&window->edits);
}

/* Reads UTF-16 into the window as UTF-8. */
static int64_t read_utf16(struct window *window)
{
    char raw[UTF16_BYTES];
    size_t room = (WINDOW_BYTES - window->size - 8) / 3 * 2;
    int64_t n = window->read(window->source, raw, room < sizeof(raw) ? room : sizeof(raw));

    if (n > 0) {
        window->size += utf16_convert(&window->utf16, (struct span){ raw, (size_t)n },
                                      window->data + window->size);
    }
    return n;
}

/* Up to the end of a block of the input, as if it was read in blocks: then batches are the same in any case. */
static size_t room_of(const struct window *window)
{
    uint64_t end = window->bytes + WINDOW_BYTES - window->size;

    end -= end % TEXT_BLOCK_BYTES;
    return end > window->bytes ? (size_t)(end - window->bytes) : 0;
}

static int64_t read_some(struct window *window)
{
    int64_t n;

    if (window->utf16.on) {
        return read_utf16(window);
    }
    n = window->read(window->source, window->data + window->size, room_of(window));
    if (n > 0) {
        window->size += (size_t)n;
    }
    return n;
}

/* --- blocks --- */

uint64_t window_block_offset(const struct window *window, size_t at)
{
    return window->bytes - window->size + at;
}

/* Lines are repaired in memory of our own. */
static bool may_take(const struct window *window)
{
    return window->take && window->planned && !window->utf16.on &&
           !clean_is_needed(&window->clean) && window->bytes % TEXT_BLOCK_BYTES == 0;
}

/* The next block: the bytes of before are in front of it, if need be by moving them there. 1, 0 at the end,
 * negative errno; -ENOTSUP: read. */
static int take_block(struct window *window)
{
    struct text_block block;
    int r = window->take(window->source, &block);

    if (r <= 0) {
        return r;
    }
    if (window->blocks.n == 0) {
        memcpy((char *)block.bytes.data - window->size, window->data, window->size);
        window->give_back(window->source, window_block_offset(window, 0));
    }
    window->data = (char *)block.bytes.data - window->size;
    window->size += block.bytes.size;
    window->bytes += block.bytes.size;
    vec_push(&window->blocks, block);
    return 1;
}

/* Back to our own memory, for good. */
static void leave_blocks(struct window *window)
{
    window->take = NULL;
    if (window->blocks.n > 0) {
        memcpy(window->own, window->data, window->size);
        window->data = window->own;
        vec_clear(&window->blocks);
    }
}

/* The window begins later: blocks before it are not needed. */
static void drop_blocks(struct window *window)
{
    uint64_t start = window_block_offset(window, 0);
    size_t n = 0;

    while (n + 1 < window->blocks.n && window->blocks.items[n + 1].offset <= start) {
        n++;
    }
    window->blocks.n -= n;
    memmove(window->blocks.items, window->blocks.items + n,
            window->blocks.n * sizeof(*window->blocks.items));
    window->give_back(window->source, start);
}

/* --- reading --- */

/* Removes a byte order mark; UTF-16 that was read is converted. */
static void take_mark(struct window *window)
{
    size_t mark = utf16_detect(&window->utf16, (struct span){ window->data, window->size });
    char *copy;

    window->size -= mark;
    window->start.offset = window->last.offset = mark;
    memmove(window->data, window->data + mark, window->size);
    if (!window->utf16.on) {
        return;
    }
    copy = alloc_bytes(window->size);
    memcpy(copy, window->data, window->size);
    window->size = utf16_convert(&window->utf16, (struct span){ copy, window->size }, window->data);
    free(copy);
}

/* Reads the first bytes, enough to detect a byte order mark. */
static int read_mark(struct window *window)
{
    char *data = window->data;

    while (window->size < 4 || (window->size < UTF16_SEEN_BYTES &&
                                utf16_is_possible((struct span){ data, window->size }))) {
        /* In small pieces: UTF-16 becomes longer. */
        int64_t n = window->read(window->source, data + window->size, 4096 - window->size);

        if (n < 0) {
            return (int)n;
        }
        if (n == 0) {
            break; /* window_fill() reaches the end again, and processes what there is */
        }
        window->size += (size_t)n;
        window->bytes += (uint64_t)n;
    }
    take_mark(window);
    window->marked = true;
    return 0;
}

/* A line is truncated repeatedly while more of it is read: that is one edit. */
static void add_cut(struct edits *edits, size_t at, uint64_t bytes)
{
    if (edits->n && edits->items[edits->n - 1].at == at) {
        edits->items[edits->n - 1].bytes += bytes;
    } else {
        vec_push(edits, (struct edit){ .at = at, .bytes = bytes });
    }
}

/* Takes `n` bytes out of the window. The edits stay in their order. */
static void take_out(struct window *window, size_t at, size_t n)
{
    struct edits *edits = &window->edits;
    size_t first = edits->n; /* of the edits after it */

    memmove(window->data + at, window->data + at + n, window->size - at - n);
    window->size -= n;
    for (; first > 0 && edits->items[first - 1].at > at; first--) {
        struct edit *later = &edits->items[first - 1];

        later->at = later->at > at + n ? later->at - n : at;
    }
    vec_push(edits, (struct edit){ .at = at, .bytes = n });
    for (size_t i = edits->n - 1; i > first; i--) {
        struct edit earlier = edits->items[i];

        edits->items[i] = edits->items[i - 1];
        edits->items[i - 1] = earlier;
    }
}

/* A log that was truncated while it was open for writing, or not written before a crash, has NULs in front of the next
 * line, as many as the file had bytes before. */
static bool drop_nuls(struct window *window, size_t end)
{
    size_t at = window->checked, n = 0;

    while (at + n < end && window->data[at + n] == 0) {
        n++;
    }
    if (n > 0) {
        notes_add(window->notes, NOTE_BINARY, window->name, 0, "the input contains NUL bytes");
        take_out(window, at, n);
    }
    return n > 0;
}

/* Drops the end of a line that is too long. False if nothing is left to process. */
static bool cut_line(struct window *window)
{
    size_t from = window->checked + LIMIT_LINE_BYTES, end = window->size - window->n_raw;
    char *data = window->data;
    const char *newline;
    size_t to;

    if (end <= from) {
        return false;
    }
    newline = memrchr(data + window->checked, '\n', LIMIT_LINE_BYTES);
    if (newline) {
        window->checked = (size_t)(newline - data) + 1;
        return true;
    }
    leave_blocks(window);
    data = window->data;
    if (!window->cutting && drop_nuls(window, end)) {
        return true;
    }
    newline = memchr(data + from, '\n', end - from);
    to = newline ? (size_t)(newline - data) : end;
    if (to > from) {
        if (!window->cutting) {
            notes_add(window->notes, NOTE_LINE_CUT, window->name,
                      window_place(window, window->checked).line,
                      "a line is longer than %d KiB; the rest was ignored",
                      LIMIT_LINE_BYTES / 1024);
        }
        memmove(data + from, data + to, window->size - to);
        window->size -= to - from;
        add_cut(&window->edits, from, to - from);
    }
    window->cutting = !newline;
    if (newline) {
        window->checked = from + 1;
    }
    return newline != NULL;
}

/* Cleans the text read since `from`, and truncates lines that are too long. */
static void digest(struct window *window, size_t from)
{
    if (clean_is_needed(&window->clean)) {
        window->size = clean_run(&window->clean, window->data, from - window->n_raw, window->size,
                                 window->at_end, &window->edits, &window->n_raw);
    }
    while (cut_line(window)) {
        ;
    }
}

/* Problems of the input are detected when enough of it was read; while following, with what is
 * there. */
static void plan(struct window *window)
{
    clean_plan(&window->clean, (struct span){ window->data, window->size },
               window->at_end && window->size <= LIMIT_BLOCK_BYTES);
    window->planned = true;
}

static bool is_full(const struct window *window)
{
    return window->utf16.on ? window->size + 16 >= WINDOW_BYTES : room_of(window) == 0;
}

/* As read(2), of a block or of what there is room for. */
static int64_t read_more(struct window *window)
{
    size_t before = window->size;
    int64_t n = may_take(window) ? take_block(window) : -ENOTSUP;

    if (n > 0) {
        return (int64_t)(window->size - before);
    }
    if (n != -ENOTSUP) {
        return n;
    }
    if (window->blocks.n > 0) {
        leave_blocks(window);
    }
    n = read_some(window);
    window->bytes += n > 0 ? (uint64_t)n : 0;
    return n;
}

int window_fill(struct window *window)
{
    size_t from = window->size;
    int r = 0;

    window->waiting = false;
    if (!window->marked) {
        r = read_mark(window);
    }
    if (r == -EAGAIN) {
        window->waiting = true;
    }
    if (r < 0) {
        return window->waiting ? 0 : r;
    }
    while (!window->at_end && !window->waiting && !is_full(window)) {
        int64_t n = read_more(window);

        if (n < 0 && n != -EAGAIN) {
            return (int)n;
        }
        window->waiting = n == -EAGAIN;
        window->at_end = n == 0;
        if (!window->planned && !window->at_end && !window->waiting && !is_full(window)) {
            continue;
        }
        if (!window->planned) {
            plan(window);
        }
        digest(window, from);
        from = window->size;
    }
    return 0;
}

void window_drop(struct window *window, size_t n)
{
    size_t kept = 0;

    assert(n <= window->size - window->n_raw);
    if (n == 0) {
        return;
    }
    window->start = window_place(window, n);
    for (size_t i = window->start.n_edits; i < window->edits.n; i++) {
        window->edits.items[kept] = window->edits.items[i];
        window->edits.items[kept++].at -= n;
    }
    window->edits.n = kept;
    window->start.at = window->start.n_edits = 0;
    window->last = window->start;
    window->steps.n = 0;
    window->checked = window->checked > n ? window->checked - n : 0;
    window->size -= n;
    window->base += n;
    if (window->blocks.n > 0) {
        window->data += n;
        drop_blocks(window);
    } else {
        memmove(window->data, window->data + n, window->size);
    }
}

static void add_edit(struct text_place *place, const struct edit *edit, int sign)
{
    place->offset += (uint64_t)sign * edit->bytes;
    place->line += (uint64_t)sign * edit->lines;
}

static struct traits traits_between(struct window *window, size_t start, size_t end)
{
    window->n_counted += end - start;
    return traits_of((struct span){ window->data + start, end - start });
}

/* A heading may begin with a step: the newline before it is in the step before. */
static bool is_mark_at(const struct window *window, size_t at)
{
    return window->data[at - 1] == '\n' && window->data[at] == '=';
}

/* Sums up what the text from `start` to `end` shows, step by step. */
static struct traits traits_by_steps(struct window *window, size_t start, size_t end)
{
    struct line_steps *steps = &window->steps;
    struct traits all = { 0 };

    steps->start = start;
    steps->n = 0;
    for (size_t at = start; at < end; at += WINDOW_STEP_BYTES) {
        size_t rest = end - at;
        struct traits traits =
            traits_between(window, at, at + (rest < WINDOW_STEP_BYTES ? rest : WINDOW_STEP_BYTES));

        steps->lines[steps->n++] = all.n_newlines;
        all.n_newlines += traits.n_newlines;
        all.has_nul |= traits.has_nul;
        all.has_high |= traits.has_high;
        all.has_marks |= traits.has_marks || (at > start && is_mark_at(window, at));
    }
    return all;
}

/* Of the whole steps between the two, it is known. */
static uint64_t count_lines(struct window *window, size_t low, size_t high)
{
    const struct line_steps *steps = &window->steps;
    size_t first, last;

    if (steps->n == 0 || high <= steps->start) {
        return traits_between(window, low, high).n_newlines;
    }
    first =
        low > steps->start ? (low - steps->start + WINDOW_STEP_BYTES - 1) / WINDOW_STEP_BYTES : 0;
    last = (high - steps->start) / WINDOW_STEP_BYTES;
    last = last < steps->n ? last : steps->n - 1;
    if (first >= last) {
        return traits_between(window, low, high).n_newlines;
    }
    return traits_between(window, low, steps->start + first * WINDOW_STEP_BYTES).n_newlines +
           steps->lines[last] - steps->lines[first] +
           traits_between(window, steps->start + last * WINDOW_STEP_BYTES, high).n_newlines;
}

static void add_traits(struct traits *all, struct traits traits)
{
    all->has_nul |= traits.has_nul;
    all->has_high |= traits.has_high;
    all->has_marks |= traits.has_marks;
}

/* The steps of a block whose first byte is at `at`, of those that are in the window; `*lines` are before
 * them. */
static void add_steps(struct line_steps *steps, const struct text_block *block, int64_t at,
                      uint64_t *lines)
{
    for (size_t i = 0; i * TEXT_STEP_BYTES < block->bytes.size; i++, at += TEXT_STEP_BYTES) {
        if (at < 0) {
            continue;
        }
        if (steps->n == 0) {
            steps->start = (size_t)at;
        }
        steps->lines[steps->n++] = *lines;
        *lines += block->newlines[i];
    }
}

/* Sums up what was seen in the blocks. What is before them is looked at; what they show beyond the text
 * counts as well, except for lines. */
static struct traits traits_of_blocks(struct window *window, size_t start, size_t end)
{
    uint64_t lines = 0, from = window_block_offset(window, 0);
    struct traits all = { 0 };
    int64_t at = 0;

    window->steps.n = 0;
    for (size_t i = 0; i < window->blocks.n; i++) {
        const struct text_block *block = &window->blocks.items[i];

        at = (int64_t)(block->offset - from);
        if (i == 0 && at > (int64_t)start) {
            add_traits(&all, traits_between(window, start, (size_t)at));
        }
        add_traits(&all, block->traits);
        all.has_marks |= at > 0 && is_mark_at(window, (size_t)at);
        add_steps(&window->steps, block, at, &lines);
    }
    all.n_newlines = count_lines(window, start, end);
    return all;
}

struct traits window_traits(struct window *window, size_t start, size_t end)
{
    return window->blocks.n ? traits_of_blocks(window, start, end)
                            : traits_by_steps(window, start, end);
}

struct text_place window_place(struct window *window, size_t at)
{
    struct text_place *place = &window->last;
    size_t low = at < place->at ? at : place->at, high = at < place->at ? place->at : at;
    uint64_t lines = count_lines(window, low, high);

    place->offset += at - place->at; /* goes back if `at` is smaller */
    place->line += at < place->at ? 0 - lines : lines;
    while (place->n_edits < window->edits.n && window->edits.items[place->n_edits].at < at) {
        add_edit(place, &window->edits.items[place->n_edits++], 1);
    }
    while (place->n_edits > 0 && window->edits.items[place->n_edits - 1].at >= at) {
        add_edit(place, &window->edits.items[--place->n_edits], -1);
    }
    place->at = at;
    return *place;
}

bool window_is_joined(const struct window *window, size_t start, size_t end)
{
    size_t low = 0, high = window->edits.n;

    if (!window->clean.between_words) {
        return false;
    }
    while (low < high) { /* the first edit after the start */
        size_t middle = low + (high - low) / 2;

        if (window->edits.items[middle].at > start) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    for (; low < window->edits.n && window->edits.items[low].at < end; low++) {
        if (window->edits.items[low].lines) {
            return true;
        }
    }
    return false;
}

void window_note(struct window *window, enum note_kind kind, size_t at, const char *detail)
{
    notes_add(window->notes, kind, window->name, window_place(window, at).line, "%s", detail);
}
