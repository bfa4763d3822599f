/* Entries of a systemd journal, through libsystemd; sd-journal(3), systemd.journal-fields(7).
 *
 *   MESSAGE=F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on
 *   _SYSTEMD_UNIT=kubelet.service
 *   _PID=19593
 *
 * A batch holds the MESSAGE of each entry, one after the other. Positions count the entries from
 * the first that was read, also those that -g passes over. Where the caller asks for certain lines
 * only, the MESSAGE of an entry that is not a candidate (source/journal_candidates.h) is not read:
 * the entry is counted, and has a position, but is not in the bytes. Other fields are read only when
 * an entry is decoded: then we go back to it, and return to where the batch ended. */

#include "base/alloc.h"
#include "base/limits.h"
#include "entry/multiline.h"
#include "source/journal_batch.h"
#include "source/journal_files.h"
#include "source/journal_header.h"
#include "source/journal_open.h"
#include "source/journal_record.h"
#include "source/journal_select.h"
#include "source/journal_walk.h"
#include "source/source.h"

#include <errno.h>
#include <sys/stat.h>

enum {
    BATCH_RECORDS = 8192,
    BATCH_BYTES = 4 * 1024 * 1024, /* usually far fewer */
    STEP_MAX = 4096,               /* entries that a step skips because they do not match -g */
};

struct journal {
    struct journal_opened opened;
    const struct source_request *request;
    struct journal_filter filter;
    struct journal_walk walk;
    struct journal_batch batch;

    uint64_t n_expected; /* entries in an undamaged journal; 0: unknown */
    position first;      /* of the batch */
    position n;          /* entries read, including the batch */
    bool ended;
    char *cursor; /* of the last entry read; NULL: none */
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

static void journal_close(struct source *source)
{
    struct journal *journal = journal_of(source);

    if (!journal) {
        return;
    }
    journal_walk_done(&journal->walk);
    journal_opened_done(&journal->opened);
    journal_batch_done(&journal->batch);
    journal_filter_done(&journal->filter);
    free(journal->cursor);
    free(journal);
}

static struct journal *journal_new(const struct source_request *request,
                                   const struct journal_query *query,
                                   const struct journal_opened *opened)
{
    struct journal *journal = ALLOC(struct journal);

    journal->opened = *opened;
    journal->walk.journal = opened->journal;
    journal->request = request;
    journal->filter.since_us = query->since_us;
    journal->filter.until_us = query->until_us;
    journal->filter.notes = request->notes;
    journal->oldest = journal->newest = MOMENT_UNKNOWN;
    if (journal_query_is_all(query) && !request->follow) {
        journal->n_expected = opened->n_entries;
    }
    return journal;
}

/* Moves to the first entry to read, or, while following, to where it will be. */
static int go_to_start(struct journal *journal, const struct journal_query *query,
                       struct error *reterr)
{
    int r = 0;

    if (query->grep) {
        r = grep_compile(query->grep, query->grep_case, &journal->filter.grep, reterr);
    }
    if (r >= 0) {
        r = journal_select(&journal->opened, journal->request, query, &journal->filter, reterr);
    }
    if (r > 0) {
        journal->oldest = journal_record_moment(journal->opened.journal);
    } else if (r == 0) {
        journal->walk.at = -1;
        journal->cursor = alloc_string(query->cursor);
    }
    return r;
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
    journal = journal_new(request, query, &opened);
    (void)sd_journal_set_data_threshold(opened.journal, JOURNAL_FIELD_BYTES);
    r = go_to_start(journal, query, reterr);
    if (r < 0) {
        journal_close((struct source *)journal);
        return r;
    }
    if (request->follow) { /* from now on it checks for new files */
        (void)sd_journal_get_fd(opened.journal);
    }
    *ret = (struct source *)journal;
    return 0;
}

static void note_unreadable(const struct journal *journal, int code)
{
    notes_add(journal->request->notes, NOTE_UNREADABLE, span_of(journal->opened.name), 0,
              "cannot read a part of the journal: %s", strerror(-code));
}

/* Notes the entries that sd-journal skipped silently. */
static void note_missing(const struct journal *journal)
{
    uint64_t n = (uint64_t)journal->n;

    if (n < journal->n_expected) {
        notes_add_many(journal->request->notes, NOTE_UNREADABLE, span_of(journal->opened.name),
                       journal->n_expected - n, "entries cannot be read: the journal is damaged");
    }
}

/* --- one entry --- */

/* The MESSAGE of the current entry; empty if it has none or cannot be read. */
static struct span message_here(const struct journal *journal)
{
    struct span message;
    int r = journal_record_message(journal->opened.journal, &message);

