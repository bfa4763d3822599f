#ifndef NODECAUSE_SOURCE_BOOTS_H
#define NODECAUSE_SOURCE_BOOTS_H

#include "base/buf.h"
#include "base/error.h"
#include "entry/notes.h"

#include <stdint.h>
#include <systemd/sd-journal.h>

/* journald numbers all entries that it writes; a series continues across reboots until its files
 * are lost. */
struct boot_number {
    sd_id128_t series;
    uint64_t number; /* 0: unknown */
};

/* The boots in a journal, oldest first, as in `journalctl --list-boots`. */
struct boot {
    sd_id128_t id;
    int64_t first_us, last_us; /* of its entries, UTC */
    struct boot_number first, last;
};

struct boots {
    struct boot *items;
    size_t n, allocated;
};

/* Loads them. Removes all matches of the journal and changes its position. Negative errno of
 * sd-journal. */
int boots_load(sd_journal *journal, struct boots *ret);
void boots_done(struct boots *boots);

/* Finds the boot given by the argument of -b: "" or "0" the last, "-1" the one before, "1" the
 * first, "ID", "ID-1", "ID+1". -ENODATA if the boot does not exist, -EINVAL if the argument is
 * invalid, both with a message. */
int boots_find(const struct boots *boots, const char *word, const struct boot **ret,
               struct error *reterr);

/* Notes where so many entries are missing between two boots that a whole boot may be missing: its
 * journal was vacuumed, or not copied. Reports nothing where the numbers start again. */
void boots_note_gaps(const struct boots *boots, const char *name, struct notes *notes);

/* Appends them as text: `2 boots, the last 4d1c... from 2026-11-20T10:00:00Z to ...`. */
void boots_add_words(struct buf *buf, const struct boots *boots);

#endif
