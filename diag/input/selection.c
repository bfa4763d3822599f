/* journalctl's options for texts.
 *
 *   nodecause -u kubelet -S 22:00 messages.1
 *
 *   Apr 07 22:06:29 kmaster135 kubelet[19593]: ...    stays
 *   Apr 07 22:06:29 kmaster135 sshd[811]: ...         is left out
 *   Swap is on                                        stays: nobody knows who said it */

#define _DEFAULT_SOURCE /* tm_gmtoff */
#include "input/selection.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "source/unit_name.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* In this order: of terms joined by AND the least counts, by OR the greatest. */
enum verdict {
    NO,
    UNTOLD, /* the entry does not say */
    YES
};

enum {
    ROOM_BYTES = 256,
    PROBES = 256
};

struct selection {
    const struct journal_query *query;
    const struct streams *streams;
    uint64_t kernel; /* the stream */
    struct arena *arena;
    const char **units;   /* of the query, with their suffixes */
    uint64_t *of_units;   /* the streams they belong to */
    struct pattern *grep; /* NULL: none */
    unsigned untold;      /* bits of `tests` for which an entry lacked information */
    bool some_wanted;     /* an entry was selected, and one was left out */
    bool some_left_out;
    uint64_t n_probed;
    struct batch inner;
};

/* --- who --- */

static bool is_unit(const char *glob, struct span name)
{
    char text[ROOM_BYTES];

    if (name.size == 0 || name.size >= sizeof(text)) {
        return false;
    }
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    return fnmatch(glob, text, FNM_NOESCAPE) == 0;
}

/* A process is mostly called as its service. */
static bool is_service(const char *glob, struct span identifier)
{
    char text[ROOM_BYTES];
    int n = snprintf(text, sizeof(text), "%.*s.service", (int)identifier.size, identifier.data);

    return identifier.size > 0 && n > 0 && is_unit(glob, (struct span){ text, (size_t)n });
}

/* Names no unit, but may well be one of its processes (dockerd of docker), or systemd about it. */
static bool may_be_unit(uint64_t streams, const struct entry *entry)
{
    if (!span_empty(entry->unit) || !span_empty(entry->about_unit)) {
        return false;
    }
    return span_empty(entry->identifier) || span_is(entry->identifier, "systemd") ||
           (streams & entry->streams) != 0;
}

static bool is_kernel(const struct entry *entry)
{
    return span_is(span_empty(entry->transport) ? entry->identifier : entry->transport, "kernel");
}

static enum verdict test_unit(const struct selection *selection, const struct entry *entry)
{
    enum verdict verdict = NO;

    if (is_kernel(entry)) {
        return NO;
    }
    for (size_t i = 0; i < selection->query->n_units; i++) {
        const char *unit = selection->units[i];

        if (is_unit(unit, entry->unit) || is_unit(unit, entry->about_unit) ||
            (span_empty(entry->unit) && is_service(unit, entry->identifier))) {
            return YES;
        }
        if (may_be_unit(selection->of_units[i], entry)) {
            verdict = UNTOLD;
        }
    }
    return verdict;
}

static enum verdict test_identifier(const struct selection *selection, const struct entry *entry)
{
    struct span name = is_kernel(entry) ? SPAN("kernel") : entry->identifier;

    for (size_t i = 0; i < selection->query->n_identifiers; i++) {
        if (span_is(name, selection->query->identifiers[i])) {
            return YES;
        }
    }
    return span_empty(name) ? UNTOLD : NO;
}

static enum verdict test_kernel(const struct selection *selection, const struct entry *entry)
{
    if (is_kernel(entry)) {
        return YES;
    }
    if (!span_empty(entry->transport) || !span_empty(entry->identifier) || entry->klog.severity) {
        return NO;
    }
    return entry->streams & selection->kernel ? UNTOLD : NO;
}

/* --- when, how severe, what --- */

/* A time without a zone is read as local time. */
static int64_t bound_for(int64_t bound_us, const struct moment *when)
{
    time_t seconds = (time_t)(bound_us / USEC_PER_SEC);
    struct tm here;

    if (when->zone_known || !localtime_r(&seconds, &here)) {
        return bound_us;
    }
    return bound_us + here.tm_gmtoff * USEC_PER_SEC;
}

