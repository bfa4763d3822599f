#ifndef NODECAUSE_ENTRY_JOURNAL_FIELDS_H
#define NODECAUSE_ENTRY_JOURNAL_FIELDS_H

#include "entry/entry.h"

/* The fields of one journal record, on their way into an entry. The journal itself and all its
 * renderings with field names (export, JSON, verbose) go through here, so that the same record
 * gives the same entry whichever way it came. Names: systemd.journal-fields(7).
 *
 *     struct journal_fields fields = { .arena = arena };
 *     journal_fields_add(&fields, SPAN("MESSAGE"), message);   (for each of them)
 *     journal_fields_fill(&fields, entry);
 */

/* Fields that say something an entry has a place for. */
enum journal_field {
    FIELD_MESSAGE,
    FIELD_HOSTNAME,
    FIELD_BOOT_ID,
    FIELD_MACHINE_ID,
    FIELD_TRANSPORT,
    FIELD_SYSTEMD_UNIT,
    FIELD_UNIT,
    FIELD_OBJECT_SYSTEMD_UNIT,
    FIELD_COREDUMP_UNIT,
    FIELD_SYSLOG_IDENTIFIER,
    FIELD_COMM,
    FIELD_INVOCATION_ID,
    FIELD_OBJECT_INVOCATION_ID,
    FIELD_SYSTEMD_INVOCATION_ID,
    FIELD_PID,
    FIELD_SYSLOG_PID,
    FIELD_PRIORITY,
    FIELD_SOURCE_REALTIME,
    FIELD_REALTIME,
    FIELD_SOURCE_MONOTONIC,
    FIELD_MONOTONIC,
    FIELD_CURSOR,
    JOURNAL_FIELDS
};

struct journal_fields {
    struct arena *arena; /* set by the caller: for the list below, and the stamp */
    bool local; /* set by the caller: times are shown in this machine's zone, else in UTC */
    struct span known[JOURNAL_FIELDS];
    struct field
        *items; /* every field, the known ones too, but those of the record's address (`__`) */
    size_t n, allocated;
};

/* Adds one field; both spans are borrowed and must live as long as the entry. The first value of a
 * repeated name decides about the entry, as with sd_journal_get_data(3). Beyond LIMIT_FIELDS only
 * the known names are still looked at, so that a flood of fields hides neither host nor PID. */
void journal_fields_add(struct journal_fields *fields, struct span name, struct span value);

/* Writes what the fields say into the entry, `fields` of it included. What they do not say stays as
 * it is. Times are those that journalctl prints: the sender's, where the journal has them; the
 * stamp, where there is none yet, is what its `-o short-iso` shows, with the year that the
 * message's own header may lack. */
void journal_fields_fill(const struct journal_fields *fields, struct entry *entry);

/* Is this a name that the journal allows: capitals, digits and `_`, at most 64, no digit first? */
bool journal_field_name_valid(struct span name);

#endif
