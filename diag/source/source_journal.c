/* Entries of a systemd journal, through libsystemd; sd-journal(3), systemd.journal-fields(7).
 *
 *   MESSAGE=F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap
 * on ... _SYSTEMD_UNIT=kubelet.service _PID=19593
 *
 * A batch holds the MESSAGE of each entry, one behind the other. Positions count the entries from
 * the first that was read, also those that -g passes over. Other fields are read only when an entry
 * is decoded: then we go back to it, by a cursor taken every so often and from there step by step,
 * and return to where the batch ended. */

#include "base/alloc.h"
#include "base/limits.h"
#include "base/vec.h"
#include "entry/journal_fields.h"
#include "entry/multiline.h"
#include "source/boots.h"
#include "source/invocation.h"
#include "source/journal_files.h"
#include "source/journal_header.h"
#include "source/journal_match.h"
#include "source/journal_open.h"
#include "source/source.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>

enum {
    FIELD_BYTES = 64 * 1024, /* only the beginning of longer fields is decompressed */
    MARK_RECORDS = 256,      /* one cursor for this many entries: seeking costs about as much */
    BATCH_RECORDS = 65536,
    STEP_MAX = 4096, /* entries that a step skips because they do not match -g */
    HELD_RECORDS = LIMIT_BLOCK_RECORDS,
};

static const int64_t SETTLE_US = SOURCE_SETTLE_MS * 1000;

/* An entry that can be found again without counting. */
struct mark {
    position at;
    char *cursor;
};

struct journal {
    sd_journal *journal; /* of `opened` */
    char *name;
    bool live;
    uint64_t bytes;
    uint64_t n_expected; /* entries in an undamaged journal; 0: unknown */
    struct journal_opened opened;
    const struct source_request *request;
    int64_t until_us;
    struct pattern *grep; /* only entries whose MESSAGE matches; NULL: all */

    position place;   /* the entry that sd_journal is at */
    position first;   /* of the batch */
    position n;       /* entries read, including the batch */
    uint64_t n_given; /* of them, in batches */
    bool ended;
    char *cursor;           /* of the last entry read; NULL: none */
    VEC(int64_t) times;     /* of the batch's records, while following */
    int64_t latest_us;      /* of the last entry at the last check */
    bool holding;           /* entries at the end are held back */
    struct buf text;        /* the batch */
    VEC(size_t) offsets;    /* of its records in the text */
    VEC(position) places;   /* and in the journal */
    VEC(struct mark) marks; /* of the batch, by position */
    struct moment oldest, newest;
};

static struct journal *journal_of(struct source *source)
{
    return (struct journal *)source;
}

static int bid(const struct source_request *request, struct span head)
{
    struct journal_files files = { 0 };
    struct stat info;
    bool found;

    if (!request->path || journal_header_is_magic(head)) {
        return SOURCE_SURE;
    }
    if (strcmp(request->path, "-") == 0 || stat(request->path, &info) < 0 ||
        !S_ISDIR(info.st_mode)) {
        return SOURCE_NO;
    }
    journal_files_add_directory(&files, request->path);
    found = files.n > 0;
    journal_files_done(&files);
    return found ? SOURCE_SURE : SOURCE_NO;
}

static void clear_marks(struct journal *journal)
{
    for (size_t i = 0; i < journal->marks.n; i++) {
        free(journal->marks.items[i].cursor);
    }
    vec_clear(&journal->marks);
}

static void journal_close(struct source *source)
{
    struct journal *journal = journal_of(source);

    if (!journal) {
        return;
    }
    journal_opened_done(&journal->opened);
    clear_marks(journal);
    vec_free(&journal->marks);
    vec_free(&journal->offsets);
    vec_free(&journal->places);
    vec_free(&journal->times);
    pattern_free(journal->grep);
    buf_done(&journal->text);
    free(journal->cursor);
    free(journal);
}

static void note_unreadable(const struct journal *journal, int code)
{
    notes_add(journal->request->notes, NOTE_UNREADABLE, span_of(journal->name), 0,
              "cannot read a part of the journal: %s", strerror(-code));
}

/* Time of the current entry; unknown if its file is damaged. */
static struct moment moment_here(const struct journal *journal)
{
    struct moment moment = MOMENT_UNKNOWN;
    uint64_t us;