static enum verdict test_time(const struct selection *selection, const struct entry *entry)
{
    const struct journal_query *query = selection->query;
    const struct moment *when = &entry->when;

    if (when->time_us == TIME_UNKNOWN || !when->year_known) {
        return UNTOLD;
    }
    if (query->since_us != TIME_UNKNOWN && when->time_us < bound_for(query->since_us, when)) {
        return NO;
    }
    if (query->until_us != TIME_UNKNOWN && when->time_us > bound_for(query->until_us, when)) {
        return NO;
    }
    return YES;
}

/* Kubernetes' components say by klog's letter what journald does not know. */
static enum verdict test_priority(const struct selection *selection, const struct entry *entry)
{
    const struct journal_query *query = selection->query;
    int level = (int)entry->severity;

    if (entry->severity == SEVERITY_UNKNOWN) {
        return UNTOLD;
    }
    return level >= query->priority_from && level <= query->priority ? YES : NO;
}

/* What journald gets of a component: from klog's header on. */
static struct span with_klog(const struct entry *entry)
{
    ptrdiff_t stamp = entry->klog.severity ? span_find(entry->raw, entry->klog.stamp) : -1;

    return stamp > 0 ? span_skip(entry->raw, (size_t)stamp - 1) : (struct span){ 0 };
}

static enum verdict test_grep(const struct selection *selection, const struct entry *entry)
{
    struct span whole = with_klog(entry);

    if (pattern_match(selection->grep, entry->message, 0) > 0) {
        return YES;
    }
    return !span_empty(whole) && pattern_match(selection->grep, whole, 0) > 0 ? YES : NO;
}

/* --- FIELD=VALUE --- */

/* What an entry of any format may say of a journal's field. In `room`, or borrowed. */
static struct span say_field(const struct entry *entry, struct span name, char room[ROOM_BYTES])
{
    const struct {
        const char *name;
        struct span value;
    } members[] = {
        { "_SYSTEMD_UNIT", entry->unit },   { "UNIT", entry->about_unit },
        { "_HOSTNAME", entry->host },       { "SYSLOG_IDENTIFIER", entry->identifier },
        { "_TRANSPORT", entry->transport }, { "_BOOT_ID", entry->boot },
        { "_MACHINE_ID", entry->machine },  { "_SYSTEMD_INVOCATION_ID", entry->invocation },
    };

    for (size_t i = 0; i < N_ELEMENTS(members); i++) {
        if (span_is(name, members[i].name)) {
            return members[i].value;
        }
    }
    if (span_is(name, "_PID") && entry->pid >= 0) {
        (void)snprintf(room, ROOM_BYTES, "%lld", (long long)entry->pid);
    } else if (span_is(name, "PRIORITY") && entry->severity != SEVERITY_UNKNOWN) {
        (void)snprintf(room, ROOM_BYTES, "%d", (int)entry->severity);
    } else {
        room[0] = '\0';
    }
    return span_of(room);
}

/* A field may occur several times. An entry that has one of journald's own fields has them all. */
static enum verdict test_word(const struct entry *entry, struct span word)
{
    ptrdiff_t equals = span_find_byte(word, '=');
    struct span name = span_head(word, (size_t)equals);
    struct span value = span_skip(word, (size_t)equals + 1), said;
    bool is_journal = false, is_there = false;
    char room[ROOM_BYTES];

    for (size_t i = 0; i < entry->n_fields; i++) {
        const struct field *field = &entry->fields[i];

        is_journal |= span_starts(field->name, SPAN("_"));
        if (!span_equal(field->name, name)) {
            continue;
        }
        is_there = true;
        if (span_equal(field->value, value)) {
            return YES;
        }
    }
    if (is_journal || is_there) {
        return NO;
    }
    said = say_field(entry, name, room);
    if (span_empty(said)) {
        return UNTOLD;
    }
    return span_equal(said, value) ? YES : NO;
}

