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

static bool any_equals(const char *const *names, struct span text)
{
    for (; names && *names; names++) {
        if (span_is(text, *names)) {
            return true;
        }
    }
    return false;
}

static bool any_matches(const char *const *globs, struct span text)
{
    for (; globs && *globs; globs++) {
        if (span_matches_glob(text, *globs)) {
            return true;
        }
    }
    return false;
}

static bool by_transport(const struct stream *stream, const struct entry *entry)
{
    return !span_empty(entry->transport) && any_equals(stream->transports, entry->transport);
}

static bool by_identifier(const struct stream *stream, const struct entry *entry)
{
    bool has_klog = !span_empty(entry->klog.file);

    return !span_empty(entry->identifier) &&
           (any_matches(stream->identifiers, entry->identifier) ||
            (has_klog && any_matches(stream->klog_wrappers, entry->identifier)));
}

static bool by_unit(const struct stream *stream, const struct entry *entry)
{
    return !span_empty(entry->unit) && any_matches(stream->units, entry->unit);
}

static bool by_silence(const struct stream *stream, const struct entry *entry)
{
    return span_empty(entry->identifier) && span_empty(entry->unit) && stream->anonymous;
}

uint64_t streams_of_entry(const struct streams *streams, const struct entry *entry)
{
    static bool (*const ways[])(const struct stream *,
                                const struct entry *) = { by_transport, by_identifier, by_unit,
                                                          by_silence };

    for (size_t way = 0; way < N_ELEMENTS(ways); way++) {
        uint64_t set = 0;

        for (size_t i = 0; i < streams->n; i++) {
            if (ways[way](&streams->items[i], entry)) {
                set |= UINT64_C(1) << i;
            }
        }
        if (set) {
            return set;
        }
    }
    return 0;
}

uint64_t streams_of_unit(const struct streams *streams, struct span unit)
{
    uint64_t set = 0;

    for (size_t i = 0; i < streams->n; i++) {
        if (any_matches(streams->items[i].units, unit)) {
            set |= UINT64_C(1) << i;
        }
    }
    return set;
}
