#ifndef NODECAUSE_MATCH_MATCHER_H
#define NODECAUSE_MATCH_MATCHER_H

#include "base/error.h"
#include "entry/batch.h"
#include "entry/line_filter.h"
#include "entry/notes.h"
#include "rule/rule.h"
#include "signal/store.h"

/* Turns records into signals. The prefilter (match/prefilter.h) looks for the literals of all
 * signals over a whole batch; only records that hold one are decoded, and only the signals that the
 * record names and whose stream it belongs to are tried with PCRE2. */
struct matcher;

/* The rules are borrowed and must outlive the matcher. Patterns were checked by the loader; they
 * are compiled here when first needed. */
struct matcher *matcher_new(const struct rules *rules);
void matcher_free(struct matcher *matcher); /* NULL is fine */
DEFINE_CLEANUP(struct matcher, matcher_free)

/* Adds the signals of one batch to the store. The batches of an input come in its order. `notes`
 * may be NULL. Negative errno only when the batch's owner failed. */
int matcher_run(struct matcher *matcher, const struct batch *batch, struct store *store,
                struct notes *notes, struct span name) MUST_CHECK;

/* The batch of the last matcher_run(), whose records that were decoded then are not decoded again. Valid
 * as long as that batch. */
struct batch matcher_batch(const struct matcher *matcher);

/* Adds the signals of stream `state/<kind>` that the lines of a state file give. Their origin is
 * the line in the input, and `path` as the member (empty: the input itself). */
void matcher_run_state(struct matcher *matcher, struct span kind, struct span text, uint32_t input,
                       struct span path, struct store *store, struct notes *notes);

/* From now on every record is decoded and every signal of its streams is tried: what the literals only
 * make faster. Tests compare the two. */
void matcher_try_all(struct matcher *matcher);

/* May matcher_run() use a second thread (`n` of 2 and more) from now on? It does not at first. The signals
 * are the same. With 1, the thread has ended when this returns. */
void matcher_set_threads(struct matcher *matcher, unsigned n);

/* The lines that matcher_run() would decode. As long-lived as the matcher. */
struct line_filter matcher_filter(struct matcher *matcher);

/* Calls `seen` with each signal found in a record from now on, and the record's position in the
 * batch under way. The signal is borrowed. */
void matcher_watch(struct matcher *matcher,
                   void (*seen)(void *data, const struct signal *signal, position at), void *data);

/* How far a signal came on a record that holds one of its literals. */
enum match_stage {
    MATCH_STREAM,  /* the record is another stream's */
    MATCH_PATTERN, /* its pattern does not match, nor its MESSAGE_ID */
    MATCH_FIELDS,  /* a condition on fields does not hold */
    MATCH_WHERE,   /* a condition on facts does not hold */
    MATCH_FIRED
};

struct match_step {
    uint32_t signal; /* index in the rule */
    enum match_stage stage;
    const struct entry *entry;
    const struct condition *condition; /* the one that does not hold, or NULL */
    const struct fact *fact;           /* what it was asked of; NULL: not known */
};

/* Reports how far the signals of one rule come, to explain why it is not found. Borrowed. */
struct matcher_trace {
    uint32_t rule;
    void (*step)(void *data, const struct match_step *step);
    void *data;
};

void matcher_trace(struct matcher *matcher, const struct matcher_trace *trace);

/* What it cost, for tests that guard it and for stats. */
struct matcher_stats {
    uint64_t records;    /* in the batches */
    uint64_t bytes;      /* scanned for literals, in batches */
    uint64_t candidates; /* records that hold a literal, and lines of state files */
    uint64_t decoded;    /* records decoded, neighbours included */
    uint64_t tried;      /* patterns tried */
    uint64_t signals;    /* signals found */
};
struct matcher_stats matcher_stats(const struct matcher *matcher);

#endif