    if (sd_journal_get_realtime_usec(journal->journal, &us) < 0 || us > INT64_MAX) {
        return moment;
    }
    moment.time_us = (int64_t)us;
    moment.year_known = moment.zone_known = true;
    return moment;
}

/* Moves to the entry before the first one to read. */
static int seek_start(sd_journal *journal, const struct journal_query *query)
{
    int r;

    if (!query->lines) {
        return query->since_us == TIME_UNKNOWN
                   ? sd_journal_seek_head(journal)
                   : sd_journal_seek_realtime_usec(journal, (uint64_t)query->since_us);
    }
    r = query->until_us == TIME_UNKNOWN
            ? sd_journal_seek_tail(journal)
            : sd_journal_seek_realtime_usec(journal, (uint64_t)query->until_us + 1);
    return r < 0 ? r : sd_journal_previous_skip(journal, query->lines);
}

/* After the cursor's entry, or at the one that followed it if it was removed. */
static int seek_behind(sd_journal *journal, const char *cursor)
{
    int r = sd_journal_next(journal);

    return r > 0 && sd_journal_test_cursor(journal, cursor) > 0 ? sd_journal_next(journal) : r;
}

/* From the cursor back to the start of its boot, or to the limit of the context. */
static int seek_context(sd_journal *journal)
{
    sd_id128_t boot, other;
    uint64_t us;
    int r = sd_journal_next(journal);

    if (r == 0) {
        r = sd_journal_previous(journal);
    }
    if (r > 0) {
        r = sd_journal_get_monotonic_usec(journal, &us, &boot);
    }
    if (r >= 0) {
        r = sd_journal_previous_skip(journal, JOURNAL_CONTEXT_ENTRIES);
    }
    if (r >= 0) {
        r = sd_journal_get_monotonic_usec(journal, &us, &other);
    }
    if (r < 0 || sd_id128_equal(boot, other)) {
        return r < 0 ? r : 1;
    }
    r = sd_journal_seek_monotonic_usec(journal, boot, 0);
    return r < 0 ? r : sd_journal_next(journal);
}

/* Moves to the first entry to read after a cursor. 1; 0: none. */
static int find_cursor(sd_journal *journal, const struct journal_query *query)
{
    int r = sd_journal_seek_cursor(journal, query->cursor);

    if (r < 0) {
        return r;
    }
    if (query->with_context) {
        return seek_context(journal);
    }
    return query->after_cursor ? seek_behind(journal, query->cursor) : sd_journal_next(journal);
}

static bool is_beyond(const struct journal *journal, int64_t bound_us, bool behind)
{
    int64_t us = bound_us == TIME_UNKNOWN ? TIME_UNKNOWN : moment_here(journal).time_us;

    return us != TIME_UNKNOWN && (behind ? us > bound_us : us < bound_us);
}

/* True if the current entry matches -g. An entry without message does not. */
static bool is_wanted(const struct journal *journal)
{
    const void *data;
    size_t size;
    int r;

    if (!journal->grep) {
        return true;
    }
    if (sd_journal_get_data(journal->journal, "MESSAGE", &data, &size) < 0) {
        return false;
    }
    r = pattern_match(journal->grep, span_skip((struct span){ data, size }, strlen("MESSAGE=")), 0);
    if (r < 0) {
        notes_add(journal->request->notes, NOTE_PATTERN_LIMIT, span_of("-g"), 0,
                  "the pattern exceeded its limits");
    }
    return r > 0;
}

/* Back from the end to the first of the last n entries that match -g. 1; 0: none. */
static int find_last_wanted(struct journal *journal, const struct journal_query *query)
{
    sd_journal *sd = journal->journal;
    char *cursor = NULL;
    uint64_t n = 0;
    int r = query->until_us == TIME_UNKNOWN
                ? sd_journal_seek_tail(sd)
                : sd_journal_seek_realtime_usec(sd, (uint64_t)query->until_us + 1);

    while (r >= 0 && n < query->lines && (r = sd_journal_previous(sd)) > 0 &&
           !is_beyond(journal, query->since_us, /* behind= */ false)) {
        if (!is_wanted(journal)) {
            continue;
        }
        free(cursor);
        cursor = NULL;
        r = sd_journal_get_cursor(sd, &cursor);
        n++;
    }
    if (r >= 0 && cursor) {
        r = sd_journal_seek_cursor(sd, cursor);
    }
    if (r >= 0) {
        r = cursor ? sd_journal_next(sd) : 0;
    }
    free(cursor);
    return r;
}

