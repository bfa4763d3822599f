#ifndef NODECAUSE_RULE_SCHEMA_KEYS_H
#define NODECAUSE_RULE_SCHEMA_KEYS_H

#include "base/span.h"

/* The keys of rule files, common.yaml, streams.yaml and layouts as tables. rule/schema.c checks trees with
 * them, rule/schema_json.c writes them for editors. All of it is static. */

enum value {
    TEXT,        /* any text but the empty one */
    WORD,        /* letters, digits, `_` and `-` */
    TRUTH,       /* true or false */
    COUNT,       /* 1 and above */
    DURATION,    /* 30s, 5m, 250ms */
    CHOICE,      /* one of `choices` */
    STREAM,      /* name of a stream, or state/<kind> */
    RULE,        /* id of a rule */
    FACT_TYPE,   /* type of a fact */
    HEX_ID,      /* 32 hex digits */
    PATTERN,     /* PCRE2; compiled by the loader */
    MAP,         /* `map` */
    TEXTS,       /* any key: text */
    ANY_MAPS,    /* any key: `map` */
    TREE,        /* a name, or `map`, which is a tree */
    FACT,        /* a type, [type], or `map` */
    NAME_OR_MAP, /* a name, or `map` */
};

enum shape {
    ONE,
    MANY,
    ONE_OR_MANY
};

struct schema_map;

struct schema_key {
    const char *name;
    enum value value;
    enum shape shape;
    bool required;
    const char *const *choices; /* of a CHOICE; NULL-terminated */
    const struct schema_map *map;
    const char *summary;
};

struct schema_map {
    const char *name; /* for messages: `a signal` */
    const struct schema_key *keys;
    size_t n_keys;
    bool one_key; /* exactly one of the keys */
};

/* Values that are one text: how to recognise them, and their keywords in a JSON Schema. */
struct text_value {
    bool (*fits)(struct span text); /* NULL: any text but the empty one */
    const char *what;               /* for messages: `a duration such as 30s` */
    const char *json;               /* keywords, without braces; NULL: made from the key */
};

/* By enum value, from TEXT to PATTERN. */
extern const struct text_value text_values[];

/* Letters, digits, `_` and `-`, at least one. */
bool schema_is_word(struct span text);

extern const struct schema_map schema_rule, schema_tree, schema_stream, schema_common,
    schema_layout;

#endif
