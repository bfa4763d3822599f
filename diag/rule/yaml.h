#ifndef NODECAUSE_RULE_YAML_H
#define NODECAUSE_RULE_YAML_H

#include "base/arena.h"
#include "base/error.h"
#include "rule/rule.h"

/* A YAML file as a tree in which every node knows its place. The only file that includes libfyaml.h
 * is its .c.
 *
 * Of YAML it takes what people write by hand: maps, lists and texts in one document. Anchors,
 * aliases, merge keys, tags and duplicate keys are refused, so that a file cannot grow when it is
 * read and no value is given twice. */
enum yaml_type {
    YAML_TEXT,
    YAML_LIST,
    YAML_MAP
};

struct yaml_file {
    const char *path;
    struct span text;
};

struct yaml {
    enum yaml_type type;
    const struct yaml_file *file;
    unsigned line, column; /* 1-based, in characters: of the first character of the value */
    size_t offset;         /* of that character in the file, in bytes */
    bool verbatim;         /* the text is in the file as it is, except that `'` may be doubled */
    struct span text;      /* of a YAML_TEXT */
    struct span key;       /* of a child of a map */
    const struct yaml *key_at; /* of a child of a map: its key */
    struct yaml *first, *next; /* first child; next child of the same parent */
    size_t n;                  /* children */
};

/* Reads one file. All of `*ret` lives in the arena; `text` is copied. -EINVAL with the place in
 * *reterr. An empty file is an empty map. */
int yaml_parse(const char *path, struct span text, struct arena *arena, const struct yaml **ret,
               struct error *reterr) MUST_CHECK;

/* The value of the key, or NULL; also NULL when `map` is NULL or no map. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);

/* The text of the key, the empty span if the map has no such key. */
struct span yaml_text(const struct yaml *map, const char *key);

/* The items of a value that is one or a list of them: walk `->next` exactly `*ret_n` times. NULL
 * and 0 when `node` is NULL. */
const struct yaml *yaml_items(const struct yaml *node, size_t *ret_n);

struct place yaml_place(const struct yaml *node);

/* Sets an error at the node, with the line of the file as excerpt. Returns -EINVAL. */
int yaml_error(const struct yaml *node, struct error *reterr, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The same, with ", did you mean 'near'?" at the end unless `near` is empty. */
int yaml_error_near(const struct yaml *node, struct span near, struct error *reterr,
                    const char *format, ...) PRINTF_LIKE(4, 5);

/* yaml_error() at the `offset`-th byte of the node's text, as exactly as the style it is written in
 * allows: in double quotes and folded text only the position of its first character is known. */
int yaml_error_inside(const struct yaml *node, size_t offset, struct error *reterr,
                      const char *format, ...) PRINTF_LIKE(4, 5);

#endif