    if (r < 0 && r != -ENOENT) {
        note_unreadable(journal, r);
    }
    return message;
}

/* Appends the following messages of the same process, up to the line that closes the value. If none
 * does within the limit, the value was truncated, and what is there is kept. */
static void join_value(struct journal *journal, struct arena *arena, struct entry *entry)
{
    struct span pid = entry_field(entry, SPAN("_PID"), arena);
    struct buf joined CLEANUP(buf_done_at) = { 0 };

    buf_add(&joined, entry->message);
    for (int i = 0; i < LIMIT_JOINED_RECORDS && joined.size < JOURNAL_FIELD_BYTES; i++) {
        struct span line;

        if (journal_walk_to(&journal->walk, journal->walk.at + 1) <= 0) {
            break;
        }
        if (!journal_record_is_of_process(journal->opened.journal, pid)) {
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

static position locate(void *owner, size_t offset)
{
    const struct journal *journal = owner;

    return journal_batch_locate(&journal->batch, offset);
}

static position nth(void *owner, uint64_t i)
{
    const struct journal *journal = owner;

    return journal->filter.grep ? journal->batch.places.items[i] : journal->first + (position)i;
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct journal *journal = owner;
    struct entry entry = entry_empty();
    int r = journal_walk_to(&journal->walk, at);

    if (r <= 0) {
        return r;
    }
    r = journal_record_read(journal->opened.journal, journal->opened.live, arena, &entry);
    if (r < 0) {
        note_unreadable(journal, r);
    }
    entry.raw = entry.message;
    if (multiline_opens(entry.message)) {
        join_value(journal, arena, &entry);
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
    r = journal_walk_to(&journal->walk, at);
    return r > 0 && journal_filter_is_after(&journal->filter, journal->opened.journal) ? 0 : r;
}

/* Nor are entries that do not match -g. */
static int step(void *owner, position at, int direction, position *ret)
{
    struct journal *journal = owner;

    for (int i = 0; i < STEP_MAX; i++) {
        int r = reach(journal, at += direction);

        if (r > 0 && journal->filter.grep) {
            r = journal_walk_to(&journal->walk, at);
        }
        if (r <= 0) {
            return r;
        }
        if (journal_filter_matches(&journal->filter, journal->opened.journal)) {
            *ret = at;
            return 1;
        }
    }
    return 0;
}

/* --- batches --- */

/* Advances to the next entry. 1, 0 at the end. sd-journal skips a damaged file; an error that it
 * returns would repeat forever, so it is treated as the end. */
static int advance(struct journal *journal)
{
    int r = journal_walk_to(&journal->walk, journal->n);

    if (r < 0) {
        note_unreadable(journal, r);
    }
    if (r == 0 && journal->request->follow) {
        return 0;
    }
    journal->ended = r <= 0 || journal_filter_is_after(&journal->filter, journal->opened.journal);
    journal->n += !journal->ended;
    return !journal->ended;
}

/* May it say something? An entry without a time might. */
static bool is_candidate(const struct journal *journal)
{
    uint64_t us;

    return !journal->opened.candidates ||
           sd_journal_get_realtime_usec(journal->opened.journal, &us) < 0 ||
           journal_candidates_has(journal->opened.candidates, us);
}

static void add_record(struct journal *journal)
{
    sd_journal *sd = journal->opened.journal;

    journal_walk_mark(&journal->walk);
    if (!is_candidate(journal) || !journal_filter_matches(&journal->filter, sd)) {
        return;
    }
    journal_batch_add(&journal->batch, journal->walk.at,
                      journal->request->follow ? journal_record_moment(sd).time_us : TIME_UNKNOWN,
                      message_here(journal));
}

/* Reads ahead, up to the size of a batch. False: no more now. */
static bool read_batch(struct journal *journal)
{
    bool more = true;

    journal_batch_clear(&journal->batch);
    journal->first = journal->n;
    journal_walk_restart(&journal->walk, journal->first);
    while (!journal->ended && journal->batch.text.size < BATCH_BYTES &&
           journal->n - journal->first < BATCH_RECORDS && (more = advance(journal))) {
        add_record(journal);
    }
    return more && !journal->ended;
}

static uint64_t n_records(const struct journal *journal)
{
    return journal->filter.grep ? journal->batch.places.n : (uint64_t)(journal->n - journal->first);
}

/* Reads until there is something to return, or no more now. */
static void read_on(struct journal *journal)
{
    bool had_ended = journal->ended, more;

    do {
        more = read_batch(journal);
    } while (more && n_records(journal) == 0);
    if (journal->request->follow && !more && !journal->ended) {
        position held = journal_batch_hold_back(&journal->batch);

        journal->n = held < 0 ? journal->n : held;
    }
    if (journal->ended && !had_ended) {
        note_missing(journal);
    }
}

static void resume(struct journal *journal)
{
    int r = journal_walk_resume(&journal->walk, journal->cursor, journal->n);

    if (r < 0) {
        note_unreadable(journal, r);
    }
}

/* Records the time of the last entry returned, and where to resume. */
static void remember_last(struct journal *journal)
{
    sd_journal *sd = journal->opened.journal;
    char *cursor;

    if (journal->n <= journal->first || journal_walk_to(&journal->walk, journal->n - 1) <= 0) {
        return;
    }
    journal->newest = journal_record_moment(sd);
    if (sd_journal_get_cursor(sd, &cursor) < 0) {
        return;
    }
    free(journal->cursor);
    journal->cursor = cursor;
}

static int journal_next(struct source *source, struct batch *ret)
{
    struct journal *journal = journal_of(source);

    if (journal->request->follow && journal->cursor) {
        resume(journal);
    }
    read_on(journal);
    remember_last(journal);
    if (n_records(journal) == 0) {
        return journal->ended ? 0 : -EAGAIN;
    }
    *ret = (struct batch){
        .bytes = buf_span(&journal->batch.text),
        .n_records = n_records(journal),
        .owner = journal,
        .locate = locate,
        .nth = nth,
        .decode = decode,
        .step = step,
    };
    return 1;
}

/* --- the other functions of a source --- */

/* Files given one by one cannot be watched; then -1. */
static int wait_fd(struct source *source)
{
    int fd = sd_journal_get_fd(journal_of(source)->opened.journal);

    return fd < 0 ? -1 : fd;
}

static bool is_holding(const struct source *source)
{
    return ((const struct journal *)source)->batch.holding;
}

static void wake(struct source *source)
{
    (void)sd_journal_process(journal_of(source)->opened.journal);
}

static const char *cursor(const struct source *source)
{
    return ((const struct journal *)source)->cursor;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    const struct journal *journal = (const struct journal *)source;

    *ret = (struct source_facts){
        .name = journal->opened.name,
        .format = journal->opened.live ? "journal" : "journal-file",
        .bytes = journal->opened.bytes,
        .file_time_us = TIME_UNKNOWN,
        .first = journal->oldest,
        .last = journal->newest,
    };
}

const struct source_type source_journal = {
    .name = "journal",
    .summary = "the systemd journal: this machine's, journal files and their directories",
    .joins = true,
    .selects = true,
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