/* From the current entry forward to one that matches. */
static int pass_unwanted(struct journal *journal, int r)
{
    while (r > 0 && !is_beyond(journal, journal->until_us, /* behind= */ true) &&
           !is_wanted(journal)) {
        r = sd_journal_next(journal->journal);
    }
    return r;
}

/* Moves to the first entry of the time range. 1; 0: none. */
static int find_time(struct journal *journal, const struct journal_query *query)
{
    int r = seek_start(journal->journal, query);

    /* After skipping back (-n), the position is at an entry; after a seek it is before one. */
    if (r >= 0 && !(query->lines && r > 0)) {
        r = sd_journal_next(journal->journal);
    }
    if (r > 0 && is_beyond(journal, query->since_us, /* behind= */ false)) {
        r = sd_journal_seek_realtime_usec(journal->journal, (uint64_t)query->since_us);
        if (r >= 0) {
            r = sd_journal_next(journal->journal);
        }
    }
    return r;
}

/* Moves to the first entry to read. 1; 0: none. */
static int find_first(struct journal *journal, const struct journal_query *query)
{
    int r = query->cursor                 ? find_cursor(journal->journal, query)
            : query->lines && query->grep ? find_last_wanted(journal, query)
                                          : find_time(journal, query);

    r = pass_unwanted(journal, r);
    return r > 0 && is_beyond(journal, query->until_us, /* behind= */ true) ? 0 : r;
}

static int explain_nothing(const struct journal *journal, const struct journal_query *query,
                           struct error *reterr)
{
    struct boots boots CLEANUP(boots_done) = { 0 };
    struct buf text CLEANUP(buf_done_at) = { 0 };

    (void)boots_load(journal->journal, &boots);
    journal_match_add_words(&text, query);
    if (text.size) {
        buf_add_string(&text, ": no entry matches");
    } else {
        buf_add_string(&text, journal->live && boots.n ? "no entry of this boot" : "no entries");
    }
    buf_add_string(&text, "; the journal contains ");
    boots_add_words(&text, &boots);
    return error_set_at(reterr, -ENODATA, journal->live ? NULL : journal->name, 0, 0, "%s",
                        text.data);
}

static int find_boot(const struct journal *journal, const char *word, sd_id128_t *ret,
                     struct error *reterr)
{
    struct boots boots CLEANUP(boots_done) = { 0 };
    const struct boot *boot;
    int r = boots_load(journal->journal, &boots);

    if (r >= 0) {
        r = boots_find(&boots, word, &boot, reterr);
    }
    if (r >= 0) {
        *ret = boot->id;
    }
    return r;
}

/* The boot to read. 1; 0: all boots. The current boot is known without reading the journal. */
static int choose_boot(const struct journal *journal, const struct journal_query *query,
                       sd_id128_t *ret, struct error *reterr)
{
    const char *word = query->boot;
    int r;

    if (!word && (query->dmesg || (journal->live && journal_query_is_default(query)))) {
        word = "";
    }
    if (!word || strcmp(word, "all") == 0) {
        return 0;
    }
    if (journal->live && (!*word || strcmp(word, "0") == 0)) {
        r = sd_id128_get_boot(ret);
    } else {
        r = find_boot(journal, word, ret, reterr);
    }
    return r < 0 ? r : 1;
}

/* Nothing yet: the first entry is the next one that matches. */
static int await_first(struct journal *journal, const struct journal_query *query)
{
    journal->place = -1;
    journal->cursor = alloc_string(query->cursor);
    return query->since_us == TIME_UNKNOWN
               ? sd_journal_seek_head(journal->journal)
               : sd_journal_seek_realtime_usec(journal->journal, (uint64_t)query->since_us);
}

