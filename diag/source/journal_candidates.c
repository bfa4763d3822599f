/* Entries found by the unique values of their field; sd_journal_query_unique(3).
 *
 *   MESSAGE=F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on
 *
 * The values of each file are filtered as they are stored, without order. A match on a value that
 * passes leads to its entries, of which only the times are kept: other entries of the same time
 * pass with them, and the matcher rejects those. */

#include "source/journal_candidates.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/vec.h"
#include "source/journal_header.h"
#include "source/journal_record.h"

#include <errno.h>
#include <stdlib.h>

enum {
    BLOCK_BYTES = 256 * 1024, /* of values that are filtered at a time */
    STORM = 1024,             /* from so many values on, they may be at most */
    STORM_SHARE = 10,         /* a tenth of all: a match costs as much as ten entries */
    TIMES_MAX = 2 * 1024 * 1024
};

struct journal_candidates {
    VEC(uint64_t) times_us; /* sorted, each once */
    size_t at;              /* the first that is not before the last time asked for */
};

/* The values of a file. */
struct value_search {
    struct journal_candidates *candidates;
    const struct line_filter *filter;
    sd_journal *journal;
    struct buf text;              /* some of the values, each with a newline */
    VEC(size_t) starts;           /* of the values in the text */
    VEC(size_t) passing;          /* indexes of those that pass the filter */
    uint64_t n_values, n_passing; /* of all files */
};

void journal_candidates_free(struct journal_candidates *candidates)
{
    if (candidates) {
        vec_free(&candidates->times_us);
        free(candidates);
    }
}

/* Adds the times of all entries that match. Returns how many, or negative errno. */
static int64_t take_entries(struct value_search *search)
{
    uint64_t us;
    int64_t n = 0;
    int r = sd_journal_seek_head(search->journal);

    while (r >= 0 && (r = sd_journal_next(search->journal)) > 0) {
        r = sd_journal_get_realtime_usec(search->journal, &us);
        if (r >= 0 && search->candidates->times_us.n == TIMES_MAX) {
            r = -E2BIG;
        }
        if (r >= 0) {
            vec_push(&search->candidates->times_us, us);
            n++;
        }
    }
    return r < 0 ? r : n;
}

static int take_all(struct value_search *search, uint64_t n_expected)
{
    int64_t n = take_entries(search);

    return n < 0 ? (int)n : (uint64_t)n < n_expected ? -EBADMSG : 0;
}

/* --- the values --- */

static struct span value_at(const struct value_search *search, size_t i)
{
    size_t start = search->starts.items[i];
    size_t end = i + 1 < search->starts.n ? search->starts.items[i + 1] : search->text.size;

    return span_head(span_skip(buf_span(&search->text), start), end - start - 1);
}

/* Called in order: the value is the last one that passed, or one after it. */
static void found(void *owner, size_t offset)
{
    struct value_search *search = owner;
    size_t n = search->passing.n;
    size_t low = n ? search->passing.items[n - 1] : 0, high = search->starts.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (search->starts.items[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    if (n == 0 || search->passing.items[n - 1] != low) {
        vec_push(&search->passing, low);
    }
}

/* The beginning of a value does not match; and one without an entry is damage. */
static int take_value(struct value_search *search, struct span value)
{
    int64_t n;
    int r;

    if (value.size >= JOURNAL_FIELD_BYTES) {
        return -EBADMSG;
    }
    sd_journal_flush_matches(search->journal);
    r = sd_journal_add_match(search->journal, value.data, value.size);
    if (r < 0) {
        return r;
    }
    n = take_entries(search);
    return n < 0 ? (int)n : n > 0 ? 0 : -EBADMSG;
}

static int filter_block(struct value_search *search)
{
    int r = 0;

    vec_clear(&search->passing);
    search->filter->search(search->filter->data, buf_span(&search->text), found, search);
    search->n_values += search->starts.n;
    search->n_passing += search->passing.n;
    if (search->n_passing > STORM && search->n_passing > search->n_values / STORM_SHARE) {
        return -E2BIG;
    }
    for (size_t i = 0; r >= 0 && i < search->passing.n; i++) {
        r = take_value(search, value_at(search, search->passing.items[i]));
    }
    buf_clear(&search->text);
    vec_clear(&search->starts);
    return r;
}

static int filter_values(struct value_search *search)
{
    const void *data;
    size_t size;
    bool any = false;
    int r = sd_journal_query_unique(search->journal, "MESSAGE");

    while (r >= 0 && (r = sd_journal_enumerate_unique(search->journal, &data, &size)) > 0) {
        any = true;
        vec_push(&search->starts, search->text.size);
        buf_add(&search->text, (struct span){ data, size });
        buf_add_byte(&search->text, '\n');
        if (search->text.size >= BLOCK_BYTES) {
            r = filter_block(search);
        }
    }
    if (r >= 0 && search->starts.n > 0) {
        r = filter_block(search);
    }
    return r < 0 ? r : any ? 0 : take_all(search, /* n_expected= */ 0);
}

/* --- the files --- */

static int read_header(const char *path, struct journal_header *ret)
{
    FILE *file = fopen(path, "rbe");
    int r;

    *ret = (struct journal_header){ 0 };
    if (!file) {
        return -errno;
    }
    r = journal_header_read(file, ret);
    (void)fclose(file);
    return r;
}

/* A file that was not closed may lack links to a value that an entry has: all its entries are
 * candidates. */
static int search_file(struct value_search *search, const char *path)
{
    struct journal_header header;
    int r = read_header(path, &header);

    if (r >= 0) {
        r = sd_journal_open_files(&search->journal, (const char *[]){ path, NULL }, 0);
    }
    if (r < 0) {
        return r;
    }
    (void)sd_journal_set_data_threshold(search->journal, JOURNAL_FIELD_BYTES);
    r = header.closed ? filter_values(search) : take_all(search, header.n_entries);
    sd_journal_close(search->journal);
    return r;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void sort(struct journal_candidates *candidates)
{
    uint64_t *times_us = candidates->times_us.items;
    size_t n = 0;

    if (candidates->times_us.n == 0) {
        return;
    }
    qsort(times_us, candidates->times_us.n, sizeof(*times_us), compare);
    for (size_t i = 1; i < candidates->times_us.n; i++) {
        if (times_us[i] != times_us[n]) {
            times_us[++n] = times_us[i];
        }
    }
    candidates->times_us.n = n + 1;
}

struct journal_candidates *journal_candidates_find(const struct journal_files *files,
                                                   const struct line_filter *filter)
{
    CLEANUP(journal_candidates_free_at)
    struct journal_candidates *candidates = ALLOC(struct journal_candidates);
    struct value_search search = { .candidates = candidates, .filter = filter };
    int r = 0;

    for (size_t i = 0; r >= 0 && i < files->n; i++) {
        r = search_file(&search, files->items[i]);
    }
    buf_done(&search.text);
    vec_free(&search.starts);
    vec_free(&search.passing);
    if (r < 0) {
        return NULL;
    }
    sort(candidates);
    return TAKE(candidates);
}

bool journal_candidates_has(struct journal_candidates *candidates, uint64_t time_us)
{
    const uint64_t *times_us = candidates->times_us.items;
    size_t low = 0, high = candidates->times_us.n, at = candidates->at;

    if ((at == high || time_us <= times_us[at]) && (at == 0 || times_us[at - 1] < time_us)) {
        return at < high && times_us[at] == time_us;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (times_us[middle] < time_us) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    candidates->at = low;
    return low < candidates->times_us.n && times_us[low] == time_us;
}
