#ifndef NODECAUSE_ENTRY_SENDERS_H
#define NODECAUSE_ENTRY_SENDERS_H

#include "entry/streams.h"

/* What the transport, the identifier and the unit of an entry show of its component. The senders met
 * last are remembered: nearly all entries are of a few. */
struct senders;

struct sender_traits {
    uint64_t streams;      /* as streams_of_sender() */
    enum sender_kind kind; /* what decided; only if `streams` is not 0 */
    bool wraps;            /* it passes on this klog line of another program: a runtime, a shell */
    int wrapped;           /* the component that the unit of such a wrapper shows, or -1 */
    bool all_in_one;       /* a process that contains several components, or a container, which can
                      * contain any */
};

/* The streams are borrowed. */
struct senders *senders_new(const struct streams *streams);
void senders_free(struct senders *senders); /* NULL is fine */
DEFINE_CLEANUP(struct senders, senders_free)

/* The sender of the entry. Borrowed until the next call. */
const struct sender_traits *senders_find(struct senders *senders, const struct entry *entry);

/* Senders that were compared with the names of all streams. */
uint64_t senders_n_asked(const struct senders *senders);

#endif
