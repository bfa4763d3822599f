/* Bytes of one text input to batches and entries.
 *
 * A big log is read block by block, scanned as bytes by whoever asks for the batches, and only
 * records that are asked for are looked at here. Positions are offsets in the cleaned text. */

#define _GNU_SOURCE /* memrchr */
#include "format/reader.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "entry/direction.h"
#include "entry/multiline.h"
#include "format/klog.h"
#include "format/layer.h"
#include "format/line.h"
#include "format/unit.h"
#include "format/window.h"

#include <errno.h>

enum {
    HEAD_BYTES = 64 * 1024, /* what bids see */
    PREFIXES_MAX = 5,       /* things glued in front of one line */
    INDENT_MAX = 8,         /* deeper lines always belong to the one before */
    RECORD_LINES_MAX = 2048,
    LOOK_MAX = 256, /* records looked at for the first and last time of the input */
    SENDERS = 64,
};

static const char FROM_FILE_TIME[] = "file-time"; /* what told the year */

/* A record in the window. */
struct record {
    size_t start, end;
};

struct reader {
    struct reader_options options;
    const struct format *format;   /* of most records */
    const struct format *fallback; /* plain text */
    struct format_context context;
    const char *year_from;
    struct window window;
    struct record batch;

    /* Formats with frames: their records in the window, and the end of the last complete one. */
    struct {
        struct record *items;
        size_t n, allocated;
    } frames;
    size_t framed;

    /* Offsets in the input, for one that grows: what was there when we were last told to settle;
     * what may be handed out; and whether the last line may, too. */
    uint64_t arrived, settled;
    bool all_settled;
    unsigned n_quiet; /* calls in a row that found nothing new */

    struct record found; /* the last record that was looked for: hits come in order */
    struct moment first, last;
    uint64_t n_lines;
    bool newest_first;
    bool invalid; /* bytes that are no UTF-8 were noted */
    bool cut;     /* a pager or a terminal has cut lines of the input */

    /* For each sender, by its PID: up to this position none of its lines opens a value that is
     * still open. So lines that look like a part of one are not looked at again and again. */
    position unopened[SENDERS];
    position asked, answer; /* the record that was located last, and what it belongs to */
    struct arena *scratch;  /* for what is decoded only to find its place */
};

struct reader *reader_new(const struct reader_options *options)
{
    struct reader *reader = ALLOC(struct reader);

    reader->options = *options;
    reader->fallback = format_find(SPAN("text"));
    reader->window.read = options->read;
    reader->window.source = options->source;
    reader->window.notes = options->notes;
    reader->window.name = span_of(options->name);
    reader->first = reader->last = MOMENT_UNKNOWN;
    for (size_t i = 0; i < SENDERS; i++) {
        reader->unopened[i] = -1;
    }
    reader->asked = -1;
    reader->scratch = arena_new();
    window_init(&reader->window);
    return reader;
}

void reader_free(struct reader *reader)
{
    if (!reader) {
        return;
    }
    window_done(&reader->window);
    arena_free(reader->scratch);
    vec_free(&reader->frames);
    free(reader);
}

/* Records made of lines. */

static size_t line_start(const struct reader *reader, size_t at)
{
    const char *newline = at ? memrchr(reader->window.data, '\n', at) : NULL;

    return newline ? (size_t)(newline - reader->window.data) + 1 : 0;
}

/* Behind its newline. */
static size_t line_end(const struct reader *reader, size_t at)
{
    struct span text = span_skip(window_text(&reader->window), at);
    ptrdiff_t newline = span_find_byte(text, '\n');

    return at + (newline < 0 ? text.size : (size_t)newline + 1);
}

static struct span line_at(const struct reader *reader, size_t at)
{
    size_t end = line_end(reader, at);

    if (end > at && reader->window.data[end - 1] == '\n') {
        end--;
    }
    return (struct span){ reader->window.data + at, end - at };
}

/* Is it a record of another format in the middle of this one? */
static bool is_stranger(const struct reader *reader, struct span line)
{
    struct span rest = line;
    int bid;

    if (take_blanks(&rest) > INDENT_MAX || rest.size == 0) {
        return false;
    }
    return format_choose(line, &bid) != reader->format && bid > BID_WEAK;
}