/* Options that select the journal do not count. */
static bool reads_everything(const struct journal_query *query)
{
    struct journal_query rest = *query;

    rest.directory = rest.root = rest.machine = NULL;
    rest.n_files = 0;
    return journal_query_is_default(&rest);
}

/* Before any match is set. A query for a part of the journal expects only a part. */
static void note_gaps(const struct journal *journal)
{
    struct boots boots CLEANUP(boots_done) = { 0 };

    if (boots_load(journal->journal, &boots) >= 0) {
        boots_note_gaps(&boots, journal->name, journal->request->notes);
    }
}

/* Sets the matches. */
static int set_matches(const struct journal *journal, const struct journal_query *query,
                       struct error *reterr)
{
    sd_id128_t boot, invocation;
    int r = choose_boot(journal, query, &boot, reterr);
    const sd_id128_t *of_boot = r > 0 ? &boot : NULL;

    if (r >= 0 && query->invocation) {
        r = invocation_find(journal->journal, query, of_boot, &invocation, reterr);
    }
    if (r < 0) {
        return r;
    }
    return journal_match_add(journal->journal, query, of_boot,
                             query->invocation ? &invocation : NULL, reterr);
}

static int select_entries(struct journal *journal, const struct journal_query *query,
                          struct error *reterr)
{
    int r;

    if (!journal->live && !journal->request->follow && reads_everything(query)) {
        note_gaps(journal);
    }
    r = set_matches(journal, query, reterr);

    if (r >= 0) {
        r = find_first(journal, query);
    }
    if (r == -EINVAL && query->cursor) {
        return error_set(reterr, r, "invalid journal cursor '%s'", query->cursor);
    }
    if (r < 0) {
        return error_set(reterr, r, "cannot read the journal: %s", strerror(-r));
    }
    if (r == 0 && journal->request->follow) {
        return await_first(journal, query);
    }
    return r > 0 ? 0 : explain_nothing(journal, query, reterr);
}

static int journal_open_source(const struct source_request *request, struct source **ret,
                               struct error *reterr)
{
    struct journal_query empty = journal_query_empty();
    const struct journal_query *query = request->query ? request->query : &empty;
    struct journal_opened opened;
    struct journal *journal;
    int r = journal_open(request, query, &opened, reterr);

    if (r < 0) {
        return r;
    }
    journal = ALLOC(struct journal);
    journal->opened = opened;
    journal->journal = opened.journal;
    journal->name = opened.name;
    journal->live = opened.live;
    journal->bytes = opened.bytes;
    journal->n_expected = reads_everything(query) && !request->follow ? opened.n_entries : 0;
    journal->request = request;
    journal->until_us = query->until_us;
    journal->oldest = journal->newest = MOMENT_UNKNOWN;
    (void)sd_journal_set_data_threshold(journal->journal, FIELD_BYTES);
    r = query->grep ? grep_compile(query->grep, query->grep_case, &journal->grep, reterr) : 0;
    if (r >= 0) {
        r = select_entries(journal, query, reterr);
    }
    if (r < 0) {
        journal_close((struct source *)journal);
        return r;
    }
    if (request->follow) { /* from now on it checks for new files */
        (void)sd_journal_get_fd(journal->journal);
    }
    if (journal->place == 0) {
        journal->oldest = moment_here(journal);
    }
    *ret = (struct source *)journal;
    return 0;
}

/* --- going to an entry --- */

/* Moves by `n` entries; returns how many, fewer at an end, or negative errno. */
static int64_t skip(struct journal *journal, int64_t by)
{
    int r = by < 0 ? sd_journal_previous_skip(journal->journal, (uint64_t)-by)
                   : sd_journal_next_skip(journal->journal, (uint64_t)by);

    if (r > 0) {
        journal->place += by < 0 ? -r : r;
    }
    return r;
}

