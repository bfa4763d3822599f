/* Which component logged an entry.
 *
 *   Mar 05 08:00:01 cp-1 kubelet[811]: panic: ...                certain, identifier
 *   ==> coredns [1fc341799e51] <==                               likely, heading of what follows
 *   E0305 08:00:01.123456     811 eviction_manager.go:238] ...   likely, klog caller
 *   E0305 08:00:01.123456     811 server.go:165] listen tcp ...  unknown: many components have it
 */

#include "entry/component.h"

#include "base/alloc.h"
#include "entry/marks.h"
#include "entry/senders.h"

#include <stdlib.h>

struct components {
    const struct streams *streams;
    struct marks *marks;
    struct senders *senders;
};

struct components *components_new(const struct streams *streams)
{
    struct components *components = ALLOC(struct components);

    components->streams = streams;
    components->marks = marks_new(streams);
    components->senders = senders_new(streams);
    return components;
}

void components_free(struct components *components)
{
    if (!components) {
        return;
    }
    marks_free(components->marks);
    senders_free(components->senders);
    free(components);
}

const struct component_place component_place_none = {
    COMPONENT_NONE, COMPONENT_NONE, COMPONENT_NONE, COMPONENT_NONE, COMPONENT_NONE,
};

/* --- what one line shows --- */

typedef bool shows(const struct stream *stream, struct span text);

static int find(const struct streams *streams, shows *shown, struct span text)
{
    for (size_t i = 0; i < streams->n && !span_empty(text); i++) {
        if (shown(&streams->items[i], text)) {
            return (int)i;
        }
    }
    return COMPONENT_NONE;
}

static bool has_path(const struct stream *stream, struct span path)
{
    return streams_list_matches(stream->paths, path);
}

static bool has_heading(const struct stream *stream, struct span heading)
{
    return streams_list_matches(stream->headings, heading);
}

int component_of_path(const struct streams *streams, struct span path)
{
    return find(streams, has_path, path);
}

int component_of_heading(const struct streams *streams, struct span heading)
{
    return find(streams, has_heading, heading);
}

static int of_text(const struct components *components, const struct entry *entry,
                   const char **ret_by)
{
    int found = marks_of_caller(components->marks, entry->klog.file);

    *ret_by = "klog caller";
    if (found == COMPONENT_NONE) {
        found = marks_of_words(components->marks, entry->message);
        *ret_by = "words";
    }
    return found;
}

/* --- the judgement --- */

static void set(const struct streams *streams, int index, enum component_known known,
                const char *by, struct entry *entry)
{
    entry->component = (struct component){ streams->items[index].name, known, by };
    entry->streams = UINT64_C(1) << index;
}

static int first_of(uint64_t set)
{
    int i = 0;

    while (!(set >> i & 1)) {
        i++;
    }
    return i;
}

/* The sender is known. False if it says nothing of the component. */
static bool judge_sender(const struct components *components, const struct sender_traits *sender,
                         struct entry *entry)
{
    static const char *const names[] = {
        [SENDER_TRANSPORT] = "transport",
        [SENDER_IDENTIFIER] = "identifier",
        [SENDER_UNIT] = "unit",
    };
    const struct streams *streams = components->streams;
    const char *by;
    int found;

    if (sender->kind == SENDER_NONE) {
        return false;
    }
    if (sender->kind == SENDER_IDENTIFIER && sender->wraps) {
        if (sender->wrapped != COMPONENT_NONE) {
            set(streams, sender->wrapped, COMPONENT_CERTAIN, names[SENDER_UNIT], entry);
        }
        return sender->wrapped != COMPONENT_NONE;
    }
    if (sender->kind != SENDER_TRANSPORT && sender->all_in_one) {
        found = of_text(components, entry, &by);
        if (found == COMPONENT_NONE) {
            found = first_of(sender->streams);
            by = names[sender->kind];
        }
        set(streams, found, COMPONENT_LIKELY, by, entry);
        return true;
    }
    set(streams, first_of(sender->streams), COMPONENT_CERTAIN, names[sender->kind], entry);
    entry->streams = sender->streams;
    return true;
}

/* The line is not of the other components that log the same texts. Without klog's header it may still
 * be of systemd or the kernel. The lines of a unit are beside theirs in a log, and one of theirs may
 * be joined to it. */
static void set_likely(const struct streams *streams, int index, const char *by,
                       struct entry *entry)
{
    const char *const *units = streams->items[index].units;
    bool may_be_others = span_empty(entry->klog.file) || (units && *units);
    uint64_t allowed = entry->streams;