static bool begins(const struct reader *reader, size_t at)
{
    struct span line = line_at(reader, at);

    return !reader->format->begins || reader->format->begins(line) || is_stranger(reader, line);
}

/* The record that begins at `start`. A record is bounded like a line, and in lines, so that hostile
 * input cannot make one of everything. */
static struct record record_from(const struct reader *reader, size_t start)
{
    size_t size = window_text(&reader->window).size;
    struct record record = { .start = start, .end = line_end(reader, start) };

    for (int n = 1; n < RECORD_LINES_MAX && record.end < size &&
                    record.end - start < LIMIT_LINE_BYTES && !begins(reader, record.end);
         n++) {
        record.end = line_end(reader, record.end);
    }
    return record;
}

/* The record that the byte at `at` is in. The one found before is a boundary, so that no line is
 * looked at again and again. */
static struct record record_of_lines(const struct reader *reader, size_t at)
{
    size_t start = line_start(reader, at);
    size_t low = reader->found.end <= start ? reader->found.end : 0;

    for (int n = 1; n < RECORD_LINES_MAX && start > low && at - start < LIMIT_LINE_BYTES &&
                    !begins(reader, start);
         n++) {
        start = line_start(reader, start - 1);
    }
    return record_from(reader, start);
}

/* Records made by frames. */

static struct record record_of_frames(const struct reader *reader, size_t at)
{
    size_t low = 0, high = reader->frames.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (reader->frames.items[middle].start <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low < reader->frames.n ? reader->frames.items[low] : (struct record){ at, at };
}

static void note(struct reader *reader, enum note_kind kind, size_t at, const char *detail)
{
    notes_add(reader->options.notes, kind, reader->window.name,
              window_place(&reader->window, at).line, "%s", detail);
}

/* What is left when no frame fits: the end of the input, or something too long to be one. */
static bool frame_rest(struct reader *reader, size_t size)
{
    if (reader->window.at_end) {
        note(reader, NOTE_TRUNCATED, reader->framed, "the input ends in the middle of a record");
        vec_push(&reader->frames, (struct record){ reader->framed, size });
    } else if (size - reader->framed < LIMIT_RECORD_BYTES) {
        return false;
    } else {
        note(reader, NOTE_RECORD_BAD, reader->framed, "a record is too long, and was skipped");
    }
    reader->framed = size;
    return true;
}

static void reveal(struct reader *reader, size_t n)
{
    const struct format *format = reader->format;

    if (format->reveal && !format->reveal(reader->window.data + reader->framed, n)) {
        note(reader, NOTE_LEFT_OUT, reader->framed,
             "journalctl leaves out messages of more than 4096 bytes unless it is given -a (--all) "
             "or -o export");
    }
}

static void find_frames(struct reader *reader)
{
    struct span text = window_text(&reader->window);

    while (reader->framed < text.size) {
        struct span rest = span_skip(text, reader->framed);
        size_t n = reader->format->frame(rest, reader->window.at_end);

        if (n == 0 || n > rest.size) {
            (void)frame_rest(reader, text.size);
            return;
        }
        reveal(reader, n);
        vec_push(&reader->frames, (struct record){ reader->framed, reader->framed + n });
        reader->framed += n;
    }
}

/* Both kinds. */

static struct record record_at(struct reader *reader, size_t at)
{
    if (at >= reader->found.start && at < reader->found.end) {
        return reader->found;
    }
    reader->found =
        reader->format->frame ? record_of_frames(reader, at) : record_of_lines(reader, at);
    return reader->found;
}

/* The window's offset of a position; false when it is out of reach. */
static bool reach(const struct reader *reader, position at, size_t *ret)
{
    size_t size = window_text(&reader->window).size;

    if (at < (position)reader->window.base || at >= (position)(reader->window.base + size)) {
        return false;
    }
    *ret = (size_t)(at - (position)reader->window.base);
    return true;
}

static int step(void *owner, position at, int direction, position *ret)
{
    struct reader *reader = owner;
    struct record record;
    size_t offset;

    if (!reach(reader, at, &offset)) {
        return 0;
    }
    record = record_at(reader, offset);
    if (direction < 0 && record.start == 0) {
        return 0;
    }
    if (direction > 0 && record.end >= window_text(&reader->window).size) {
        return 0;
    }
    if (direction > 0 && !reader->format->frame) {
        reader->found = record_from(reader, record.end);
    } else {
        (void)record_at(reader, direction > 0 ? record.end : record.start - 1);
    }
    *ret = (position)(reader->window.base + reader->found.start);
    return direction > 0 ? *ret > at : *ret < at;
}

/* Decoding. */

/* The record's text without the newlines at its end. */
static struct span text_of(const struct reader *reader, struct record record)
{
    struct span text = { reader->window.data + record.start, record.end - record.start };

