/* YAML 1.2 to a tree with places, from libfyaml's events.
 *
 * Sample: `role: proof   # enough alone` is a child with key `role`, text `proof`, column 7.
 *
 * Events and not libfyaml's documents: an alias is refused when it is met, before anything can be
 * expanded, and depth and number of keys are bounded on the way. */

#include "rule/yaml.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <libfyaml.h>
#include <stdarg.h>
#include <stdio.h>

/* fy_diag_unref() alone does not free the errors it has collected. */
static void free_diag(struct fy_diag *diag)
{
    fy_diag_reset_error(diag);
    fy_diag_unref(diag);
}

DEFINE_CLEANUP(struct fy_diag, free_diag)
DEFINE_CLEANUP(struct fy_parser, fy_parser_destroy)

struct yaml_reader {
    struct fy_parser *parser;
    struct arena *arena;
    const struct yaml_file *file;
    struct error *reterr;
};

static struct span line_of(struct span text, unsigned line)
{
    struct span found = { 0 };

    while (line-- > 0) {
        if (!span_cut(&text, '\n', &found)) {
            return (struct span){ 0 };
        }
    }
    return found;
}

static void add_excerpt(const struct yaml_file *file, unsigned line, struct error *reterr)
{
    struct span text = line_of(file->text, line);

    (void)snprintf(reterr->excerpt, sizeof(reterr->excerpt), "%.*s", (int)span_head(text, 255).size,
                   text.data ? text.data : "");
}

PRINTF_LIKE(5, 0)
static int fail_at(const struct yaml_file *file, unsigned line, unsigned column,
                   struct error *reterr, const char *format, va_list arguments)
{
    char text[sizeof(reterr->text)];

    if (!reterr || reterr->text[0]) {
        return -EINVAL;
    }
    (void)vsnprintf(text, sizeof(text), format, arguments);
    add_excerpt(file, line, reterr);
    return error_set_at(reterr, -EINVAL, file->path, line, column, "%s", text);
}

int yaml_error(const struct yaml *node, struct error *reterr, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)fail_at(node->file, node->line, node->column, reterr, format, arguments);
    va_end(arguments);
    return -EINVAL;
}

/* Characters, that is bytes that do not continue one. */
static unsigned count_characters(struct span text)
{
    unsigned n = 0;

    for (size_t i = 0; i < text.size; i++) {
        n += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    }
    return n;
}

/* Columns of the file that the first `offset` bytes of a verbatim text take. */
static unsigned columns_before(const struct yaml *node, size_t offset)
{
    struct span written = span_skip(node->file->text, node->offset);
    size_t at = 0;

    for (size_t i = 0; i < offset && at < written.size; i++) {
        at += written.data[at] == '\'' && span_starts(span_skip(written, at), SPAN("''")) ? 2 : 1;
    }
    return count_characters(span_head(written, at));
}

int yaml_error_near(const struct yaml *node, struct span near, struct error *reterr,
                    const char *format, ...)
{
    char text[sizeof(reterr->text)];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (span_empty(near)) {
        return yaml_error(node, reterr, "%s", text);
    }
    return yaml_error(node, reterr, "%s, did you mean '%.*s'?", text, TEXT_OF(near));
}

int yaml_error_inside(const struct yaml *node, size_t offset, struct error *reterr,
                      const char *format, ...)
{
    unsigned column = node->column;
    va_list arguments;

    if (node->verbatim) {
        column += columns_before(node, offset);
    }
    va_start(arguments, format);
    (void)fail_at(node->file, node->line, column, reterr, format, arguments);
    va_end(arguments);
    return -EINVAL;
}

const struct yaml *yaml_items(const struct yaml *node, size_t *ret_n)
{
    *ret_n = 0;
    if (!node) {
        return NULL;
    }
    *ret_n = node->type == YAML_LIST ? node->n : 1;
    return node->type == YAML_LIST ? node->first : node;
}

