/* The boots in a journal.
 *
 *   -1 8a1e67d2f0a84a1f9c0f5ce3f2c7b1aa Sun 2026-11-15 20:03:02 UTC—Sun 2026-11-15 22:08:53 UTC
 *    0 5e2f3b51a9cb4f0d8f6d84a2b7c94a10 Mon 2026-11-16 08:11:40 UTC—Mon 2026-11-16 09:00:01 UTC
 */

#include "source/boots.h"

#include "base/calendar.h"
#include "base/vec.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

/* An untrusted journal can contain any number of boots; a node has a few hundred. */
enum {
    BOOTS_MAX = 4096,
    BOOT_ENTRIES = 200, /* the minimum number of entries of a boot; fewer are those of user
                         * journals */
    ID_SIZE = SD_ID128_STRING_MAX - 1
};

static bool parse_id(struct span text, sd_id128_t *ret)
{
    char id[SD_ID128_STRING_MAX];

    if (text.size != ID_SIZE) {
        return false;
    }
    memcpy(id, text.data, ID_SIZE);
    id[ID_SIZE] = '\0';
    return sd_id128_from_string(id, ret) >= 0;
}

/* Reads the number from a cursor: `s=0639f2c7...;i=4ece7;b=...`. systemd 254 and later have
 * sd_journal_get_seqnum(). */
static struct boot_number number_here(sd_journal *journal)
{
    struct boot_number number = { 0 };
    struct span id;
    char *cursor;

    if (sd_journal_get_cursor(journal, &cursor) < 0) {
        return number;
    }
    id = span_head(span_skip(span_of(cursor), strlen("s=")), ID_SIZE);
    if (parse_id(id, &number.series) && strncmp(id.data + ID_SIZE, ";i=", 3) == 0) {
        number.number = strtoull(id.data + ID_SIZE + 3, NULL, 16);
    }
    free(cursor);
    return number;
}

/* The first or last entry of the boot whose match is set; -ENODATA if the journal lists the boot
 * but has no entry of it. */
static int find_end(sd_journal *journal, bool last, int64_t *ret_us, struct boot_number *ret)
{
    uint64_t us;
    int r = last ? sd_journal_seek_tail(journal) : sd_journal_seek_head(journal);

    if (r < 0) {
        return r;
    }
    r = last ? sd_journal_previous(journal) : sd_journal_next(journal);
    if (r <= 0) {
        return r < 0 ? r : -ENODATA;
    }
    r = sd_journal_get_realtime_usec(journal, &us);
    if (r < 0) {
        return r;
    }
    *ret_us = (int64_t)us;
    *ret = number_here(journal);
    return 0;
}

static int find_ends(sd_journal *journal, struct boot *boot)
{
    char match[sizeof("_BOOT_ID=") + ID_SIZE];
    char id[SD_ID128_STRING_MAX];
    int r;

    (void)snprintf(match, sizeof(match), "_BOOT_ID=%s", sd_id128_to_string(boot->id, id));
    sd_journal_flush_matches(journal);
    r = sd_journal_add_match(journal, match, 0);
    if (r >= 0) {
        r = find_end(journal, /* last= */ false, &boot->first_us, &boot->first);
    }
    if (r >= 0) {
        r = find_end(journal, /* last= */ true, &boot->last_us, &boot->last);
    }
    sd_journal_flush_matches(journal);
    return r;
}

static int load_ids(sd_journal *journal, struct boots *boots)
{
    const void *data;
    size_t size;
    int r = sd_journal_query_unique(journal, "_BOOT_ID");

    if (r < 0) {
        return r;
    }
    SD_JOURNAL_FOREACH_UNIQUE(journal, data, size)
    {
        struct boot boot = { .first_us = TIME_UNKNOWN, .last_us = TIME_UNKNOWN };

        if (boots->n < BOOTS_MAX &&
            parse_id(span_skip((struct span){ data, size }, strlen("_BOOT_ID=")), &boot.id)) {
            vec_push(boots, boot);
        }
    }
    return 0;
}