    if (reader->format->frame) {
        return text;
    }
    text = span_head(text, LIMIT_LINE_BYTES);
    while (text.size && text.data[text.size - 1] == '\n') {
        text.size--;
    }
    return text;
}

/* An item of a JSON list on a line of its own: `"Sep 16 ... node \"master\" ...", ` */
static struct span list_item(struct span text, struct arena *arena)
{
    const struct field *fields;
    size_t n_fields;

    text = span_trim(text);
    if (span_ends(text, SPAN(","))) {
        text.size--;
    }
    return klog_unquote(text, arena, &fields, &n_fields);
}

static bool is_known(const struct format_context *context, struct span text, struct entry *ret)
{
    int bid;
    const struct format *format = format_choose(text, &bid);

    *ret = entry_empty();
    return bid > BID_FALLBACK && format->decode(context, text, ret) > 0;
}

/* A record that is not of the input's format: of another one, perhaps behind something that was
 * glued in front of it, or plain text. */
static int decode_stranger(const struct reader *reader, const struct format_context *context,
                           struct span record, struct logtime *glued, struct entry *ret)
{
    struct span rest = record;

    for (int i = 0; i <= PREFIXES_MAX; i++) {
        size_t n;

        if (is_known(context, rest, ret)) {
            return 1;
        }
        n = line_prefix(rest, glued);
        if (n == 0) {
            break;
        }
        rest = rest.data[0] == '"' ? list_item(rest, context->arena) : span_skip(rest, n);
    }
    *glued = (struct logtime){ 0 };
    *ret = entry_empty();
    return reader->fallback->decode(context, record, ret);
}

static int decode_plain(struct reader *reader, struct record record, struct arena *arena,
                        struct logtime *glued, struct entry *ret)
{
    struct format_context context = reader->context;
    struct span text = text_of(reader, record);
    int r;

    context.arena = arena;
    *glued = (struct logtime){ 0 };
    *ret = entry_empty();
    if (span_empty(span_trim(text))) {
        return 0;
    }
    /* Plain text takes all there is, so it is asked last. */
    r = reader->format == reader->fallback ? -EBADMSG : reader->format->decode(&context, text, ret);
    if (r == -EBADMSG) {
        r = decode_stranger(reader, &context, text, glued, ret);
    }
    return r;
}

/* Container logs name no sender, but which of its streams it is. */
static bool same_sender(const struct entry *a, const struct entry *b, struct arena *arena)
{
    if (a->pid != b->pid || !span_equal(a->identifier, b->identifier)) {
        return false;
    }
    if (a->pid >= 0 || !span_empty(a->identifier)) {
        return true;
    }
    return a->n_fields && b->n_fields &&
           span_equal(entry_field(a, SPAN("stream"), arena), entry_field(b, SPAN("stream"), arena));
}

/* Decodes the record at `at` if it is one of that sender's. */
static bool decode_of_sender(struct reader *reader, position at, const struct entry *sender,
                             struct arena *arena, struct entry *ret)
{
    struct logtime glued;
    size_t offset;

    return reach(reader, at, &offset) &&
           decode_plain(reader, record_at(reader, offset), arena, &glued, ret) > 0 &&
           same_sender(sender, ret, arena);
}

/* Appends the lines of a value that journald split, looking in one direction. False when the next
 * record of the sender is none of them, or when a block, which any brace could begin, is not
 * closed. */
static bool join_towards(struct reader *reader, position at, int direction, struct arena *arena,
                         struct entry *entry)
{
    CLEANUP(buf_done_at) struct buf buf = { 0 };
    bool ended = false;
    int n_lines = 0;