struct place yaml_place(const struct yaml *node)
{
    return (struct place){ node->file->path, node->line, node->column };
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
    if (!map || map->type != YAML_MAP) {
        return NULL;
    }
    for (const struct yaml *child = map->first; child; child = child->next) {
        if (span_is(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

struct span yaml_text(const struct yaml *map, const char *key)
{
    const struct yaml *node = yaml_get(map, key);

    return node ? node->text : (struct span){ 0 };
}

/* Quoted and plain texts on one line are in the file as they are. */
static bool is_verbatim(const struct yaml *node, enum fy_scalar_style style)
{
    struct span written = span_skip(node->file->text, node->offset);
    size_t doubled = 0;

    if (style != FYSS_PLAIN && style != FYSS_SINGLE_QUOTED) {
        return false;
    }
    for (size_t i = 0; i < node->text.size; i++) {
        doubled += style == FYSS_SINGLE_QUOTED && node->text.data[i] == '\'';
    }
    return span_find_byte(span_head(written, node->text.size + doubled), '\n') < 0;
}

static struct yaml *add_node(struct yaml_reader *reader, struct fy_token *token,
                             enum yaml_type type)
{
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    struct yaml *node = ARENA_NEW(reader->arena, struct yaml);

    node->type = type;
    node->file = reader->file;
    if (mark) {
        node->line = (unsigned)mark->line + 1;
        node->column = (unsigned)mark->column + 1;
        node->offset = mark->input_pos;
    }
    return node;
}

/* In pieces: fy_token_get_text() loses memory on texts of many escapes (0.7.12). */
static struct span token_text(struct yaml_reader *reader, struct fy_token *token)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct fy_token_iter *iterator = fy_token_iter_create(token);
    const struct fy_iter_chunk *chunk = NULL;
    int error = 0;

    while ((chunk = fy_token_iter_chunk_next(iterator, chunk, &error))) {
        buf_add(&text, (struct span){ chunk->str, chunk->len });
    }
    fy_token_iter_destroy(iterator);
    return arena_copy(reader->arena, buf_span(&text));
}

static struct yaml *add_text(struct yaml_reader *reader, struct fy_token *token)
{
    struct yaml *node = add_node(reader, token, YAML_TEXT);

    node->text = token_text(reader, token);
    node->verbatim = is_verbatim(node, fy_token_scalar_style(token));
    return node;
}

static int check_plain(struct yaml_reader *reader, const struct yaml *node,
                       const struct fy_token *anchor, const struct fy_token *tag)
{
    if (anchor) {
        return yaml_error(node, reader->reterr, "anchors are not allowed");
    }
    if (tag) {
        return yaml_error(node, reader->reterr, "tags are not allowed");
    }
    return 0;
}

static int read_children(struct yaml_reader *reader, struct yaml *parent, unsigned depth);

/* The node that an event begins. 0 at the end of the parent. */
static int read_node(struct yaml_reader *reader, const struct fy_event *event, unsigned depth,
                     struct yaml **ret)
{
    struct yaml *node = NULL;
    int r;

    switch (event->type) {
    case FYET_SCALAR:
        node = add_text(reader, event->scalar.value);
        r = check_plain(reader, node, event->scalar.anchor, event->scalar.tag);
        break;
    case FYET_SEQUENCE_START:
        node = add_node(reader, event->sequence_start.sequence_start, YAML_LIST);
        r = check_plain(reader, node, event->sequence_start.anchor, event->sequence_start.tag);
        break;
    case FYET_MAPPING_START:
        node = add_node(reader, event->mapping_start.mapping_start, YAML_MAP);
        r = check_plain(reader, node, event->mapping_start.anchor, event->mapping_start.tag);
        break;
    case FYET_ALIAS:
        node = add_node(reader, event->alias.anchor, YAML_TEXT);
        return yaml_error(node, reader->reterr, "aliases are not allowed");
    default:
        return 0;
    }
    if (r >= 0 && node->type != YAML_TEXT) {
        r = read_children(reader, node, depth + 1);
    }
    if (r < 0) {
        return r;
    }
    *ret = node;
    return 1;
}

/* The error of libfyaml as ours. */
static int syntax_error(struct yaml_reader *reader)
{
    struct fy_diag *diag = fy_parser_get_diag(reader->parser);
    struct yaml at = { .file = reader->file, .line = 1, .column = 1 };
    const char *text = "invalid YAML";
    const struct fy_diag_error *first;
    void *iterator = NULL;

    first = diag ? fy_diag_errors_iterate(diag, &iterator) : NULL;
    if (first) {
        at.line = first->line > 0 ? (unsigned)first->line : 1;
        at.column = first->column > 0 ? (unsigned)first->column : 1;
        text = first->msg;
    }
    (void)yaml_error(&at, reader->reterr, "%s", text);
    fy_diag_unref(diag);
    return -EINVAL;
}

static int next_node(struct yaml_reader *reader, unsigned depth, struct yaml **ret)
{
    struct fy_event *event = fy_parser_parse(reader->parser);
    int r;

    if (!event) {
        return syntax_error(reader);
    }
    r = read_node(reader, event, depth, ret);
    fy_parser_event_free(reader->parser, event);
    return r;
}

/* After a key: its value. */
static int read_value(struct yaml_reader *reader, const struct yaml *map, const struct yaml *key,
                      unsigned depth, struct yaml **ret)
{
    int r;

    if (key->type != YAML_TEXT) {
        return yaml_error(key, reader->reterr, "a key must be a text");
    }
    if (span_is(key->text, "<<")) {
        return yaml_error(key, reader->reterr, "merge keys are not allowed");
    }
    for (const struct yaml *child = map->first; child; child = child->next) {
        if (span_equal(child->key, key->text)) {
            return yaml_error(key, reader->reterr, "duplicate key '%.*s'",
                              (int)span_head(key->text, 64).size, key->text.data);
        }
    }
    r = next_node(reader, depth, ret);
    if (r <= 0) {
        return r;
    }
    (*ret)->key = key->text;
    (*ret)->key_at = key;
    if (!(*ret)->line) { /* nothing follows the colon */
        (*ret)->line = key->line;
        (*ret)->column = key->column;
        (*ret)->offset = key->offset;
    }
    return 1;
}

static int read_children(struct yaml_reader *reader, struct yaml *parent, unsigned depth)
{
    struct yaml **end = &parent->first;
    struct yaml *node = NULL;
    int r;

    if (depth > LIMIT_YAML_DEPTH) {
        return yaml_error(parent, reader->reterr, "nested more than %d levels deep",
                          LIMIT_YAML_DEPTH);
    }
    while ((r = next_node(reader, depth, &node)) > 0) {
        assert(node);
        if (parent->type == YAML_MAP) {
            const struct yaml *key = node;

            r = read_value(reader, parent, key, depth, &node);
            if (r <= 0) {
                return r;
            }
            assert(node);
            if (parent->n >= LIMIT_YAML_KEYS) {
                return yaml_error(key, reader->reterr, "more than %d keys", LIMIT_YAML_KEYS);
            }
        }
        *end = node;
        end = &node->next;
        parent->n++;
    }
    return r;
}

/* stream start, document start, node, document end, stream end. */
static int read_document(struct yaml_reader *reader, struct yaml **ret)
{
    bool seen = false;
    int r;

    for (;;) {
        struct fy_event *event = fy_parser_parse(reader->parser);
        enum fy_event_type type = event ? event->type : FYET_NONE;
        struct yaml *node = NULL;

        if (!event) {
            return syntax_error(reader);
        }
        r = read_node(reader, event, 0, &node);
        fy_parser_event_free(reader->parser, event);
        if (r < 0) {
            return r;
        }
        if (node && seen) {
            return yaml_error(node, reader->reterr, "more than one document in the file");
        }
        if (node) {
            *ret = node;
        }
        seen = seen || node;
        if (type == FYET_STREAM_END) {
            return 0;
        }
    }
}

static struct fy_diag *new_diag(void)
{
    struct fy_diag_cfg config;
    struct fy_diag *diag;

    fy_diag_cfg_default(&config);
    config.fp = NULL;
    config.colorize = false;
    diag = fy_diag_create(&config);
    if (diag) {
        fy_diag_set_collect_errors(diag, true);
    }
    return diag;
}

/* libfyaml silently ignores the text after a bad byte, so check first. */
static int check_bytes(const struct yaml *at, struct error *reterr)
{
    struct span text = at->file->text;

    if (text.size > LIMIT_RULE_FILE_BYTES) {
        return yaml_error(at, reterr, "larger than %d bytes", LIMIT_RULE_FILE_BYTES);
    }
    if (!utf8_valid(text)) {
        return yaml_error(at, reterr, "invalid UTF-8");
    }
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];

        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f) {
            return yaml_error(at, reterr, "contains the control character 0x%02x", c);
        }
    }
    return 0;
}