static int compare(const void *a, const void *b)
{
    const struct boot *x = a, *y = b;

    return (x->first_us > y->first_us) - (x->first_us < y->first_us);
}

int boots_load(sd_journal *journal, struct boots *ret)
{
    struct boots boots = { 0 };
    size_t n = 0;
    int r = load_ids(journal, &boots);

    if (r < 0) {
        boots_done(&boots);
        return r;
    }
    for (size_t i = 0; i < boots.n; i++) {
        if (find_ends(journal, &boots.items[i]) >= 0) {
            boots.items[n++] = boots.items[i];
        }
    }
    boots.n = n;
    if (n) {
        qsort(boots.items, n, sizeof(*boots.items), compare);
    }
    *ret = boots;
    return 0;
}

void boots_done(struct boots *boots)
{
    vec_free(boots);
}

/* Cuts the ID off the front of the word, if it starts with one, and looks up its index. */
static int find_id(const struct boots *boots, struct span *rest, int64_t *ret_at)
{
    sd_id128_t id;

    if (!parse_id(span_head(*rest, ID_SIZE), &id)) {
        return 0;
    }
    *rest = span_skip(*rest, ID_SIZE);
    for (size_t i = 0; i < boots->n; i++) {
        if (sd_id128_equal(boots->items[i].id, id)) {
            *ret_at = (int64_t)i;
            return 1;
        }
    }
    return -ENODATA;
}

int boots_find(const struct boots *boots, const char *word, const struct boot **ret,
               struct error *reterr)
{
    struct span rest = span_of(word);
    int64_t at = 0, offset = 0;
    int r = find_id(boots, &rest, &at);

    if (r < 0) {
        return error_set(reterr, r, "the journal has no entries of boot %s", word);
    }
    if (rest.size && rest.data[0] == '+') {
        rest = span_skip(rest, 1);
    }
    if (rest.size && (!span_to_int(rest, &offset) || offset > INT32_MAX || offset < INT32_MIN)) {
        return error_set(reterr, -EINVAL, "invalid boot '%s'; use 0, -1, 1 or a boot ID", word);
    }
    if (r == 0) { /* without an ID, 1 is the first boot and 0 the last */
        at = offset > 0 ? -1 : (int64_t)boots->n - 1;
    }
    at += offset;
    if (at < 0 || at >= (int64_t)boots->n) {
        return error_set(reterr, -ENODATA, "the journal has no boot '%s' (it has %zu)", word,
                         boots->n);
    }
    *ret = &boots->items[at];
    return 0;
}

void boots_note_gaps(const struct boots *boots, const char *name, struct notes *notes)
{
    for (size_t i = 1; i < boots->n; i++) {
        const struct boot_number *before = &boots->items[i - 1].last;
        const struct boot_number *behind = &boots->items[i].first;

        if (before->number && sd_id128_equal(before->series, behind->series) &&
            behind->number > before->number + BOOT_ENTRIES) {
            notes_add(notes, NOTE_MISSING_BOOT, span_of(name), 0,
                      "%" PRIu64 " entries between two boots are missing, possibly a whole boot",
                      behind->number - before->number - 1);
        }
    }
}

void boots_add_words(struct buf *buf, const struct boots *boots)
{
    const struct boot *last = boots->n ? &boots->items[boots->n - 1] : NULL;
    char id[SD_ID128_STRING_MAX];

    buf_printf(buf, "%zu boot%s", boots->n, boots->n == 1 ? "" : "s");
    if (!last) {
        return;
    }
    buf_printf(buf, "%s %s from ", boots->n == 1 ? "," : ", the last",
               sd_id128_to_string(last->id, id));
    calendar_add_rfc3339(buf, last->first_us, 0, true);
    buf_add_string(buf, " to ");
    calendar_add_rfc3339(buf, last->last_us, 0, true);
}