    buf_add(&buf, entry->message);
    for (int n = 0; n < LIMIT_JOINED_RECORDS && !ended && step(reader, at, direction, &at) > 0;
         n++) {
        struct entry other;

        if (!decode_of_sender(reader, at, entry, arena, &other)) {
            continue;
        }
        if (multiline_starts_anew(other.message)) {
            break;
        }
        buf_add_byte(&buf, '\n');
        buf_add(&buf, other.message);
        n_lines++;
        ended = multiline_ends(entry->message, other.message);
    }
    if (n_lines == 0 || (!ended && span_ends(entry->message, SPAN("{")))) {
        return false;
    }
    entry->message = arena_copy(arena, buf_span(&buf));
    return true;
}

static void join(struct reader *reader, position at, struct arena *arena, struct entry *entry)
{
    int direction = reader->newest_first ? -1 : 1;

    if (!join_towards(reader, at, direction, arena, entry)) {
        (void)join_towards(reader, at, -direction, arena, entry);
    }
}

static position *unopened_of(struct reader *reader, const struct entry *entry)
{
    return &reader->unopened[(uint64_t)entry->pid % SENDERS];
}

/* Looks for the record that opened the value that `own`, the record at `at`, may be a line of. */
static bool find_opener(struct reader *reader, const struct entry *own, position *at)
{
    position *unopened = unopened_of(reader, own), from = *at, here = *at;
    int direction = reader->newest_first ? 1 : -1;

    for (int n = 0; n < LIMIT_JOINED_RECORDS && step(reader, here, direction, &here) > 0; n++) {
        struct entry other;

        if (direction < 0 && here < *unopened) {
            break;
        }
        if (!decode_of_sender(reader, here, own, reader->scratch, &other)) {
            continue;
        }
        if (multiline_opens(other.message)) {
            *at = here;
            return true;
        }
        if (multiline_starts_anew(other.message) || multiline_closes(other.message) ||
            span_starts(other.message, SPAN("}"))) {
            break;
        }
    }
    *unopened = from;
    return false;
}

/* A line that journald made a record of its own is found as part of the value it belongs to. Many
 * hits in one long record ask for it once. */
static position locate(void *owner, size_t offset)
{
    struct reader *reader = owner;
    struct record record = record_at(reader, reader->batch.start + offset);
    position at = (position)(reader->window.base + record.start);
    struct logtime glued;
    struct entry entry;

    if (at == reader->asked) {
        return reader->answer;
    }
    reader->asked = at;
    arena_clear(reader->scratch);
    if (decode_plain(reader, record, reader->scratch, &glued, &entry) > 0 &&
        multiline_may_continue(entry.message)) {
        (void)find_opener(reader, &entry, &at);
    }
    reader->answer = at;
    return at;
}

/* `>` or `…` of a pager at the end of the line, unless it closes a multi-line value */
static void read_cut(struct reader *reader, struct record record, struct entry *entry)
{
    struct span text = text_of(reader, record);
    size_t size = text.size;

    entry->cut |= size >= LIMIT_LINE_BYTES;
    if (span_empty(entry->message) ||
        span_skip(entry->message, SIZE_MAX).data != text.data + size ||
        multiline_closes(entry->message) || !line_drop_cut_mark(&text)) {
        return;
    }
    entry->message.size -= size - text.size < entry->message.size ? size - text.size : 0;
    entry->cut = true;
}

/* What was glued in front of a line knows the time better than klog does: an RFC 3339 stamp all of
 * it, a web console the year; its clock is that of the browser. */
static void take_glued(const struct format_context *context, const struct logtime *glued,
                       struct moment *when)
{
    struct moment other = logtime_moment(glued, context);
    struct civil civil;

    if (glued->civil.year == 0) {
        return;
    }
    if (glued->zone_known || when->time_us == TIME_UNKNOWN) {
        other.monotonic_us = when->monotonic_us;
        *when = other;
    } else if (!when->year_known) {
        civil = civil_from_us(when->time_us);
        civil.year = glued->civil.year + (civil.month < glued->civil.month - 6) -
                     (civil.month > glued->civil.month + 6);
        if (!civil_valid(&civil)) {
            return;
        }
        when->time_us = civil_to_us(&civil);
        when->year_known = true;
    }
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
    struct place place = window_place(&reader->window, record.start);

