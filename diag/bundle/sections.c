#include "bundle/sections.h"

#include "base/buf.h"

enum {
    READ_BYTES = 64 * 1024,
    HEADING_BYTES = 1024 /* of a line that can be a heading */
};

struct sectioning {
    enum section_form form;
    void (*visit)(void *data, const struct file_section *section);
    void *data;
    struct file_section section; /* that is open */
    struct buf title;            /* of it; empty: its lines are of no section */
    bool is_command;             /* the line that follows has the title of this kind of section */
    bool is_titled;              /* the line before was a heading: this one has the title */
    uint64_t offset, line;       /* of the line that is read */
    unsigned n;                  /* sections without names of their own */
};

/* --- sections --- */

static void end_section(struct sectioning *list)
{
    list->section.title = buf_span(&list->title);
    list->section.size = list->offset - list->section.offset;
    if (list->title.size > 0 && list->section.size > 1) {
        list->visit(list->data, &list->section);
    }
    buf_clear(&list->title);
}

/* It begins with the line after this one. */
static void begin_section(struct sectioning *list, size_t n_line_bytes)
{
    list->section.offset = list->offset + n_line_bytes;
    list->section.line = list->line + 1;
}

/* --- supportconfig --- */

static struct span cut_before(struct span text, const char *end)
{
    ptrdiff_t at = span_find(text, span_of(end));

    return at < 0 ? text : span_head(text, (size_t)at);
}

/* `/usr/bin/df -i`: the folder says nothing. */
static struct span skip_folder(struct span command)
{
    size_t n_word = cut_before(command, " ").size, start = 0;

    for (size_t i = 0; i < n_word; i++) {
        start = command.data[i] == '/' ? i + 1 : start;
    }
    return span_skip(command, start);
}

/* `# /var/log/messages - Last 500 Lines` */
static struct span read_title(struct span line, bool is_command)
{
    line = span_trim(span_skip(line, strlen("#")));
    if (is_command) {
        return skip_folder(line);
    }
    if (span_ends(line, SPAN(" - File not found"))) {
        return (struct span){ 0 };
    }
    line = span_trim(cut_before(line, " - Last "));
    return span_starts(line, SPAN("/")) ? span_skip(line, 1) : line;
}

static bool is_supportconfig_heading(struct span line)
{
    return span_starts(line, SPAN("#==[ ")) && span_ends(line, SPAN("=#"));
}

static void read_supportconfig(struct sectioning *list, struct span line, size_t n_line_bytes)
{
    if (is_supportconfig_heading(line)) {
        end_section(list);
        list->is_command = span_starts(line, SPAN("#==[ Command ]"));
        list->is_titled = true;
    } else if (list->is_titled) {
        list->is_titled = false;
        if (span_starts(line, SPAN("# "))) {
            buf_add(&list->title, read_title(line, list->is_command));
        }
        begin_section(list, n_line_bytes);
    }
}

/* --- kubectl cluster-info dump --- */

static bool is_dump_mark(struct span line, const char *word)
{
    return span_starts(line, span_of(word)) && span_ends(line, SPAN(" ===="));
}

static void title_objects(struct sectioning *list)
{
    buf_printf(&list->title, "objects/%u", ++list->n);
}

static const char start_mark[] = "==== START logs for container ";

/* `==== START logs for container etcd of pod kube-system/etcd-n1 ====` */
static void title_log(struct sectioning *list, struct span line)
{
    struct span text = span_skip(line, strlen(start_mark));
    struct span container = cut_before(text, " of pod ");

    buf_add(&list->title, cut_before(span_skip(text, container.size + strlen(" of pod ")), " "));
    buf_printf(&list->title, "/");
    buf_add(&list->title, container);
}

static void read_dump(struct sectioning *list, struct span line, size_t n_line_bytes)
{
    if (list->line == 1) {
        title_objects(list);
        list->section.line = 1;
    } else if (is_dump_mark(line, start_mark)) {
        end_section(list);
        title_log(list, line);
        begin_section(list, n_line_bytes);
    } else if (is_dump_mark(line, "==== END logs for container ")) {
        end_section(list);
        title_objects(list);
        begin_section(list, n_line_bytes);
    }
}

/* --- lines --- */

static void read_line(struct sectioning *list, struct span line, size_t n_line_bytes)
{
    line = span_trim(line);
    list->line++;
    if (list->form == SECTIONS_SUPPORTCONFIG) {
        read_supportconfig(list, line, n_line_bytes);
    } else {
        read_dump(list, line, n_line_bytes);
    }
    list->offset += n_line_bytes;
}

/* supportconfig's own head, `=====` and what it is, may come first. */
static bool begins_so(enum section_form form, struct span head)
{
    if (form == SECTIONS_SUPPORTCONFIG) {
        return span_find(head, SPAN("#==[ ")) >= 0;
    }
    return span_starts(span_trim(head), SPAN("{"));
}

/* Reads lines out of `text`, of which the last one may not be complete. Of a long line only the start is kept. */
static void read_lines(struct sectioning *list, struct buf *pending, uint64_t *n_pending,
                       struct span text)
{
    while (!span_empty(text)) {
        ptrdiff_t end = span_find_byte(text, '\n');
        size_t n = end < 0 ? text.size : (size_t)end + 1;

        if (pending->size < HEADING_BYTES) {
            buf_add(pending, span_head(span_head(text, n), HEADING_BYTES - pending->size));
        }
        *n_pending += n;
        text = span_skip(text, n);
        if (end >= 0) {
            read_line(list, buf_span(pending), *n_pending);
            buf_clear(pending);
            *n_pending = 0;
        }
    }
}

bool sections_list(enum section_form form, int64_t (*read)(void *source, char *buffer, size_t size),
                   void *source, void (*visit)(void *data, const struct file_section *section),
                   void *data)
{
    CLEANUP(buf_done_at) struct buf buffer = { 0 }, pending = { 0 };
    struct sectioning list = { .form = form, .visit = visit, .data = data };
    char *room = buf_reserve(&buffer, READ_BYTES);
    uint64_t n_pending = 0;
    int64_t n = read(source, room, READ_BYTES);
    bool is_one = n > 0 && begins_so(form, span_head((struct span){ room, (size_t)n }, 4096));

    while (is_one && n > 0) {
        read_lines(&list, &pending, &n_pending, (struct span){ room, (size_t)n });
        n = read(source, room, READ_BYTES);
    }
    if (is_one) {
        list.offset += n_pending;
        end_section(&list);
    }
    buf_done(&list.title);
    return is_one;
}
