/* Converts the fields of a journal record to an entry; systemd.journal-fields(7).
 *
 *   MESSAGE=kubelet.service: Main process exited, code=exited, status=255/n/a
 *   _PID=1
 *   UNIT=kubelet.service
 */

#include "entry/journal_fields.h"

#include "base/limits.h"

#include <time.h>

#define TIME_MAX_US INT64_C(253402300799000000) /* 9999-12-31, the maximum of timestamps */

static const char *const names[JOURNAL_FIELDS] = {
    [FIELD_MESSAGE] = "MESSAGE",
    [FIELD_HOSTNAME] = "_HOSTNAME",
    [FIELD_BOOT_ID] = "_BOOT_ID",
    [FIELD_MACHINE_ID] = "_MACHINE_ID",
    [FIELD_TRANSPORT] = "_TRANSPORT",
    [FIELD_SYSTEMD_UNIT] = "_SYSTEMD_UNIT",
    [FIELD_UNIT] = "UNIT",
    [FIELD_OBJECT_SYSTEMD_UNIT] = "OBJECT_SYSTEMD_UNIT",
    [FIELD_COREDUMP_UNIT] = "COREDUMP_UNIT",
    [FIELD_SYSLOG_IDENTIFIER] = "SYSLOG_IDENTIFIER",
    [FIELD_COMM] = "_COMM",
    [FIELD_INVOCATION_ID] = "INVOCATION_ID",
    [FIELD_OBJECT_INVOCATION_ID] = "OBJECT_SYSTEMD_INVOCATION_ID",
    [FIELD_SYSTEMD_INVOCATION_ID] = "_SYSTEMD_INVOCATION_ID",
    [FIELD_PID] = "_PID",
    [FIELD_SYSLOG_PID] = "SYSLOG_PID",
    [FIELD_PRIORITY] = "PRIORITY",
    [FIELD_SOURCE_REALTIME] = "_SOURCE_REALTIME_TIMESTAMP",
    [FIELD_REALTIME] = "__REALTIME_TIMESTAMP",
    [FIELD_SOURCE_MONOTONIC] = "_SOURCE_MONOTONIC_TIMESTAMP",
    [FIELD_MONOTONIC] = "__MONOTONIC_TIMESTAMP",
    [FIELD_CURSOR] = "__CURSOR",
};

static void remember_known(struct journal_fields *fields, struct span name, struct span value)
{
    for (size_t i = 0; i < JOURNAL_FIELDS; i++) {
        if (span_is(name, names[i])) {
            if (!fields->known[i].data) {
                fields->known[i] = value;
            }
            return;
        }
    }
}

/* The list doubles inside the arena; the memory it abandons is at most as much again. */
static struct field *add_item(struct journal_fields *fields)
{
    size_t allocated = fields->allocated ? 2 * fields->allocated : 32;
    struct field *items;

    if (fields->n < fields->allocated) {
        return &fields->items[fields->n++];
    }
    items = ARENA_ARRAY(fields->arena, struct field, allocated);
    if (fields->n) {
        memcpy(items, fields->items, fields->n * sizeof(*items));
    }
    fields->items = items;
    fields->allocated = allocated;
    return &fields->items[fields->n++];
}

void journal_fields_add(struct journal_fields *fields, struct span name, struct span value)
{
    if (!span_empty(value)) {
        remember_known(fields, name, value);
    }
    if (fields->n < LIMIT_FIELDS && !span_starts(name, SPAN("__"))) {
        *add_item(fields) = (struct field){ name, value };
    }
}

static void set_text(struct span *target, struct span value)
{
    if (!span_empty(value)) {
        *target = value;
    }
}

static bool set_number(int64_t *target, struct span text)
{
    uint64_t number;

    if (!span_to_uint(text, &number) || number > INT64_MAX) {
        return false;
    }
    *target = (int64_t)number;
    return true;
}

static void set_time(const struct span *known, struct moment *when)
{
    bool received = set_number(&when->time_us, known[FIELD_REALTIME]);
    bool sent = set_number(&when->time_us, known[FIELD_SOURCE_REALTIME]);

    if (received || sent) {
        when->zone_minutes = 0;
        when->zone_known = true;
        when->year_known = true;
    }
    (void)set_number(&when->monotonic_us, known[FIELD_MONOTONIC]);
    (void)set_number(&when->monotonic_us, known[FIELD_SOURCE_MONOTONIC]);
}