static bool is_same_field(const char *a, const char *b)
{
    size_t size = strcspn(a, "=");

    return strncmp(a, b, size + 1) == 0;
}

/* Words of the same field are joined by OR, different fields by AND. */
static enum verdict test_group(const struct entry *entry, const char *const *words, size_t n)
{
    enum verdict all = YES;

    for (size_t i = 0; i < n; i++) {
        enum verdict any = NO;

        for (size_t j = 0; j < n; j++) {
            enum verdict one = NO;

            if (is_same_field(words[i], words[j])) {
                one = test_word(entry, span_of(words[j]));
            }
            any = one > any ? one : any;
        }
        all = any < all ? any : all;
    }
    return all;
}

static enum verdict test_words(const struct selection *selection, const struct entry *entry)
{
    const char *const *words = selection->query->matches;
    size_t n = selection->query->n_matches, start = 0;
    enum verdict any = NO;

    for (size_t i = 0; i <= n; i++) {
        enum verdict one;

        if (i < n && strcmp(words[i], "+") != 0) {
            continue;
        }
        one = test_group(entry, words + start, i - start);
        any = one > any ? one : any;
        start = i + 1;
    }
    return any;
}

/* --- all of them --- */

static bool has_units(const struct journal_query *query)
{
    return query->n_units > 0;
}

static bool has_identifiers(const struct journal_query *query)
{
    return query->n_identifiers > 0;
}

static bool has_kernel(const struct journal_query *query)
{
    return query->dmesg;
}

static bool has_time(const struct journal_query *query)
{
    return query->since_us != TIME_UNKNOWN || query->until_us != TIME_UNKNOWN;
}

static bool has_priority(const struct journal_query *query)
{
    return query->priority >= 0;
}

static bool has_grep(const struct journal_query *query)
{
    return query->grep != NULL;
}

static bool has_words(const struct journal_query *query)
{
    return query->n_matches > 0;
}

static const struct {
    const char *words; /* for the note */
    bool (*is_asked)(const struct journal_query *query);
    enum verdict (*test)(const struct selection *selection, const struct entry *entry);
} tests[] = {
    { "-u", has_units, test_unit },           { "-t", has_identifiers, test_identifier },
    { "-k", has_kernel, test_kernel },        { "-S, -U", has_time, test_time },
    { "-p", has_priority, test_priority },    { "-g", has_grep, test_grep },
    { "FIELD=VALUE", has_words, test_words },
};

static enum verdict test_all(struct selection *selection, const struct entry *entry)
{
    unsigned untold = 0;

    for (unsigned i = 0; i < N_ELEMENTS(tests); i++) {
        enum verdict verdict =
            tests[i].is_asked(selection->query) ? tests[i].test(selection, entry) : YES;

        if (verdict == NO) {
            return NO;
        }
        if (verdict == UNTOLD) {
            untold |= 1u << i;
        }
    }
    selection->untold |= untold;
    return untold ? UNTOLD : YES;
}

static bool is_wanted(struct selection *selection, const struct entry *entry)
{
    enum verdict verdict = test_all(selection, entry);

    selection->some_wanted |= verdict == YES;
    selection->some_left_out |= verdict == NO;
    return verdict != NO;
}

/* --- batches --- */

static position locate(void *owner, size_t offset)
{
    struct selection *selection = owner;

    return batch_locate(&selection->inner, offset);
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct selection *selection = owner;
    struct entry entry;
    int r = batch_decode(&selection->inner, at, arena, &entry);

    if (r <= 0) {
        return r;
    }
    if (!is_wanted(selection, &entry)) {
        return 0;
    }
    *ret = entry;
    return 1;
}

static int step(void *owner, position at, int direction, position *ret)
{
    struct selection *selection = owner;

    return batch_step(&selection->inner, at, direction, ret);
}

static bool knows_enough(const struct selection *selection)
{
    return selection->some_wanted && (selection->some_left_out || selection->n_probed >= PROBES);
}

/* Most entries are never decoded. Until one was selected each is tried: that nothing was selected
 * must be certain. Whether some were left out is found in the first PROBES. */
