/* Headings and commands in a collection of logs. */

#include "input/sections.h"

#include "format/event.h"

enum {
    HEADING_MAX = 512,          /* bytes of a heading */
    COMMANDS_MAX = 1024 * 1024, /* pasted commands are in short texts */
    PROMPT_MAX = 64,
    SECTIONS_MAX = 4096,
};

/* A node posts its status at least every 5 minutes and up to half of that later, and renews its lease every
 * 10 s; 50 s after the last of these it is declared Unknown. In microseconds, with room.
 * https://kubernetes.io/docs/reference/node/node-status/ */
static const int64_t HEARTBEAT_AGE_MAX = 9 * USEC_PER_MINUTE;
static const int64_t LEASE_AGE_MAX = USEC_PER_MINUTE;

/* What kubectl needs for the next block. */
static const int64_t PRINTING_MAX = 10 * USEC_PER_SEC;

void sections_done(struct sections *sections)
{
    vec_free(&sections->items);
}

/* --- headings --- */

/* The text between the marks. False if the line has none. */
static bool read_heading(struct span line, struct span *ret)
{
    static const struct {
        const char *before, *after;
    } marks[] = { { "==> ", " <==" }, { "=== ", " ===" } };

    line = span_trim(line);
    for (size_t i = 0; i < N_ELEMENTS(marks) && line.size <= HEADING_MAX; i++) {
        struct span before = span_of(marks[i].before), after = span_of(marks[i].after);

        if (line.size > before.size + after.size && span_starts(line, before) &&
            span_ends(line, after)) {
            *ret = span_skip(line, before.size);
            ret->size -= after.size;
            return true;
        }
    }
    return false;
}

static struct component_place place_of_heading(const struct streams *streams, struct span heading)
{
    struct component_place place = component_place_none;

    place.path = component_of_path(streams, heading);
    if (place.path == COMPONENT_NONE) {
        place.heading = component_of_heading(streams, heading);
    }
    return place;
}

/* --- commands --- */

static void skip_prompt(struct span *line)
{
    struct span head = span_head(*line, PROMPT_MAX);
    ptrdiff_t end = span_find(head, SPAN("$ "));

    if (end < 0) {
        end = span_find(head, SPAN("# "));
    }
    if (end >= 0) {
        *line = span_skip(*line, (size_t)end + 2);
    }
    if (span_starts(*line, SPAN("sudo "))) {
        *line = span_skip(*line, strlen("sudo "));
    }
}

/* True if the line is a command that prints a log; `*ret` is its arguments. */
static bool read_command(struct span line, struct span *ret)
{
    static const char *const commands[] = { "journalctl ",  "kubectl logs ", "docker logs ",
                                            "crictl logs ", "podman logs ",  "tail ",
                                            "cat ",         "less ",         "kubectl describe " };

    line = span_trim(line);
    skip_prompt(&line);
    for (size_t i = 0; i < N_ELEMENTS(commands); i++) {
        if (span_starts(line, span_of(commands[i]))) {
            *ret = span_skip(line, strlen(commands[i]));
            return true;
        }
    }
    return false;
}

/* `kubelet`, as well as `kubelet.service` */
static int component_of_unit(const struct streams *streams, struct span unit)
{
    uint64_t set;
    int i = 0;
    char name[128];

    if (unit.size + sizeof(".service") > sizeof(name)) {
        return COMPONENT_NONE;
    }
    memcpy(name, unit.data, unit.size);
    memcpy(name + unit.size, ".service", sizeof(".service"));
    set = streams_of_unit(streams, unit) | streams_of_unit(streams, span_of(name));
    while (set && !(set >> i & 1)) {
        i++;
    }
    return set ? i : COMPONENT_NONE;
}

static struct component_place place_of_command(const struct streams *streams, struct span arguments)
{
    struct component_place place = component_place_none;
    struct span word;

    while (place.command == COMPONENT_NONE && span_word(&arguments, &word)) {
        place.command = component_of_unit(streams, word);
        if (place.command == COMPONENT_NONE) {
            place.command = component_of_path(streams, word);
        }
        if (place.command == COMPONENT_NONE) {
            place.command = component_of_heading(streams, word);
        }
    }
    return place;
}

/* --- blocks of kubectl describe --- */

/* `Name:               node1`: the value of the line of this key. */
static bool read_key(struct span line, const char *key, struct span *ret)
{
    line = span_trim(line);
    if (!span_starts(line, span_of(key))) {
        return false;
    }
    line = span_skip(line, strlen(key));
    return span_starts(line, SPAN("  ")) && span_word(&line, ret) && span_empty(span_trim(line));
}

static void set_node(struct section *section, struct span node)
{
    ptrdiff_t slash = span_find_byte(node, '/'); /* a pod's: node1/192.0.2.7 */

    node = slash < 0 ? node : span_head(node, (size_t)slash);
    if (node.size < sizeof(section->node)) {
        memcpy(section->node, node.data, node.size);
        section->node[node.size] = '\0';
    }
}

/* `RenewTime: Tue, 02 Jun 2026 10:00:09 +0000` */
static void read_lease(struct section *section, struct span line)
{
    struct moment renewed;

    line = span_trim(span_skip(line, strlen("RenewTime:")));
    if (event_cut_date(&line, &renewed)) {
        section->renewed_us = renewed.time_us;
    }
}

