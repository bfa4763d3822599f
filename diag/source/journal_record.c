/* The current entry of sd_journal; systemd.journal-fields(7).
 *
 *   MESSAGE=F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet: Running with swap on
 *   _SYSTEMD_UNIT=kubelet.service
 *   _PID=19593
 */

#include "source/journal_record.h"

#include "base/limits.h"
#include "entry/journal_fields.h"

#include <inttypes.h>
#include <stdlib.h>

struct moment journal_record_moment(sd_journal *journal)
{
    struct moment moment = MOMENT_UNKNOWN;
    uint64_t us;

    if (sd_journal_get_realtime_usec(journal, &us) < 0 || us > INT64_MAX) {
        return moment;
    }
    moment.time_us = (int64_t)us;
    moment.year_known = moment.zone_known = true;
    return moment;
}

/* The value of a field; `field` is its name. */
static int get_value(sd_journal *journal, const char *field, struct span *ret)
{
    const void *data;
    size_t size;
    int r = sd_journal_get_data(journal, field, &data, &size);

    *ret = r < 0 ? SPAN("") : span_skip((struct span){ data, size }, strlen(field) + 1);
    return r < 0 ? r : 0;
}

int journal_record_message(sd_journal *journal, struct span *ret)
{
    return get_value(journal, "MESSAGE", ret);
}

bool journal_record_is_of_process(sd_journal *journal, struct span pid)
{
    struct span value;

    return get_value(journal, "_PID", &value) >= 0 && span_equal(value, pid);
}

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

int journal_record_read(sd_journal *journal, bool local, struct arena *arena, struct entry *ret)
{
    struct journal_fields fields = { .arena = arena, .local = local };
    size_t bytes = 0, size;
    const void *data;
    int r;

    add_address(journal, &fields);
    sd_journal_restart_data(journal);
    while ((r = sd_journal_enumerate_available_data(journal, &data, &size)) > 0 &&
           (bytes += size) < LIMIT_RECORD_BYTES) {
        add_field(&fields, (struct span){ data, size });
    }
    journal_fields_fill(&fields, ret);
    return r < 0 ? r : 0;
}
