/* Converts the bytes of a text input to batches and entries.
 *
 * A large log is read block by block and scanned as bytes by the caller; only records that the
 * caller asks for are decoded here. Positions are offsets in the cleaned text. */

#define _GNU_SOURCE /* memrchr */
#include "format/reader.h"

#include "base/limits.h"
#include "format/cut_mark.h"
#include "format/glued.h"
#include "format/joining.h"
#include "format/layer.h"
#include "format/records.h"
#include "format/trouble.h"
#include "format/unit.h"
#include "format/window.h"
#include "format/year.h"

#include <errno.h>

enum {
    HEAD_BYTES = 64 * 1024, /* bytes given to bids */
    LOOK_MAX = 256,         /* records inspected for the first and last time of the input */
    STATUS_LINES = 8,       /* records between the unit and a line of its header */
};

/* Offsets in an input that grows. */
struct settling {
    uint64_t arrived; /* end of the input at the last call to settle */
    uint64_t settled; /* end of the settled part */
    bool all;         /* including a last line without newline */
    unsigned n_quiet; /* consecutive calls without new data */
};

/* The record decoded last, which is often asked for again: by the one that looks for the start of a
 * value, and by the one that reads it. */
struct decoded {
    struct record record;
    struct entry entry;
    struct logtime glued;
    int r;
    bool valid; /* it uses no memory of the arena that it was decoded with */
};

struct reader {
    struct reader_options options;
    struct format_context context;
    struct window window;
    struct records records;
    struct record batch;
    struct joining joining;
    struct settling settling;
    struct trouble trouble;
    struct decoded last_decoded;

    const char *year_from;
    struct moment first, last;
    uint64_t n_lines;
};

/* Decoding. */

/* Offset in the window of a position; false if it is out of reach. */
static bool reach(const struct reader *reader, position at, size_t *ret)
{
    size_t size = window_text(&reader->window).size;

    if (at < (position)reader->window.base || at >= (position)(reader->window.base + size)) {
        return false;
    }
    *ret = (size_t)(at - (position)reader->window.base);
    return true;
}

static position position_of(const struct reader *reader, struct record record)
{
    return (position)(reader->window.base + record.start);
}

static int step(void *owner, position at, int direction, position *ret)
{
    struct reader *reader = owner;
    struct record record;
    size_t offset;

    if (!reach(reader, at, &offset) ||
        !records_step(&reader->records, offset, direction, &record)) {
        return 0;
    }
    *ret = position_of(reader, record);
    return 1;
}

static int decode_new_record(const struct reader *reader, struct record record, struct arena *arena,
                             struct logtime *glued, struct entry *ret)
{
    const struct format *format = reader->records.format;
    struct format_context context = reader->context;
    struct span text = records_text(&reader->records, record);
    int r = -EBADMSG;

    context.arena = arena;
    *glued = (struct logtime){ 0 };
    *ret = entry_empty();
    if (span_empty(span_trim(text))) {
        return 0;
    }
    /* Plain text accepts everything, so it is tried last. */
    if (format != &format_text) {
        r = format->decode(&context, text, ret);
    }
    return r == -EBADMSG ? glued_decode(&context, reader->records.choices, text, glued, ret) : r;
}

/* The entry of the record alone. */
static int decode_record(struct reader *reader, struct record record, struct arena *arena,
                         struct logtime *glued, struct entry *ret)
{
    struct decoded *last = &reader->last_decoded;
    size_t before = arena_size(arena);

    if (!last->valid || last->record.start != record.start || last->record.end != record.end) {
        last->record = record;
        last->r = decode_new_record(reader, record, arena, &last->glued, &last->entry);
        last->valid = arena_size(arena) == before;
    }
    *glued = last->glued;
    *ret = last->entry;
    return last->r;
}

/* For joining. */
static int decode_alone(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct reader *reader = owner;
    struct logtime glued;
    size_t offset;

    if (!reach(reader, at, &offset)) {
        return 0;
    }
    return decode_record(reader, records_at(&reader->records, offset), arena, &glued, ret);
}

