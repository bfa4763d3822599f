/* Which component logged an entry.
 *
 *   Mar 05 08:00:01 cp-1 kubelet[811]: panic: ...                certain, identifier
 *   ==> coredns [1fc341799e51] <==                               likely, heading of what follows
 *   E0305 08:00:01.123456     811 eviction_manager.go:238] ...   likely, klog caller
 *   E0305 08:00:01.123456     811 server.go:165] listen tcp ...  unknown: many components have it
 */

#include "entry/component.h"

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

static bool has_caller(const struct stream *stream, struct span file)
{
    return streams_list_has(stream->callers, file);
}

static bool has_words(const struct stream *stream, struct span message)
{
    for (const char *const *words = stream->words; words && *words; words++) {
        if (span_find(message, span_of(*words)) >= 0) {
            return true;
        }
    }
    return false;
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

int component_of_text(const struct streams *streams, const struct entry *entry, const char **ret_by)
{
    int found = find(streams, has_caller, entry->klog.file);

    *ret_by = "klog caller";
    if (found == COMPONENT_NONE) {
        found = find(streams, has_words, entry->message);
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
    return COMPONENT_NONE;
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

static int first_of(uint64_t set)
{
    int i = 0;

    while (!(set >> i & 1)) {
        i++;
    }
    return i;
}

/* The sender is known. False if it says nothing of the component. */
static bool judge_sender(const struct streams *streams, enum sender_kind sender,
                         struct entry *entry)
{
    static const char *const names[] = {
        [SENDER_TRANSPORT] = "transport",
        [SENDER_IDENTIFIER] = "identifier",
        [SENDER_UNIT] = "unit",
    };
    uint64_t allowed = entry->streams;
    const char *by;
    int found;

    if (sender == SENDER_NONE) {
        return false;
    }
    if (sender == SENDER_IDENTIFIER && is_wrapped(streams, entry)) {
        found = unit_of_wrapper(streams, entry);
        if (found != COMPONENT_NONE) {
            set(streams, found, COMPONENT_CERTAIN, names[SENDER_UNIT], entry);
        }
        return found != COMPONENT_NONE;
    }
    if (sender != SENDER_TRANSPORT && is_all_in_one(streams, entry)) {
        found = component_of_text(streams, entry, &by);
        if (found == COMPONENT_NONE) {
            found = first_of(allowed);
            by = names[sender];
        }
        set(streams, found, COMPONENT_LIKELY, by, entry);
        return true;
    }
    set(streams, first_of(allowed), COMPONENT_CERTAIN, names[sender], entry);
    entry->streams = allowed;
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

/* The surest first. */
static void judge_place(const struct streams *streams, const struct component_place *place,
                        struct entry *entry)
{
    const char *by;
    int text = component_of_text(streams, entry, &by);

    if (place->heading != COMPONENT_NONE) {
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

void component_judge(const struct streams *streams, const struct component_place *place,
                     struct entry *entry)
{
    enum sender_kind sender = SENDER_NONE;

    entry->component = (struct component){ 0 };
    entry->streams = streams_of_sender(streams, entry, &sender);
    if (entry->streams == 0) {
        bool has_sender = !span_empty(entry->identifier) || !span_empty(entry->unit);

        entry->component.known = has_sender ? COMPONENT_CERTAIN : COMPONENT_UNKNOWN;
        entry->component.by = has_sender ? "identifier" : NULL;
        return;
    }
    if (!judge_sender(streams, sender, entry)) {
        judge_place(streams, place, entry);
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