/* `Ready  True  Tue, 02 Jun 2026 10:00:10 +0000  ...`: the last heartbeat. That of a node whose status
 * is Unknown may be of any age. */
static void read_ready(struct section *section, struct span line)
{
    struct moment heartbeat;
    struct span word;

    (void)span_word(&line, &word);
    if (!span_word(&line, &word) || !(span_is(word, "True") || span_is(word, "False"))) {
        return;
    }
    line = span_trim(line);
    if (!event_cut_date(&line, &heartbeat)) {
        return;
    }
    section->collected = (struct collected){ heartbeat.time_us, HEARTBEAT_AGE_MAX };
    if (section->renewed_us != TIME_UNKNOWN && section->renewed_us >= heartbeat.time_us) {
        section->collected = (struct collected){ section->renewed_us, LEASE_AGE_MAX };
    }
}

static void read_collected(struct section *section, struct span line)
{
    line = span_trim(line);
    if (span_starts(line, SPAN("RenewTime:"))) {
        read_lease(section, line);
    } else if (span_starts(line, SPAN("Ready "))) {
        read_ready(section, line);
    }
}

/* --- scanning --- */

/* Valid until the next one is added. */
static struct section *add(struct sections *sections, position at, struct component_place place)
{
    struct section *section;

    if (sections->items.items && sections->items.n == SECTIONS_MAX) {
        sections->items.n /= 2;
        memcpy(sections->items.items, sections->items.items + sections->items.n,
               sections->items.n * sizeof(*sections->items.items));
    }
    section = vec_add(&sections->items);
    *section = (struct section){ .at = at,
                                 .place = place,
                                 .renewed_us = TIME_UNKNOWN,
                                 .collected = { .from_us = TIME_UNKNOWN } };
    return section;
}

/* One command prints several blocks, one after the other. */
static struct collected collected_before(const struct section *last)
{
    struct collected before = { .from_us = TIME_UNKNOWN };

    if (last && last->collected.from_us != TIME_UNKNOWN) {
        before = last->collected;
        before.spread_us += PRINTING_MAX;
    }
    return before;
}

/* The line after `Name:` shows what the block is of: a node has `Roles:`. A pod has its node in a line
 * of its own. */
static void read_block(struct sections *sections, const struct batch *batch, struct span line)
{
    struct section *last = sections->items.n ? &sections->items.items[sections->items.n - 1] : NULL;
    struct span text;

    if (read_key(line, "Name:", &text)) {
        struct collected before = collected_before(last);

        last = add(sections, batch_locate(batch, (size_t)(line.data - batch->bytes.data)),
                   last ? last->place : component_place_none);
        last->collected = before;
        set_node(last, text);
        last->is_named = true;
    } else if (last && last->is_named) {
        last->is_named = false;
        last->is_pod = span_starts(span_trim(line), SPAN("Namespace:"));
        if (!span_starts(span_trim(line), SPAN("Roles:"))) {
            last->node[0] = '\0';
        }
    } else if (last && last->is_pod && read_key(line, "Node:", &text)) {
        set_node(last, text);
        last->is_pod = false;
    } else if (last) {
        read_collected(last, line);
    }
}

static void read_line(struct sections *sections, const struct batch *batch, struct span line)
{
    size_t offset = (size_t)(line.data - batch->bytes.data);
    struct span text;

    if (read_heading(line, &text)) {
        sections->headed = true;
        (void)add(sections, batch_locate(batch, offset), place_of_heading(sections->streams, text));
    } else if (sections->scanned + offset < COMMANDS_MAX && read_command(line, &text)) {
        (void)add(sections, batch_locate(batch, offset), place_of_command(sections->streams, text));
    } else if (sections->scanned < COMMANDS_MAX) {
        read_block(sections, batch, line);
    }
}

static void scan_lines(struct sections *sections, const struct batch *batch)
{
    struct span rest = batch->bytes, line;

    while (span_cut(&rest, '\n', &line)) {
        read_line(sections, batch, line);
    }
}

/* Of a large log only the lines that have a mark are read. */
static void scan_marks(struct sections *sections, const struct batch *batch)
{
    struct span rest = batch->bytes, line;

    while (span_cut(&rest, '\n', &line)) {
        if (span_starts(line, SPAN("=="))) {
            read_line(sections, batch, line);
        }
        if (batch->has_no_marks) {
            return; /* but the first */
        }
    }
}

void sections_scan(struct sections *sections, const struct batch *batch)
{
    if (!sections->streams) {
        return;
    }
    if (sections->scanned < COMMANDS_MAX) {
        scan_lines(sections, batch);
    } else {
        scan_marks(sections, batch);
    }
    sections->scanned += batch->bytes.size;
}

/* The section that contains the record; NULL: none. */
static const struct section *find(const struct sections *sections, position at)
{
    for (size_t i = sections->items.n; i > 0; i--) {
        if (sections->items.items[i - 1].at <= at) {
            return &sections->items.items[i - 1];
        }
    }
    return NULL;
}

struct component_place sections_place(const struct sections *sections, position at)
{
    const struct section *section = find(sections, at);

    return section ? section->place : component_place_none;
}

struct span sections_node(const struct sections *sections, position at)
{
    const struct section *section = find(sections, at);

    return section ? span_of(section->node) : (struct span){ 0 };
}

struct collected sections_collected(const struct sections *sections, position at)
{
    const struct section *section = find(sections, at);

    return section ? section->collected : (struct collected){ .from_us = TIME_UNKNOWN };
}
