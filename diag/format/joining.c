/* Multi-line values whose lines are records of their own.
 *
 *   Apr 07 22:06:29 node kubelet[812]: I0407 22:06:29.503369     812 server.go:7] "Config" text=<
 *   Apr 07 22:06:29 node kubelet[812]:         first line
 *   Apr 07 22:06:29 node kubelet[812]:         second line
 *   Apr 07 22:06:29 node kubelet[812]:  >
 */

#include "format/joining.h"

#include "base/buf.h"
#include "base/limits.h"
#include "entry/multiline.h"

void joining_init(struct joining *joining, const struct batch *records)
{
    joining->records = *records;
    for (size_t i = 0; i < JOINING_SENDERS; i++) {
        joining->unopened[i] = -1;
    }
    joining->asked = -1;
    joining->scratch = arena_new();
}

void joining_done(struct joining *joining)
{
    arena_free(joining->scratch);
}

/* Container logs contain the stream instead of the sender. */
static bool same_sender(const struct entry *a, const struct entry *b, struct arena *arena)
{
    if (a->pid != b->pid || !span_equal(a->identifier, b->identifier)) {
        return false;
    }
    if (a->pid >= 0 || !span_empty(a->identifier)) {
        return true;
    }
    return a->n_fields && b->n_fields &&
           span_equal(entry_field(a, SPAN("stream"), arena), entry_field(b, SPAN("stream"), arena));
}

/* Decodes the record at `at` if it is from that sender. */
static bool decode_of_sender(const struct joining *joining, position at, const struct entry *sender,
                             struct arena *arena, struct entry *ret)
{
    return batch_decode(&joining->records, at, arena, ret) > 0 && same_sender(sender, ret, arena);
}

/* Appends the lines of a value in one direction. False if the next record of the sender is not one
 * of them, or if a block, which any brace could start, is not closed. */
static bool join_towards(const struct joining *joining, position at, int direction,
                         struct arena *arena, struct entry *entry)
{
    CLEANUP(buf_done_at) struct buf buf = { 0 };
    bool ended = false;
    int n_lines = 0;

    buf_add(&buf, entry->message);
    for (int n = 0; n < LIMIT_JOINED_RECORDS && !ended &&
                    batch_step(&joining->records, at, direction, &at) > 0;
         n++) {
        struct entry other;

        if (!decode_of_sender(joining, at, entry, arena, &other)) {
            continue;
        }
        if (multiline_starts_anew(other.message)) {
            break;
        }
        buf_add_byte(&buf, '\n');
        buf_add(&buf, other.message);
        n_lines++;
        ended = multiline_ends(entry->message, other.message);
    }
    if (n_lines == 0 || (!ended && span_ends(entry->message, SPAN("{")))) {
        return false;
    }
    entry->message = arena_copy(arena, buf_span(&buf));
    return true;
}

void joining_complete(const struct joining *joining, position at, struct arena *arena,
                      struct entry *entry)
{
    int direction = joining->records.newest_first ? -1 : 1;

    if (multiline_opens(entry->message) && !join_towards(joining, at, direction, arena, entry)) {
        (void)join_towards(joining, at, -direction, arena, entry);
    }
}

static position *unopened_of(struct joining *joining, const struct entry *entry)
{
    return &joining->unopened[(uint64_t)entry->pid % JOINING_SENDERS];
}

/* True if the sender's line ends any value that was open before it. */
static bool is_boundary(struct span message)
{
    return multiline_starts_anew(message) || multiline_closes(message) ||
           span_starts(message, SPAN("}"));
}

/* Finds the record that started the value that `own`, the record at `at`, may be a line of. */
static position find_opener(struct joining *joining, const struct entry *own, position at)
{
    position *unopened = unopened_of(joining, own), here = at;
    int direction = joining->records.newest_first ? 1 : -1;

    for (int n = 0;
         n < LIMIT_JOINED_RECORDS && batch_step(&joining->records, here, direction, &here) > 0;
         n++) {
        struct entry other;

        if (direction < 0 && here < *unopened) {
            break;
        }
        if (!decode_of_sender(joining, here, own, joining->scratch, &other)) {
            continue;
        }
        if (multiline_opens(other.message)) {
            return here;
        }
        if (is_boundary(other.message)) {
            break;
        }
    }
    *unopened = at;
    return at;
}

position joining_locate(struct joining *joining, position at)
{
    struct entry entry;

    if (at == joining->asked) {
        return joining->answer;
    }
    joining->asked = joining->answer = at;
    arena_clear(joining->scratch);
    if (batch_decode(&joining->records, at, joining->scratch, &entry) > 0 &&
        multiline_may_continue(entry.message)) {
        joining->answer = find_opener(joining, &entry, at);
    }
    return joining->answer;
}