int yaml_parse(const char *path, struct span text, struct arena *arena, const struct yaml **ret,
               struct error *reterr)
{
    CLEANUP(fy_parser_destroy_at) struct fy_parser *parser = NULL;
    CLEANUP(free_diag_at) struct fy_diag *diag = new_diag(); /* freed first: errors hold tokens */
    struct fy_parse_cfg config = { .flags = FYPCF_QUIET | FYPCF_DISABLE_ACCELERATORS,
                                   .diag = diag };
    struct yaml_file *file = ARENA_NEW(arena, struct yaml_file);
    struct yaml empty = { .type = YAML_MAP, .file = file, .line = 1, .column = 1 };
    struct yaml_reader reader = { .arena = arena, .file = file, .reterr = reterr };
    struct yaml *root = NULL;
    int r;

    file->path = arena_string(arena, span_of(path));
    file->text = (struct span){ text.data, text.size };
    r = check_bytes(&empty, reterr);
    if (r < 0) {
        return r;
    }
    file->text = arena_copy(arena, text);
    if (span_empty(span_trim(text))) {
        goto done;
    }
    parser = fy_parser_create(&config);
    if (!parser || fy_parser_set_string(parser, file->text.data, file->text.size) < 0) {
        return yaml_error(&empty, reterr, "cannot parse as YAML");
    }
    reader.parser = parser;
    r = read_document(&reader, &root);
    if (r < 0) {
        return r;
    }
done:
    if (!root) {
        root = ARENA_NEW(arena, struct yaml);
        *root = empty;
    }
    *ret = root;
    return 0;
}
