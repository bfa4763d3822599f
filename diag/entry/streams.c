/* Maps senders to streams. */

#include "entry/streams.h"

int streams_find(const struct streams *streams, struct span name)
{
    for (size_t i = 0; i < streams->n; i++) {
        if (span_is(name, streams->items[i].name)) {
            return (int)i;
        }
    }
    return -1;
}

bool streams_list_has(const char *const *names, struct span text)
{
    for (; names && *names; names++) {
        if (span_is(text, *names)) {
            return true;
        }
    }
    return false;
}

bool streams_list_matches(const char *const *globs, struct span text)
{
    for (; globs && *globs; globs++) {
        if (span_matches_glob(text, *globs)) {
            return true;
        }
    }
    return false;
}

bool streams_is_container_id(struct span identifier)
{
    for (size_t i = 0; i < identifier.size; i++) {
        char c = identifier.data[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }
    return identifier.size == 12 || identifier.size == 64;
}

static bool by_transport(const struct stream *stream, const struct entry *entry)
{
    return !span_empty(entry->transport) && streams_list_has(stream->transports, entry->transport);
}

static bool by_identifier(const struct stream *stream, const struct entry *entry)
{
    bool has_klog = !span_empty(entry->klog.file);

    return !span_empty(entry->identifier) &&
           (streams_list_matches(stream->identifiers, entry->identifier) ||
            (stream->container_ids && streams_is_container_id(entry->identifier)) ||
            (has_klog && streams_list_matches(stream->klog_wrappers, entry->identifier)));
}

static bool by_unit(const struct stream *stream, const struct entry *entry)
{
    return !span_empty(entry->unit) && streams_list_matches(stream->units, entry->unit);
}

static bool by_silence(const struct stream *stream, const struct entry *entry)
{
    return span_empty(entry->identifier) && span_empty(entry->unit) && stream->anonymous;
}

uint64_t streams_of_sender(const struct streams *streams, const struct entry *entry,
                           enum sender_kind *ret_sender)
{
    static bool (*const ways[])(const struct stream *, const struct entry *) = {
        [SENDER_TRANSPORT] = by_transport,
        [SENDER_IDENTIFIER] = by_identifier,
        [SENDER_UNIT] = by_unit,
        [SENDER_NONE] = by_silence,
    };

    for (size_t way = 0; way < N_ELEMENTS(ways); way++) {
        uint64_t set = 0;

        for (size_t i = 0; i < streams->n; i++) {
            if (ways[way](&streams->items[i], entry)) {
                set |= UINT64_C(1) << i;
            }
        }
        if (set) {
            if (ret_sender) {
                *ret_sender = (enum sender_kind)way;
            }
            return set;
        }
    }
    return 0;
}

uint64_t streams_of_unit(const struct streams *streams, struct span unit)
{
    uint64_t set = 0;

    for (size_t i = 0; i < streams->n; i++) {
        if (streams_list_matches(streams->items[i].units, unit)) {
            set |= UINT64_C(1) << i;
        }
    }
    return set;
}
