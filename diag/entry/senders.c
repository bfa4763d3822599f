/* Who logged an entry, by the names that it gives. */

#include "entry/senders.h"

#include "base/alloc.h"
#include "base/cleanup.h"

#include <stdlib.h>

enum {
    NOBODY = -1,
    N_SLOTS = 64,   /* a power of two; a later sender takes the place of an earlier one */
    KEY_BYTES = 192 /* longer names are not remembered */
};

struct known {
    char key[KEY_BYTES]; /* transport, identifier and unit, one after the other */
    size_t sizes[3];
    bool has_klog, used;
    struct sender_traits sender;
};

struct senders {
    const struct streams *streams;
    struct known known[N_SLOTS];
    struct sender_traits other; /* one that is not remembered */
    uint64_t n_asked;
};

struct senders *senders_new(const struct streams *streams)
{
    struct senders *senders = ALLOC(struct senders);

    senders->streams = streams;
    return senders;
}

void senders_free(struct senders *senders)
{
    free(senders);
}

/* --- asking --- */

/* True if the sender passes on klog lines of other programs: a runtime, a shell. Its unit can still
 * show which one: a kubelet in Docker. */
static bool is_wrapper(const struct stream *stream, const struct entry *entry)
{
    return !span_empty(entry->klog.file) &&
           streams_list_matches(stream->klog_wrappers, entry->identifier);
}

static int unit_of_wrapper(const struct streams *streams, const struct entry *entry)
{
    for (size_t i = 0; i < streams->n; i++) {
        if (is_wrapper(&streams->items[i], entry) &&
            streams_list_matches(streams->items[i].units, entry->unit)) {
            return (int)i;
        }
    }
    return NOBODY;
}

static bool is_wrapped(const struct streams *streams, const struct entry *entry)
{
    for (size_t i = 0; i < streams->n; i++) {
        if (is_wrapper(&streams->items[i], entry)) {
            return true;
        }
    }
    return false;
}

/* A process that contains several components, or a container, which can contain any. */
static bool is_all_in_one(const struct streams *streams, const struct entry *entry)
{
    struct span names[] = { entry->identifier, entry->unit };

    if (streams_is_container_id(entry->identifier)) {
        return true;
    }
    for (size_t i = 0; i < streams->n; i++) {
        for (size_t k = 0; k < N_ELEMENTS(names); k++) {
            if (streams_list_matches(streams->items[i].all_in_one, names[k])) {
                return true;
            }
        }
    }
    return false;
}

static struct sender_traits ask(struct senders *senders, const struct entry *entry)
{
    struct sender_traits sender = { .kind = SENDER_NONE };

    senders->n_asked++;
    sender.streams = streams_of_sender(senders->streams, entry, &sender.kind);
    sender.wraps = is_wrapped(senders->streams, entry);
    sender.wrapped = unit_of_wrapper(senders->streams, entry);
    sender.all_in_one = is_all_in_one(senders->streams, entry);
    return sender;
}

/* --- remembering --- */

static uint64_t hash_names(const struct span *names, size_t n)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < names[i].size; k++) {
            hash = (hash ^ (unsigned char)names[i].data[k]) * 1099511628211u;
        }
    }
    return hash;
}

static bool is_known(const struct known *known, const struct span *names, size_t n, bool has_klog)
{
    const char *key = known->key;

    for (size_t i = 0; i < n; i++) {
        if (!span_equal(names[i], (struct span){ key, known->sizes[i] })) {
            return false;
        }
        key += known->sizes[i];
    }
    return known->used && known->has_klog == has_klog;
}

static void remember(struct known *known, const struct span *names, size_t n)
{
    char *key = known->key;

    for (size_t i = 0; i < n; i++) {
        if (names[i].size) {
            memcpy(key, names[i].data, names[i].size);
        }
        key += names[i].size;
        known->sizes[i] = names[i].size;
    }
}

const struct sender_traits *senders_find(struct senders *senders, const struct entry *entry)
{
    struct span names[] = { entry->transport, entry->identifier, entry->unit };
    bool has_klog = !span_empty(entry->klog.file);
    size_t size = names[0].size + names[1].size + names[2].size;
    struct known *known;

    if (size > KEY_BYTES) {
        senders->other = ask(senders, entry);
        return &senders->other;
    }
    known = &senders->known[(hash_names(names, N_ELEMENTS(names)) + has_klog) % N_SLOTS];
    if (!is_known(known, names, N_ELEMENTS(names), has_klog)) {
        remember(known, names, N_ELEMENTS(names));
        known->has_klog = has_klog;
        known->used = true;
        known->sender = ask(senders, entry);
    }
    return &known->sender;
}

uint64_t senders_n_asked(const struct senders *senders)
{
    return senders->n_asked;
}
