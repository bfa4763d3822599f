/* Headings and commands in a collection of logs. */

#include "input/sections.h"

enum {
    HEADING_MAX = 512,          /* bytes of a heading */
    COMMANDS_MAX = 1024 * 1024, /* pasted commands are in short texts */
    PROMPT_MAX = 64,
    SECTIONS_MAX = 4096,
};

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
    *section = (struct section){ .at = at, .place = place };
    return section;
}

/* The line after `Name:` shows what the block is of: a node has `Roles:`. A pod has its node in a line
 * of its own. */
static void read_block(struct sections *sections, const struct batch *batch, struct span line)
{
    struct section *last = sections->items.n ? &sections->items.items[sections->items.n - 1] : NULL;
    struct span text;

    if (read_key(line, "Name:", &text)) {
        last = add(sections, batch_locate(batch, (size_t)(line.data - batch->bytes.data)),
                   last ? last->place : component_place_none);
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
    ptrdiff_t found;

    if (span_starts(rest, SPAN("=="))) {
        (void)span_cut(&rest, '\n', &line);
        read_line(sections, batch, line);
    }
    while ((found = span_find(rest, SPAN("\n=="))) >= 0) {
        rest = span_skip(rest, (size_t)found + 1);
        line = span_head(rest, HEADING_MAX);
        found = span_find_byte(line, '\n');
        read_line(sections, batch, found < 0 ? line : span_head(line, (size_t)found));
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

struct component_place sections_place(const struct sections *sections, position at)
{
    for (size_t i = sections->items.n; i > 0; i--) {
        if (sections->items.items[i - 1].at <= at) {
            return sections->items.items[i - 1].place;
        }
    }
    return component_place_none;
}

struct span sections_node(const struct sections *sections, position at)
{
    for (size_t i = sections->items.n; i > 0; i--) {
        if (sections->items.items[i - 1].at <= at) {
            return span_of(sections->items.items[i - 1].node);
        }
    }
    return (struct span){ 0 };
}