static void read_about(struct entry *entry)
{
    if (span_empty(entry->about_unit) &&
        (span_is(entry->identifier, "systemd") ||
         (span_empty(entry->identifier) && span_empty(entry->transport) &&
          span_empty(entry->klog.file)))) {
        entry->about_unit = unit_of_message(entry->message);
    }
}

static void read_origin(struct reader *reader, struct record record, struct entry *entry)
{
    struct text_place place = window_place(&reader->window, record.start);

    entry->origin.line = place.line;
    entry->origin.offset = place.offset;
    entry->raw = records_text(&reader->records, record);
    if (window_is_joined(&reader->window, record.start, record.start + entry->raw.size)) {
        entry->mended = "the line was joined from wrapped pieces";
    }
}

/* The entry of the header of systemctl status that the record at `at`, a line of it, belongs to. */
static bool find_status_head(const struct reader *reader, position at, struct arena *arena,
                             struct entry *ret)
{
    for (int n = 0; n < STATUS_LINES && batch_step(&reader->joining.records, at, -1, &at) > 0;
         n++) {
        if (batch_decode(&reader->joining.records, at, arena, ret) <= 0 ||
            !span_empty(ret->identifier)) {
            return false;
        }
        if (span_is(ret->transport, "status") && !span_empty(ret->unit)) {
            return true;
        }
    }
    return false;
}

/* Between log lines, each line of the header of systemctl status is a record, and only the first
 * one names the unit. */
static void read_status_unit(const struct reader *reader, position at, struct arena *arena,
                             struct entry *entry)
{
    struct field *fields;
    struct entry head;

    if (!span_is(entry->transport, "status") || !span_empty(entry->unit) ||
        !find_status_head(reader, at, arena, &head)) {
        return;
    }
    fields = ARENA_ARRAY(arena, struct field, entry->n_fields + 1);
    for (size_t i = 0; i < entry->n_fields; i++) {
        fields[i] = entry->fields[i];
    }
    fields[entry->n_fields++] = (struct field){ SPAN("UNIT"), head.unit };
    entry->fields = fields;
    entry->unit = entry->about_unit = head.unit;
}

/* Joins the record with its continuations, and decodes the layers. */
static void refine(struct reader *reader, position at, struct arena *arena,
                   const struct logtime *glued, struct entry *entry)
{
    struct format_context context = reader->context;

    context.arena = arena;
    joining_complete(&reader->joining, at, arena, entry);
    layer_refine(&context, entry);
    glued_refine(&context, glued, &entry->when);
    while (span_ends(entry->message, SPAN("\n"))) {
        entry->message.size--;
    }
    read_about(entry);
    read_status_unit(reader, at, arena, entry);
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct reader *reader = owner;
    struct logtime glued;
    struct record record;
    struct entry entry;
    size_t offset;
    int r;

    if (!reach(reader, at, &offset)) {
        return 0;
    }
    record = records_at(&reader->records, offset);
    r = decode_record(reader, record, arena, &glued, &entry);
    if (r <= 0) {
        return r;
    }
    cut_mark_refine(records_text(&reader->records, record), &entry);
    refine(reader, at, arena, &glued, &entry);
    read_origin(reader, record, &entry);
    *ret = entry;
    return 1;
}

/* A line that is a record of its own is located as a part of the value it belongs to. */
static position locate(void *owner, size_t offset)
{
    struct reader *reader = owner;
    struct record record = records_at(&reader->records, reader->batch.start + offset);

    return joining_locate(&reader->joining, position_of(reader, record));
}

struct reader *reader_new(const struct reader_options *options)
{
    struct reader *reader = ALLOC(struct reader);
    struct batch alone = { .owner = reader, .decode = decode_alone, .step = step };

    reader->options = *options;
    reader->window.read = options->read;
    reader->window.source = options->source;
    reader->window.notes = options->notes;
    reader->window.name = span_of(options->name);
    reader->records.window = &reader->window;
    reader->records.choices = choices_new();
    reader->first = reader->last = MOMENT_UNKNOWN;
    joining_init(&reader->joining, &alone);
    window_init(&reader->window);
    window_begin_at(&reader->window, options->line, options->offset);
    return reader;
}

