#ifndef NODECAUSE_BASE_LIMITS_H
#define NODECAUSE_BASE_LIMITS_H

/* Every limit in one table. Input is hostile: whatever grows with it has a bound here, and what is
 * beyond the bound is counted and noted in the report, never silently lost. */
enum {
    /* Text input is read in blocks of this size; a margin of the block before stays in front of it,
     * and the last records wait for the next block, so that each record has neighbours. */
    LIMIT_BLOCK_BYTES = 1024 * 1024,
    LIMIT_MARGIN_BYTES = 128 * 1024,

    /* A longer line is cut, with a note. A Go stack dump or node config is 10 to 60 KiB. */
    LIMIT_LINE_BYTES = 256 * 1024,

    /* A record of a framed format (journal export, pretty JSON); journald's own limit of a field is
     * 768 MiB, its messages are 48 KiB. What is longer is skipped, with a note. */
    LIMIT_RECORD_BYTES = 1024 * 1024,

    LIMIT_FIELDS = 256,         /* fields kept of one entry; journald writes about 30 */
    LIMIT_JOINED_RECORDS = 64,  /* records joined to one multi-line value */
    LIMIT_BLOCK_RECORDS = 2048, /* records a `block:` signal looks at, at most */
    LIMIT_BLOCK_ROWS = 4096,    /* rows of a `block:` ranked for its `top` */
    LIMIT_EACH_ROWS = 256,      /* occurrences an `each:` takes of one record */
    LIMIT_FACT_BYTES = 4096,    /* a fact's text is cut there */
    LIMIT_MESSAGE_BYTES = 4096, /* the message kept as evidence is cut there */

    LIMIT_GROUPS = 4096,                  /* different (signal, facts) kept; the rest is counted */
    LIMIT_GROUP_WHOLE = 8,                /* first and last signals of a group kept whole (each) */
    LIMIT_STORE_BYTES = 16 * 1024 * 1024, /* text of all signals kept: facts, messages */
    LIMIT_OCCURRENCES = 196608,           /* times kept of all signals together */
    LIMIT_REPORTED = 8192,                /* findings remembered while a log is followed */
    LIMIT_CURSOR_FILE_BYTES = 16 * 1024 * 1024, /* read of a cursor file */
    LIMIT_INPUTS = 1024, /* told apart when they are followed and rotated; later ones are one */
    LIMIT_NOTES = 256,   /* different notes kept */
    LIMIT_FINDINGS_OF_RULE = 32, /* of one rule on one node; a storm has hundreds of keys, and those
                                  * in its middle become one finding */

    LIMIT_RULE_FILE_BYTES = 1024 * 1024,
    LIMIT_RULES = 4096,
    LIMIT_YAML_DEPTH = 32,
    LIMIT_YAML_KEYS = 512, /* of one map */
    LIMIT_JSON_DEPTH = 64,
    LIMIT_STATE_FILE_BYTES = 4 * 1024 * 1024,
    LIMIT_STATE_ROWS = 16384,

    /* PCRE2: what a pattern may cost on one record. An honest one needs far less than a tenth. */
    LIMIT_PATTERN_MATCH = 1000000,
    LIMIT_PATTERN_DEPTH = 1000,
    LIMIT_PATTERN_HEAP_KIB = 8192,
};

/* What a compressed log may grow to. Not an enumerator: those are ints. */
#define LIMIT_INFLATED_BYTES (64LL * 1024 * 1024 * 1024)

#endif
