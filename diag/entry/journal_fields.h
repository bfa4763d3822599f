#ifndef NODECAUSE_ENTRY_JOURNAL_FIELDS_H
#define NODECAUSE_ENTRY_JOURNAL_FIELDS_H

#include "entry/entry.h"

/* Converts the fields of a journal record to an entry. The journal itself and all its
 * output formats with field names (export, JSON, verbose) use it, so that the same record
 * gives the same entry in every format. Names: systemd.journal-fields(7).
 *
 *     struct journal_fields fields = { .arena = arena };
 *     journal_fields_add(&fields, SPAN("MESSAGE"), message);   (for each of them)
 *     journal_fields_fill(&fields, entry);
 */

/* Fields with a corresponding member of the entry. */
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
    struct arena *arena; /* set by the caller: for the list below, and the timestamp */
    bool local;          /* set by the caller: print times in this machine's zone, else in UTC */
    struct span known[JOURNAL_FIELDS];
    struct field
        *items; /* all fields, including the known ones, except those of the record's address
                 * (`__`) */
    size_t n, allocated;
};

/* Adds one field; both spans are borrowed and must live as long as the entry. The first value of a
 * repeated name determines the entry, as with sd_journal_get_data(3). Beyond LIMIT_FIELDS only the
 * known names are processed, so that a flood of fields hides neither host nor PID. */
void journal_fields_add(struct journal_fields *fields, struct span name, struct span value);

/* Writes the values of the fields to the entry, including `fields`. Members without a field are
 * unchanged. Times are those that journalctl prints: the sender's, if the journal has them; the
 * timestamp, if there is none yet, is that of `-o short-iso`, with the year that the header in the
 * message may lack. */
void journal_fields_fill(const struct journal_fields *fields, struct entry *entry);

/* True if the journal allows this name: capitals, digits and `_`, at most 64, not starting with a
 * digit. */
bool journal_field_name_valid(struct span name);

#endif