void reader_free(struct reader *reader)
{
    if (!reader) {
        return;
    }
    window_done(&reader->window);
    joining_done(&reader->joining);
    choices_free(reader->records.choices);
    records_done(&reader->records);
    free(reader);
}

/* Properties of the whole input, determined from its start. */

static struct span head_of(const struct reader *reader)
{
    struct span text = window_text(&reader->window), head = span_head(text, HEAD_BYTES);
    const char *newline;

    if (head.size == text.size) {
        return head;
    }
    newline = memrchr(head.data, '\n', head.size);
    return newline ? span_head(head, (size_t)(newline - head.data) + 1) : head;
}

/* The first entry with a time, from an offset in the window in one direction. */
static struct moment find_time(struct reader *reader, size_t from, int direction)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    position at = position_of(reader, records_at(&reader->records, from));
    struct moment moment = MOMENT_UNKNOWN;

    for (int i = 0; i < LOOK_MAX; i++) {
        struct entry entry;

        if (decode(reader, at, arena, &entry) > 0 && entry.when.time_us != TIME_UNKNOWN) {
            moment = entry.when;
        }
        if (moment.time_us != TIME_UNKNOWN || step(reader, at, direction, &at) <= 0) {
            break;
        }
        arena_clear(arena);
    }
    return moment;
}

/* The text itself knows best, then who collected it. */
static const char *find_year(struct reader *reader, const struct moment *bare)
{
    const struct reader_options *options = &reader->options;
    const char *year_from =
        year_find(head_of(reader), bare, options->file_time_us, &reader->context);

    if (!reader->context.zone_known && options->zone_known) {
        reader->context.zone_known = true;
        reader->context.zone_minutes = options->zone_minutes;
    }
    if (options->collected_us && (year_from == YEAR_FROM_FILE_TIME || year_from == YEAR_UNKNOWN)) {
        year_from_collected(options->collected_us, &reader->context);
        year_from = YEAR_FROM_COLLECTED;
    }
    return year_from;
}

/* Sets the year, and the first time with it. */
static void examine_time(struct reader *reader)
{
    struct moment bare = find_time(reader, 0, 1);
    const char *year_from = find_year(reader, &bare);

    reader->last_decoded.valid = false;
    reader->first = find_time(reader, 0, 1);
    if (bare.time_us == TIME_UNKNOWN) {
        return;
    }
    reader->year_from = year_from;
    if (!reader->first.year_known) {
        notes_add(reader->options.notes, NOTE_YEAR_UNKNOWN, reader->window.name, 0,
                  "timestamps have no year, and it could not be determined");
    }
}

static void examine(struct reader *reader)
{
    reader->records.format =
        reader->options.format ? reader->options.format : format_choose(head_of(reader), NULL);
    if (!reader->records.format->frame) { /* frames are changed where they are */
        reader->window.take = reader->options.take;
        reader->window.give_back = reader->options.give_back;
    }
    records_read(&reader->records);
    if (window_text(&reader->window).size) {
        examine_time(reader);
    }
}

void reader_set_file_time(struct reader *reader, int64_t time_us)
{
    reader->options.file_time_us = time_us;
    if (reader->year_from == YEAR_FROM_FILE_TIME && time_us != TIME_UNKNOWN) {
        year_from_file_time(time_us, &reader->context);
        reader->last_decoded.valid = false;
    }
}

/* Settling. */

void reader_settle(struct reader *reader, bool all)
{
    struct settling *settling = &reader->settling;
    uint64_t there = reader->window.base + reader->window.size;

    settling->n_quiet = there == settling->arrived ? settling->n_quiet + 1 : 0;
    settling->all = all || settling->n_quiet >= READER_QUIET_MS / BATCH_SETTLE_MS;
    settling->settled = settling->all ? there : settling->arrived;
    settling->arrived = there;
}

void reader_set_newest_first(struct reader *reader, bool newest_first)
{
    reader->joining.records.newest_first = newest_first;
}