/* The last mark at or before the position, else the first. NULL: none yet. */
static const struct mark *find_mark(const struct journal *journal, position at)
{
    size_t low = 0, high = journal->marks.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (journal->marks.items[middle].at <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high ? &journal->marks.items[low] : NULL;
}

static int seek_mark(struct journal *journal, const struct mark *mark)
{
    int r = sd_journal_seek_cursor(journal->journal, mark->cursor);

    if (r >= 0) {
        r = sd_journal_next(journal->journal);
    }
    /* A file may have been removed since; then the nearest entry is another one. */
    if (r > 0) {
        r = sd_journal_test_cursor(journal->journal, mark->cursor);
    }
    if (r > 0) {
        journal->place = mark->at;
    }
    return r;
}

static int64_t distance(position a, position b)
{
    return a < b ? b - a : a - b;
}

/* Moves to that entry. 1; 0: not found; negative errno. */
static int go_to(struct journal *journal, position at)
{
    const struct mark *mark = find_mark(journal, at);
    int64_t r;

    if (mark && distance(mark->at, at) + MARK_RECORDS < distance(journal->place, at)) {
        r = seek_mark(journal, mark);
        if (r <= 0) {
            return (int)r;
        }
    }
    if (journal->place == at) {
        return 1;
    }
    r = skip(journal, at - journal->place);
    return r < 0 ? (int)r : journal->place == at;
}

/* --- batches --- */

static void add_mark(struct journal *journal)
{
    char *cursor;

    if (sd_journal_get_cursor(journal->journal, &cursor) >= 0) {
        vec_push(&journal->marks, (struct mark){ journal->place, cursor });
    }
}

/* The MESSAGE of the current entry; empty if it has none or cannot be read. */
static struct span message_here(struct journal *journal)
{
    struct span field;
    const void *data;
    size_t size;
    int r = sd_journal_get_data(journal->journal, "MESSAGE", &data, &size);

    if (r < 0) {
        if (r != -ENOENT) {
            note_unreadable(journal, r);
        }
        return (struct span){ "", 0 };
    }
    field = (struct span){ data, size };
    return span_skip(field, strlen("MESSAGE="));
}

static void add_record(struct journal *journal)
{
    struct span message;

    if ((journal->place - journal->first) % MARK_RECORDS == 0) {
        add_mark(journal);
    }
    if (!is_wanted(journal)) {
        return;
    }
    message = message_here(journal);
    vec_push(&journal->places, journal->place);
    if (journal->request->follow) {
        vec_push(&journal->times, moment_here(journal).time_us);
    }
    vec_push(&journal->offsets, journal->text.size);
    buf_add(&journal->text, message);
    buf_add_byte(&journal->text, '\n');
}

/* Advances to the next entry. 1, 0 at the end. sd-journal skips a damaged file; an error that it
 * returns would repeat forever, so it is treated as the end. */
static int advance(struct journal *journal)
{
    int r = go_to(journal, journal->n);

    if (r < 0) {
        note_unreadable(journal, r);
    }
    if (r == 0 && journal->request->follow) {
        return 0;
    }
    journal->ended = r <= 0 || is_beyond(journal, journal->until_us, /* behind= */ true);
    journal->n += !journal->ended;
    return !journal->ended;
}

/* Files may have been added or removed, so counting would be wrong: the last entry returned is
 * found again by its cursor, or, if it was vacuumed, the next one. */
static void resume(struct journal *journal)
{
    int r = sd_journal_seek_cursor(journal->journal, journal->cursor);

    if (r >= 0) {
        r = sd_journal_next(journal->journal);
    }
    if (r < 0) {
        note_unreadable(journal, r);
    } else if (r > 0 && sd_journal_test_cursor(journal->journal, journal->cursor) == 0) {
        journal->place = journal->n;
    } else {
        journal->place = journal->n - 1;
    }
}

/* Records the time of the last entry returned, and where to resume. */
static void remember_last(struct journal *journal)
{
    char *cursor;

    journal->newest = moment_here(journal);
    if (sd_journal_get_cursor(journal->journal, &cursor) < 0) {
        return;
    }
    free(journal->cursor);
    journal->cursor = cursor;
}

/* Notes the entries that sd-journal skipped silently. */
static void note_missing(const struct journal *journal)
{
    uint64_t n = (uint64_t)journal->n;

    if (n < journal->n_expected) {
        notes_add_many(journal->request->notes, NOTE_UNREADABLE, span_of(journal->name),
                       journal->n_expected - n, "entries cannot be read: the journal is damaged");
    }
}

static position locate(void *owner, size_t offset)
{
    const struct journal *journal = owner;
    size_t low = 0, high = journal->offsets.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (journal->offsets.items[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return journal->places.items[low];
}

/* --- one entry --- */

static void add_field(struct journal_fields *fields, struct span data)
{
    ptrdiff_t equals = span_find_byte(data, '=');
    struct span copy;

    if (equals <= 0) {
        return;
    }
    copy = arena_copy(fields->arena, data);
    journal_fields_add(fields, span_head(copy, (size_t)equals),
                       span_skip(copy, (size_t)equals + 1));
}

static void add_address(sd_journal *journal, struct journal_fields *fields)
{
    uint64_t realtime, monotonic;
    char *cursor;

    if (sd_journal_get_realtime_usec(journal, &realtime) >= 0) {
        journal_fields_add(fields, SPAN("__REALTIME_TIMESTAMP"),
                           span_of(arena_printf(fields->arena, "%" PRIu64, realtime)));
    }
    if (sd_journal_get_monotonic_usec(journal, &monotonic, &(sd_id128_t){ 0 }) >= 0) {
        journal_fields_add(fields, SPAN("__MONOTONIC_TIMESTAMP"),
                           span_of(arena_printf(fields->arena, "%" PRIu64, monotonic)));
    }
    if (sd_journal_get_cursor(journal, &cursor) >= 0) {
        journal_fields_add(fields, SPAN("__CURSOR"), arena_copy(fields->arena, span_of(cursor)));
        free(cursor);
    }
}

static void read_fields(struct journal *journal, struct arena *arena, struct entry *entry)
{
    struct journal_fields fields = { .arena = arena, .local = journal->live };
    size_t bytes = 0, size;
    const void *data;
    int r;

    add_address(journal->journal, &fields);
    sd_journal_restart_data(journal->journal);
    while ((r = sd_journal_enumerate_available_data(journal->journal, &data, &size)) > 0 &&
           (bytes += size) < LIMIT_RECORD_BYTES) {
        add_field(&fields, (struct span){ data, size });
    }
    if (r < 0) {
        note_unreadable(journal, r);
    }
    journal_fields_fill(&fields, entry);
}

/* True if the current entry is from the process with that _PID. */
static bool is_of_process(sd_journal *journal, struct span pid)
{
    const void *data;
    size_t size;

    if (sd_journal_get_data(journal, "_PID", &data, &size) < 0) {
        return false;
    }
    return span_equal(span_skip((struct span){ data, size }, strlen("_PID=")), pid);
}

/* Appends the following messages of the same process, up to the line that closes the value. If none
 * does within the limit, the value was truncated, and what is there is kept. */
static void join_value(struct journal *journal, struct arena *arena, struct entry *entry)
{
    struct span pid = entry_field(entry, SPAN("_PID"), arena);
    struct buf joined CLEANUP(buf_done_at) = { 0 };

    buf_add(&joined, entry->message);
    for (int i = 0; i < LIMIT_JOINED_RECORDS && joined.size < FIELD_BYTES; i++) {
        struct span line;

        if (skip(journal, 1) <= 0) {
            break;
        }
        if (!is_of_process(journal->journal, pid)) {
            continue;
        }
        line = message_here(journal);
        if (multiline_starts_anew(line)) {
            break;
        }
        buf_add_byte(&joined, '\n');
        buf_add(&joined, line);
        if (multiline_closes(line)) {
            break;
        }
    }
    entry->message = arena_copy(arena, buf_span(&joined));
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct journal *journal = owner;
    struct entry entry = entry_empty();
    int r = go_to(journal, at);

    if (r <= 0) {
        return r;
    }
    read_fields(journal, arena, &entry);
    entry.origin.input = journal->request->input;
    entry.raw = entry.message;
    if (multiline_opens(entry.message)) {
        join_value(journal, arena, &entry);
    }
    if (journal->request->streams) {
        entry.streams = streams_of_entry(journal->request->streams, &entry);
    }
    *ret = entry;
    return 1;
}

/* Entries outside the requested time range are not neighbours. */
static int reach(struct journal *journal, position at)
{
    int r;

    if (at < 0) {
        return 0;
    }
    if (at < journal->n) {
        return 1;
    }
    r = go_to(journal, at);
    return r > 0 && is_beyond(journal, journal->until_us, /* behind= */ true) ? 0 : r;
}

/* Nor are entries that do not match -g. */
static int step(void *owner, position at, int direction, position *ret)
{
    struct journal *journal = owner;

    for (int i = 0; i < STEP_MAX; i++) {
        int r = reach(journal, at += direction);

        if (r > 0 && journal->grep) {
            r = go_to(journal, at);
        }
        if (r <= 0) {
            return r;
        }
        if (is_wanted(journal)) {
            *ret = at;
            return 1;
        }
    }
    return 0;
}

/* Messages split over several entries (a table of the kernel, a value of several lines) arrive
 * within milliseconds. So entries written just before the end wait for related ones until nothing
 * new was found. */
static void hold_back(struct journal *journal)
{
    size_t n = journal->offsets.n;
    int64_t latest_us = n ? journal->times.items[n - 1] : journal->latest_us;

    while (n > 0 && latest_us != journal->latest_us && journal->offsets.n - n < HELD_RECORDS &&
           llabs(latest_us - journal->times.items[n - 1]) < SETTLE_US) {
        n--;
    }
    journal->latest_us = latest_us;
    journal->holding = n < journal->offsets.n;
    if (!journal->holding) {
        return;
    }
    journal->text.size = journal->offsets.items[n];
    journal->offsets.n = n;
    journal->n = journal->places.items[n];
}

/* Reads ahead, up to the size of a batch. False: no more now. */
static bool read_batch(struct journal *journal)
{
    bool more = true;

    clear_marks(journal);
    buf_clear(&journal->text);
    vec_clear(&journal->offsets);
    vec_clear(&journal->places);
    vec_clear(&journal->times);
    journal->first = journal->n;
    while (!journal->ended && journal->text.size < LIMIT_BLOCK_BYTES &&
           journal->n - journal->first < BATCH_RECORDS && (more = advance(journal))) {
        add_record(journal);
    }
    return more && !journal->ended;
}

static int journal_next(struct source *source, struct batch *ret)
{
    struct journal *journal = journal_of(source);
    bool had_ended = journal->ended, more;

    if (journal->request->follow && journal->cursor) {
        resume(journal);
    }
    do {
        more = read_batch(journal);
    } while (more && !journal->offsets.n);
    if (journal->request->follow && !more && !journal->ended) {
        hold_back(journal);
    }
    if (journal->ended && !had_ended) {
        note_missing(journal);
    }
    if (journal->n > journal->first && go_to(journal, journal->n - 1) > 0) {
        remember_last(journal);
    }
    if (!journal->offsets.n) {
        return journal->ended ? 0 : -EAGAIN;
    }
    journal->n_given += journal->offsets.n;
    *ret = (struct batch){
        .bytes = buf_span(&journal->text),
        .n_records = journal->offsets.n,
        .owner = journal,
        .locate = locate,
        .decode = decode,
        .step = step,
    };
    return 1;
}

/* Files given one by one cannot be watched; then -1. */
static int wait_fd(struct source *source)
{
    int fd = sd_journal_get_fd(journal_of(source)->journal);

    return fd < 0 ? -1 : fd;
}

static bool is_holding(const struct source *source)
{
    return ((const struct journal *)source)->holding;
}

static void wake(struct source *source)
{
    (void)sd_journal_process(journal_of(source)->journal);
}

static const char *cursor(const struct source *source)
{
    return ((const struct journal *)source)->cursor;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    const struct journal *journal = (const struct journal *)source;

    *ret = (struct source_facts){
        .name = journal->name,
        .format = journal->live ? "journal" : "journal-file",
        .bytes = journal->bytes,
        .entries = journal->n_given,
        .file_time_us = TIME_UNKNOWN,
        .first = journal->oldest,
        .last = journal->newest,
    };
}

const struct source_type source_journal = {
    .name = "journal",
    .summary = "the systemd journal: this machine's, journal files and their directories",
    .bid = bid,
    .open = journal_open_source,
    .next = journal_next,
    .wait_fd = wait_fd,
    .is_holding = is_holding,
    .wake = wake,
    .cursor = cursor,
    .describe = describe,
    .close = journal_close,
};