    entry->origin.input = reader->options.input;
    entry->origin.line = place.line;
    entry->origin.offset = place.offset;
    entry->raw = text_of(reader, record);
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct reader *reader = owner;
    struct format_context context = reader->context;
    struct logtime glued;
    struct record record;
    struct entry entry;
    size_t offset;
    int r;

    if (!reach(reader, at, &offset)) {
        return 0;
    }
    record = record_at(reader, offset);
    r = decode_plain(reader, record, arena, &glued, &entry);
    if (r <= 0) {
        return r;
    }
    context.arena = arena;
    read_cut(reader, record, &entry);
    if (multiline_opens(entry.message)) {
        join(reader, at, arena, &entry);
    }
    layer_refine(&context, &entry);
    take_glued(&context, &glued, &entry.when);
    while (span_ends(entry.message, SPAN("\n"))) {
        entry.message.size--;
    }
    read_about(&entry);
    read_origin(reader, record, &entry);
    if (reader->options.streams) {
        entry.streams = streams_of_entry(reader->options.streams, &entry);
    }
    *ret = entry;
    return 1;
}

/* What the start of the input tells about all of it. */

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

/* `-- Logs begin at Sun 2019-04-07 20:03:02 PDT, end at Sun 2019-04-07 22:08:53 PDT. --` */
static bool read_header(struct span head, struct logtime *ret)
{
    static const struct span starts[] = { { "-- Logs begin at ", 17 },
                                          { "-- Journal begins at ", 21 } };
    ptrdiff_t at = -1, newline;

    for (size_t i = 0; i < N_ELEMENTS(starts) && at < 0; i++) {
        at = span_find(head, starts[i]);
    }
    if (at < 0) {
        return false;
    }
    head = span_skip(head, (size_t)at);
    newline = span_find_byte(head, '\n');
    head = newline < 0 ? head : span_head(head, (size_t)newline);
    at = span_find(head, SPAN(", end"));
    if (at < 0) {
        return false;
    }
    head = span_skip(head, (size_t)at + 5);
    at = span_find(head, SPAN(" at "));
    if (at < 0) {
        return false;
    }
    head = span_skip(head, (size_t)at + 4);
    return logtime_full(&head, ret);
}

/* A stamp with a year among others without one (`Active: ... since Sun 2019-04-07 22:06:29 PDT`
 * above lines of the journal): the others lie nearer to it than half a year, before or behind. */
static void take_year(struct format_context *context, const struct moment *stamp)
{
    struct civil civil = civil_from_us(stamp->time_us);

    context->year = civil.month > 6 ? civil.year + 1 : civil.year;
    context->year_month = civil.month > 6 ? civil.month - 6 : civil.month + 6;
    context->zone_known = stamp->zone_known;
    context->zone_minutes = stamp->zone_minutes;
}

static void take_file_time(struct reader *reader)
{
    struct civil civil = civil_from_us(reader->options.file_time_us);

    reader->context.year = civil.year;
    reader->context.year_month = civil.month;
}

void reader_set_file_time(struct reader *reader, int64_t time_us)
{
    reader->options.file_time_us = time_us;
    if (reader->year_from == FROM_FILE_TIME && time_us != TIME_UNKNOWN) {
        take_file_time(reader);
    }
}

static const char *read_year(struct reader *reader, const struct moment *first)
{
    struct format_context *context = &reader->context;
    struct logtime end;

    if (first->time_us != TIME_UNKNOWN && first->year_known) {
        take_year(context, first);
        return "stamp";
    }
    if (read_header(head_of(reader), &end)) {
        context->year = end.civil.year;
        context->year_month = end.civil.month;
        context->zone_known = end.zone_known;
        context->zone_minutes = end.zone_minutes;
        return "header";
    }
    if (reader->options.file_time_us == TIME_UNKNOWN) {
        return "unknown";
    }
    take_file_time(reader);
    return FROM_FILE_TIME;
}

/* The first moment with a time, from a position on in one direction. */
static struct moment find_time(struct reader *reader, size_t from, int direction)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    position at = (position)(reader->window.base + record_at(reader, from).start);
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

/* The format, the year, the first time. */
static void examine(struct reader *reader)
{
    struct moment bare;
    const char *year_from;

    reader->format =
        reader->options.format ? reader->options.format : format_choose(head_of(reader), NULL);
    if (reader->format->frame) {
        find_frames(reader);
    }
    if (window_text(&reader->window).size == 0) {
        return;
    }
    bare = find_time(reader, 0, 1);
    year_from = read_year(reader, &bare);
    reader->first = find_time(reader, 0, 1);
    if (bare.time_us != TIME_UNKNOWN) {
        reader->year_from = year_from;
    }
    if (bare.time_us != TIME_UNKNOWN && !reader->first.year_known) {
        notes_add(reader->options.notes, NOTE_YEAR_UNKNOWN, reader->window.name, 0,
                  "the stamps have no year, and nothing tells it");
    }
}

/* Batches. */

/* The end of the batch: the start of a record with enough text behind it for neighbours. */
static size_t end_of_lines(struct reader *reader)
{
    size_t size = window_text(&reader->window).size;
    size_t wanted = size > LIMIT_MARGIN_BYTES ? size - LIMIT_MARGIN_BYTES : 0, end;

    if (reader->window.at_end || wanted <= reader->batch.start) {
        return reader->window.at_end ? size : line_start(reader, size);
    }
    end = record_of_lines(reader, wanted).start;
    if (end <= reader->batch.start) {
        end = line_start(reader, wanted);
    }
    return end > reader->batch.start ? end : line_start(reader, size);
}

static size_t end_of_frames(const struct reader *reader)
{
    size_t size = window_text(&reader->window).size;
    size_t end;

    if (reader->window.at_end || size <= LIMIT_MARGIN_BYTES) {
        return reader->framed;
    }
    end = record_of_frames(reader, size - LIMIT_MARGIN_BYTES).start;
    return end > reader->batch.start ? end : reader->framed;
}

/* The end of what is settled, where there is no more now. */
static size_t end_of_settled(struct reader *reader)
{
    uint64_t end = reader->settled - reader->window.base;
    size_t size = window_text(&reader->window).size, at = end < size ? (size_t)end : size;

    if (reader->settled < reader->window.base + reader->batch.start) {
        return reader->batch.start;
    }
    if (!reader->format || !reader->format->frame) {
        at = reader->all_settled ? at : line_start(reader, at);
    } else if (at > reader->framed) {
        at = reader->framed;
    } else {
        at = at ? record_of_frames(reader, at - 1).end : 0;
    }
    return at > reader->batch.start ? at : reader->batch.start;
}

void reader_settle(struct reader *reader, bool all)
{
    uint64_t there = reader->window.base + reader->window.size;

    reader->n_quiet = there == reader->arrived ? reader->n_quiet + 1 : 0;
    reader->all_settled = all || reader->n_quiet >= READER_QUIET_MS / READER_SETTLE_MS;
    reader->settled = reader->all_settled ? there : reader->arrived;
    reader->arrived = there;
}

bool reader_is_holding(const struct reader *reader)
{
    return reader->batch.end < window_text(&reader->window).size;
}

/* Makes room: all that is too far behind the end of the last batch goes. */
static void drop_old(struct reader *reader)
{
    size_t n = reader->batch.end > LIMIT_MARGIN_BYTES ? reader->batch.end - LIMIT_MARGIN_BYTES : 0;
    size_t kept = 0;

    n = n ? line_start(reader, n) : 0;
    window_drop(&reader->window, n);
    for (size_t i = 0; i < reader->frames.n; i++) {
        if (reader->frames.items[i].start >= n) {
            reader->frames.items[kept++] = (struct record){ reader->frames.items[i].start - n,
                                                            reader->frames.items[i].end - n };
        }
    }
    reader->frames.n = kept;
    reader->framed = reader->framed > n ? reader->framed - n : 0;
    reader->batch.start = reader->batch.end - n;
    reader->found = (struct record){ 0 };
}

static uint64_t count_frames(const struct reader *reader)
{
    uint64_t n = 0;

    for (size_t i = 0; i < reader->frames.n; i++) {
        n += reader->frames.items[i].start >= reader->batch.start &&
             reader->frames.items[i].start < reader->batch.end;
    }
    return n;
}

/* Lines of the input that ended where the batch has none, because cleaning joined them. */
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

/* Where a pager or a terminal cut lines. klog's ` >` is none. */
static void note_cut_lines(struct reader *reader, struct span bytes, const char *mark)
{
    struct span rest = bytes;
    ptrdiff_t at;

    while ((at = span_find(rest, span_of(mark))) >= 0) {
        size_t end = (size_t)(rest.data + at - bytes.data) + strlen(mark) - 1;
        const char *newline = memrchr(bytes.data, '\n', end);
        size_t start = newline ? (size_t)(newline - bytes.data) + 1 : 0;
        struct span line = { bytes.data + start, end - start };

        if (!span_ends(line, SPAN(" >")) && line_drop_cut_mark(&line)) {
            reader->cut = true;
            note(reader, NOTE_PAGER_CUT, reader->batch.start + start,
                 "lines were cut by a pager or a terminal (journalctl --no-pager prints all of "
                 "them)");
        }
        rest = span_skip(rest, (size_t)at + strlen(mark));
    }
}

/* Only the first place is told: from there on all is possible. */
static void note_invalid(struct reader *reader, struct span bytes)
{
    size_t n = reader->invalid ? bytes.size : utf8_valid_size(bytes);

    if (n == bytes.size) {
        return;
    }
    reader->invalid = true;
    note(reader, NOTE_INVALID_UTF8, reader->batch.start + n, "the input is not all UTF-8");
}

/* Records with frames may hold any bytes. */
static void note_trouble(struct reader *reader, struct span bytes)
{
    if (reader->format->frame) {
        return;
    }
    /* What was copied from a terminal is cut from the start; a large log need not be searched. */
    if (reader->cut || reader->window.base + reader->batch.start == 0) {
        note_cut_lines(reader, bytes, ">\n");
        note_cut_lines(reader, bytes, "\xe2\x80\xa6\n");
    }
    note_invalid(reader, bytes);
}

static void fill_batch(struct reader *reader, struct batch *ret)
{
    struct span bytes = { reader->window.data + reader->batch.start,
                          reader->batch.end - reader->batch.start };
    uint64_t n = count_newlines(bytes) + (bytes.data[bytes.size - 1] != '\n');

    reader->n_lines += n + count_joined(reader);
    *ret = (struct batch){
        .bytes = bytes,
        .n_records = reader->format->frame ? count_frames(reader) : n,
        .owner = reader,
        .locate = locate,
        .decode = decode,
        .step = step,
    };
    if (reader->window.base + reader->batch.start == 0) {
        reader->newest_first = direction_newest_first(ret);
    }
    ret->newest_first = reader->newest_first;
    note_trouble(reader, bytes);
}

/* Where the next batch ends; where it begins when there is none yet. */
static size_t find_end(struct reader *reader)
{
    if (reader->window.waiting) {
        return end_of_settled(reader);
    }
    return reader->format->frame ? end_of_frames(reader) : end_of_lines(reader);
}

int reader_next(struct reader *reader, struct batch *ret)
{
    int r;

    drop_old(reader);
    r = window_fill(&reader->window);
    if (r < 0) {
        return r;
    }
    reader->batch.end = reader->batch.start;
    if (reader->window.waiting && !reader->format && end_of_settled(reader) == 0) {
        return -EAGAIN; /* the more of it there is, the better can be told what it is */
    }
    if (!reader->format) {
        examine(reader);
    } else if (reader->format->frame) {
        find_frames(reader);
    }
    reader->found = (struct record){ 0 };
    reader->batch.end = find_end(reader);
    if (reader->batch.end == reader->batch.start) {
        return reader->window.waiting ? -EAGAIN : 0;
    }
    fill_batch(reader, ret);
    if (reader->window.at_end || reader->window.waiting) {
        reader->last = find_time(reader, reader->batch.end - 1, -1);
    }
    return 1;
}

struct reader_facts reader_facts(const struct reader *reader)
{
    return (struct reader_facts){
        .format = reader->format,
        .bytes = reader->window.bytes,
        .lines = reader->n_lines,
        .first = reader->first,
        .last = reader->last,
        .year_from = reader->year_from,
        .empty = reader->window.at_end && reader->window.bytes == 0,
        .binary = reader->window.binary,
    };
}