/* Offset of this machine's zone from UTC at that time. */
static int16_t local_minutes(int64_t us)
{
    time_t seconds = (time_t)(us / USEC_PER_SEC);
    struct tm tm = { 0 };
    struct civil civil;

    (void)localtime_r(&seconds, &tm);
    civil = (struct civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                            tm.tm_min,         tm.tm_sec,     0 };
    return (int16_t)((civil_to_us(&civil) - seconds * USEC_PER_SEC) / USEC_PER_MINUTE);
}

/* As `journalctl -o short-iso` since version 255; before that `+0000` had no colon. */
static struct span short_iso(struct arena *arena, const struct moment *when)
{
    int minutes = when->zone_minutes, distance = minutes < 0 ? -minutes : minutes;
    struct civil civil = civil_from_us(when->time_us + minutes * USEC_PER_MINUTE);

    return span_of(arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", civil.year,
                                civil.month, civil.day, civil.hour, civil.minute, civil.second,
                                minutes < 0 ? '-' : '+', distance / 60, distance % 60));
}

static void set_stamp(const struct journal_fields *fields, struct entry *entry)
{
    struct moment *when = &entry->when;

    if (!span_empty(entry->stamp) || when->time_us == TIME_UNKNOWN || when->time_us > TIME_MAX_US) {
        return;
    }
    if (fields->local) {
        when->zone_minutes = local_minutes(when->time_us);
    }
    entry->stamp = short_iso(fields->arena, when);
}

/* Any process can write UNIT= and INVOCATION_ID=, so journalctl trusts them from PID 1 only. */
static void set_units(const struct span *known, struct entry *entry)
{
    set_text(&entry->unit, known[FIELD_SYSTEMD_UNIT]);
    set_text(&entry->about_unit, known[FIELD_COREDUMP_UNIT]);
    set_text(&entry->about_unit, known[FIELD_OBJECT_SYSTEMD_UNIT]);
    set_text(&entry->invocation, known[FIELD_SYSTEMD_INVOCATION_ID]);
    set_text(&entry->invocation, known[FIELD_OBJECT_INVOCATION_ID]);
    if (!span_empty(known[FIELD_PID]) && entry->pid != 1) {
        return;
    }
    set_text(&entry->about_unit, known[FIELD_UNIT]);
    set_text(&entry->invocation, known[FIELD_INVOCATION_ID]);
}

/* Where two fields have the same meaning, the preferred one comes second. */
static void set_sender(const struct span *known, struct entry *entry)
{
    uint64_t priority;

    set_text(&entry->host, known[FIELD_HOSTNAME]);
    set_text(&entry->boot, known[FIELD_BOOT_ID]);
    set_text(&entry->machine, known[FIELD_MACHINE_ID]);
    set_text(&entry->transport, known[FIELD_TRANSPORT]);
    set_text(&entry->identifier, known[FIELD_COMM]);
    set_text(&entry->identifier, known[FIELD_SYSLOG_IDENTIFIER]);
    (void)set_number(&entry->pid, known[FIELD_SYSLOG_PID]);
    (void)set_number(&entry->pid, known[FIELD_PID]);
    if (span_to_uint(known[FIELD_PRIORITY], &priority) && priority <= SEVERITY_DEBUG) {
        entry->severity = (enum severity)priority;
    }
}

void journal_fields_fill(const struct journal_fields *fields, struct entry *entry)
{
    set_sender(fields->known, entry);
    set_units(fields->known, entry);
    set_time(fields->known, &entry->when);
    set_stamp(fields, entry);
    set_text(&entry->origin.cursor, fields->known[FIELD_CURSOR]);
    set_text(&entry->message, fields->known[FIELD_MESSAGE]);
    entry->fields = fields->items;
    entry->n_fields = fields->n;
}

bool journal_field_name_valid(struct span name)
{
    if (name.size == 0 || name.size > 64 || is_digit(name.data[0])) {
        return false;
    }
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];

        if (!(c == '_' || (c >= 'A' && c <= 'Z') || is_digit(c))) {
            return false;
        }
    }
    return true;
}