    set(streams, index, COMPONENT_LIKELY, by, entry);
    for (size_t i = 0; i < streams->n && may_be_others; i++) {
        if (!streams->items[i].shared_words) {
            entry->streams |= allowed & UINT64_C(1) << i;
        }
    }
}

/* --- a front that was cut off --- */

enum {
    CUT_NAME_MIN = 4 /* letters; shorter ones end too many names */
};

static bool ends_identifier(const struct stream *stream, struct span name)
{
    for (const char *const *full = stream->identifiers; full && *full; full++) {
        struct span identifier = span_of(*full);

        if (identifier.size > name.size && span_ends(identifier, name)) {
            return true;
        }
    }
    return false;
}

/* `elet[811]: E0305 ...`: a copy of a terminal that lost its first columns. The stream, if only one has
 * an identifier that ends like that. */
static int stream_of_cut_name(const struct streams *streams, const struct entry *entry)
{
    int found = COMPONENT_NONE;

    if (entry->identifier.size < CUT_NAME_MIN || !span_empty(entry->host) ||
        !span_empty(entry->unit) || !span_starts(entry->raw, entry->identifier)) {
        return COMPONENT_NONE;
    }
    for (size_t i = 0; i < streams->n; i++) {
        if (ends_identifier(&streams->items[i], entry->identifier)) {
            if (found != COMPONENT_NONE) {
                return COMPONENT_NONE;
            }
            found = (int)i;
        }
    }
    return found;
}

/* No stream has the name of the sender. */
static void judge_stranger(const struct streams *streams, struct entry *entry)
{
    bool has_sender = !span_empty(entry->identifier) || !span_empty(entry->unit);
    int cut = stream_of_cut_name(streams, entry);

    entry->component.known = has_sender ? COMPONENT_CERTAIN : COMPONENT_UNKNOWN;
    entry->component.by = has_sender ? "identifier" : NULL;
    if (cut != COMPONENT_NONE) {
        set(streams, cut, COMPONENT_LIKELY, "end of its identifier", entry);
        entry->mended = "the line lacks its front";
    }
}

/* `kubelet.service: Failed with result 'exit-code'.`: systemd begins so what it says of a unit, and the log of a unit
 * that was printed without senders (journalctl -o cat) has it among the unit's own lines. */
static bool is_about_unit(const struct entry *entry)
{
    struct span rest = entry->message, word;

    return span_empty(entry->identifier) && span_word(&rest, &word) &&
           span_ends(word, SPAN(".service:"));
}

/* The surest first. */
static void judge_place(const struct components *components, const struct component_place *place,
                        struct entry *entry)
{
    const struct streams *streams = components->streams;
    const char *by;
    int text = of_text(components, entry, &by);

    if (is_about_unit(entry) && streams_find(streams, SPAN("systemd")) != COMPONENT_NONE) {
        set(streams, streams_find(streams, SPAN("systemd")), COMPONENT_LIKELY, "unit in its text",
            entry);
    } else if (place->heading != COMPONENT_NONE) {
        set(streams, place->heading, COMPONENT_LIKELY, "heading", entry);
    } else if (place->path != COMPONENT_NONE) {
        set(streams, place->path, COMPONENT_CERTAIN, "path", entry);
    } else if (text != COMPONENT_NONE) {
        set_likely(streams, text, by, entry);
    } else if (place->process != COMPONENT_NONE) {
        set_likely(streams, place->process, "process", entry);
    } else if (place->command != COMPONENT_NONE) {
        set_likely(streams, place->command, "command", entry);
    } else if (place->input != COMPONENT_NONE) {
        set_likely(streams, place->input, "other lines", entry);
    }
}

void components_judge(const struct components *components, const struct component_place *place,
                      struct entry *entry)
{
    const struct sender_traits *sender = senders_find(components->senders, entry);

    entry->component = (struct component){ 0 };
    entry->streams = sender->streams;
    if (entry->streams == 0) {
        judge_stranger(components->streams, entry);
        return;
    }
    if (!judge_sender(components, sender, entry)) {
        judge_place(components, place, entry);
    }
}

const char *component_known_name(enum component_known known)
{
    static const char *const names[] = {
        [COMPONENT_UNKNOWN] = "unknown",
        [COMPONENT_LIKELY] = "likely",
        [COMPONENT_CERTAIN] = "certain",
    };

    return names[known];
}