static void probe(struct selection *selection)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct batch *batch = &selection->inner;
    position at = span_empty(batch->bytes) ? 0 : batch_locate(batch, 0);

    while (!span_empty(batch->bytes) && !knows_enough(selection)) {
        struct entry entry;

        arena_clear(arena);
        if (batch_decode(batch, at, arena, &entry) > 0) {
            selection->n_probed++;
            (void)is_wanted(selection, &entry);
        }
        if (batch_step(batch, at, 1, &at) <= 0) {
            break;
        }
    }
}

struct batch selection_apply(struct selection *selection, const struct batch *batch)
{
    struct batch ret = *batch;

    selection->inner = *batch;
    probe(selection);
    ret.owner = selection;
    ret.locate = locate;
    ret.decode = decode;
    ret.step = step;
    return ret;
}

/* --- options that a text cannot answer --- */

static void add_word(struct buf *buf, const char *word)
{
    buf_printf(buf, "%s%s", buf->size ? ", " : "", word);
}

static void add_not_applied(struct buf *buf, const struct journal_query *query)
{
    if (query->boot && strcmp(query->boot, "all") != 0) {
        add_word(buf, "-b");
    }
    if (query->invocation) {
        add_word(buf, "-I");
    }
    if (query->lines) {
        add_word(buf, "-n");
    }
    if (query->cursor) {
        add_word(buf, "--cursor");
    }
}

void selection_note(const struct selection *selection, struct span input, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf whole = { 0 };
    CLEANUP(buf_done_at) struct buf untold = { 0 };

    add_not_applied(&whole, selection->query);
    for (unsigned i = 0; i < N_ELEMENTS(tests); i++) {
        if (selection->untold & 1u << i) {
            add_word(&untold, tests[i].words);
        }
    }
    if (whole.size) {
        buf_add_string(&whole, " cannot be applied to a text: all of it was read");
    }
    if (untold.size) {
        buf_printf(&whole, "%s%s: some entries do not say, and were read too",
                   whole.size ? "; " : "", untold.data);
    }
    if (whole.size) {
        notes_add(notes, NOTE_NOT_APPLIED, input, 0, "%s", whole.data);
    }
    if (!selection->some_wanted && selection->some_left_out && !selection->untold) {
        notes_add(notes, NOTE_NOT_SELECTED, input, 0, "the options select none of its entries");
    }
}

bool selection_leaves_out(const struct selection *selection)
{
    return selection->some_left_out;
}

static bool is_asked(const struct journal_query *query)
{
    CLEANUP(buf_done_at) struct buf words = { 0 };

    add_not_applied(&words, query);
    for (size_t i = 0; i < N_ELEMENTS(tests); i++) {
        if (tests[i].is_asked(query)) {
            return true;
        }
    }
    return words.size > 0;
}

static void complete_units(struct selection *selection)
{
    const struct journal_query *query = selection->query;

    selection->units = ARENA_ARRAY(selection->arena, const char *, query->n_units);
    selection->of_units = ARENA_ARRAY(selection->arena, uint64_t, query->n_units);
    for (size_t i = 0; i < query->n_units; i++) {
        selection->units[i] = unit_name_complete(query->units[i], selection->arena);
        selection->of_units[i] = streams_of_unit(selection->streams, span_of(selection->units[i]));
    }
}

struct selection *selection_new(const struct journal_query *query, const struct streams *streams)
{
    static const struct streams none = { 0 };
    struct selection *selection;
    int kernel;

    if (!query || !is_asked(query)) {
        return NULL;
    }
    selection = ALLOC(struct selection);
    selection->query = query;
    selection->streams = streams ? streams : &none;
    selection->arena = arena_new();
    kernel = streams_find(selection->streams, SPAN("kernel"));
    selection->kernel = kernel < 0 ? 0 : UINT64_C(1) << kernel;
    if (query->grep) {
        (void)grep_compile(query->grep, query->grep_case, &selection->grep, NULL);
    }
    complete_units(selection);
    return selection;
}

void selection_free(struct selection *selection)
{
    if (!selection) {
        return;
    }
    pattern_free(selection->grep);
    arena_free(selection->arena);
    free(selection);
}
