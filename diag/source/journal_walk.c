/* Moves through the entries of a journal by position. */

#include "source/journal_walk.h"

enum {
    MARK_RECORDS =
        256, /* one cursor for this many entries; samples (entry/sample.h) are often as far
                         * from each other, and then at marks */
    SEEK_RECORDS = 32, /* seeking costs about as much as so many steps */
};

static void clear_marks(struct journal_walk *walk)
{
    for (size_t i = 0; i < walk->marks.n; i++) {
        free(walk->marks.items[i].cursor);
    }
    vec_clear(&walk->marks);
}

void journal_walk_done(struct journal_walk *walk)
{
    clear_marks(walk);
    vec_free(&walk->marks);
}

void journal_walk_restart(struct journal_walk *walk, position first)
{
    clear_marks(walk);
    walk->first = first;
}

void journal_walk_mark(struct journal_walk *walk)
{
    char *cursor;

    if ((walk->at - walk->first) % MARK_RECORDS == 0 &&
        sd_journal_get_cursor(walk->journal, &cursor) >= 0) {
        vec_push(&walk->marks, (struct journal_mark){ walk->at, cursor });
    }
}

/* Moves by `n` entries; returns how many, fewer at an end, or negative errno. */
static int64_t skip(struct journal_walk *walk, int64_t by)
{
    int r = by < 0 ? sd_journal_previous_skip(walk->journal, (uint64_t)-by)
                   : sd_journal_next_skip(walk->journal, (uint64_t)by);

    if (r > 0) {
        walk->at += by < 0 ? -r : r;
    }
    return r;
}

/* The last mark at or before the position, else the first. NULL: none yet. */
static const struct journal_mark *find_mark(const struct journal_walk *walk, position at)
{
    size_t low = 0, high = walk->marks.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (walk->marks.items[middle].at <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high ? &walk->marks.items[low] : NULL;
}

/* Moves to the cursor's entry, or the nearest if it was removed: returns how far sd_journal_next()
 * moved. */
static int seek_cursor(sd_journal *journal, const char *cursor)
{
    int r = sd_journal_seek_cursor(journal, cursor);

    return r < 0 ? r : sd_journal_next(journal);
}

static int seek_mark(struct journal_walk *walk, const struct journal_mark *mark)
{
    int r = seek_cursor(walk->journal, mark->cursor);

    /* A file may have been removed since; then the nearest entry is another one. */
    if (r > 0) {
        r = sd_journal_test_cursor(walk->journal, mark->cursor);
    }
    if (r > 0) {
        walk->at = mark->at;
    }
    return r;
}

static int64_t distance(position a, position b)
{
    return a < b ? b - a : a - b;
}

int journal_walk_to(struct journal_walk *walk, position at)
{
    const struct journal_mark *mark = find_mark(walk, at);
    int64_t r;

    if (mark && distance(mark->at, at) + SEEK_RECORDS < distance(walk->at, at)) {
        r = seek_mark(walk, mark);
        if (r <= 0) {
            return (int)r;
        }
    }
    if (walk->at == at) {
        return 1;
    }
    r = skip(walk, at - walk->at);
    return r < 0 ? (int)r : walk->at == at;
}

int journal_walk_resume(struct journal_walk *walk, const char *cursor, position next)
{
    int r = seek_cursor(walk->journal, cursor);

    if (r < 0) {
        return r;
    }
    if (r > 0 && sd_journal_test_cursor(walk->journal, cursor) == 0) {
        walk->at = next;
    } else {
        walk->at = next - 1;
    }
    return 0;
}