bool reader_is_holding(const struct reader *reader)
{
    return reader->batch.end < window_text(&reader->window).size;
}

/* The end of the settled part, if no more is available now. */
static size_t end_of_settled(const struct reader *reader)
{
    const struct settling *settling = &reader->settling;
    uint64_t end = settling->settled - reader->window.base;
    size_t size = window_text(&reader->window).size, at = end < size ? (size_t)end : size;

    if (settling->settled < reader->window.base + reader->batch.start) {
        return reader->batch.start;
    }
    at = records_end_before(&reader->records, at, settling->all);
    return at > reader->batch.start ? at : reader->batch.start;
}

/* Batches. */

/* Makes room: drops everything that is too far before the end of the last batch. */
static void drop_old(struct reader *reader)
{
    size_t end = reader->batch.end;

    reader->batch.start =
        end -
        records_drop(&reader->records, end > LIMIT_MARGIN_BYTES ? end - LIMIT_MARGIN_BYTES : 0);
}

/* Lines of the input whose newlines are missing in the batch, because cleaning joined them. */
static uint64_t count_joined(const struct reader *reader)
{
    uint64_t n = 0;

    for (size_t i = 0; i < reader->window.edits.n; i++) {
        const struct edit *edit = &reader->window.edits.items[i];

        if (edit->at >= reader->batch.start && edit->at < reader->batch.end) {
            n += edit->lines;
        }
    }
    return n;
}

static void fill_batch(struct reader *reader, struct batch *ret)
{
    bool framed = reader->records.format->frame;
    struct span bytes = { reader->window.data + reader->batch.start,
                          reader->batch.end - reader->batch.start };
    struct traits traits = window_traits(&reader->window, reader->batch.start, reader->batch.end);
    uint64_t n = traits.n_newlines + (bytes.data[bytes.size - 1] != '\n');

    reader->n_lines += n + count_joined(reader);
    *ret = (struct batch){
        .bytes = bytes,
        .blocks = reader->window.blocks.items,
        .n_blocks = reader->window.blocks.n,
        .blocks_at = window_block_offset(&reader->window, reader->batch.start),
        .has_no_marks = !traits.has_marks,
        .n_records = framed ? records_n_frames(&reader->records, reader->batch) : n,
        .owner = reader,
        .locate = locate,
        .decode = decode,
        .step = step,
    };
    trouble_find_nul(&reader->trouble, &reader->window, &traits);
    if (!framed) { /* frames can contain any bytes */
        trouble_find(&reader->trouble, &reader->window, reader->batch.start, bytes, &traits);
    }
}

int reader_next(struct reader *reader, struct batch *ret)
{
    const struct window *window = &reader->window;
    int r;

    reader->last_decoded.valid = false;
    drop_old(reader);
    r = window_fill(&reader->window);
    if (r < 0) {
        return r;
    }
    reader->batch.end = reader->batch.start;
    if (window->waiting && !reader->records.format && end_of_settled(reader) == 0) {
        return -EAGAIN; /* with more text, the format is detected more reliably */
    }
    if (reader->records.format) {
        records_read(&reader->records);
    } else {
        examine(reader);
    }
    records_forget(&reader->records);
    reader->batch.end = window->waiting ? end_of_settled(reader)
                                        : records_end(&reader->records, reader->batch.start);
    if (reader->batch.end == reader->batch.start) {
        return window->waiting ? -EAGAIN : 0;
    }
    fill_batch(reader, ret);
    if (window->at_end || window->waiting) {
        reader->last = find_time(reader, reader->batch.end - 1, -1);
    }
    return 1;
}

struct reader_facts reader_facts(const struct reader *reader)
{
    return (struct reader_facts){
        .format = reader->records.format,
        .bytes = reader->window.bytes,
        .lines = reader->n_lines,
        .first = reader->first,
        .last = reader->last,
        .year_from = reader->year_from,
        .empty = reader->window.at_end && reader->window.bytes == 0,
        .binary = reader->trouble.binary,
    };
}
