#ifndef NODECAUSE_BASE_LIMITS_H
#define NODECAUSE_BASE_LIMITS_H

/* The limits that bound memory, and those that several files share. Input may be hostile: everything
 * that grows with it has a limit, here or as an enumerator of the one file that knows it, and
 * whatever exceeds the limit is counted and reported, never dropped silently. */
enum {
    /* Text input is read in blocks of this size. The end of the previous block is kept in front of
     * the block, and the last records wait for the next block, so that each record has its
     * neighbours. */
    LIMIT_BLOCK_BYTES = 1024 * 1024,
    LIMIT_MARGIN_BYTES = 128 * 1024,

    /* A longer line is truncated, with a note. A Go stack dump or a node configuration has 10 to 60
     * KiB. */
    LIMIT_LINE_BYTES = 256 * 1024,

    /* A record of a framed format (journal export, pretty JSON); the limit of journald for a field
     * is 768 MiB, its messages have up to 48 KiB. Longer records are skipped, with a note. */
    LIMIT_RECORD_BYTES = 1024 * 1024,

    LIMIT_FIELDS = 256,         /* fields kept of each entry; journald writes about 30 */
    LIMIT_JOINED_RECORDS = 64,  /* records joined to one multi-line value */
    LIMIT_BLOCK_RECORDS = 2048, /* records that a `block:` signal reads, at most */
    LIMIT_BLOCK_ROWS = 4096,    /* rows of a `block:` sorted by its `top` */
    LIMIT_EACH_ROWS = 256,      /* matches of an `each:` in one record */
    LIMIT_FACT_BYTES = 4096,    /* longer texts of facts are truncated */
    LIMIT_MESSAGE_BYTES = 4096, /* longer messages of evidence are truncated */

    LIMIT_GROUPS = 4096,   /* different (signal, facts) kept; each signal has its share of them, and
                            * what exceeds it is only counted */
    LIMIT_GROUP_WHOLE = 8, /* first and last signals of a group kept in full */
    LIMIT_STORE_BYTES = 16 * 1024 * 1024, /* text of all signals: facts, messages */
    LIMIT_OCCURRENCES = 147456,           /* times kept, of all signals together */
    LIMIT_REPORTED = 8192,                /* findings remembered as reported while following */
    LIMIT_CURSOR_FILE_BYTES = 16 * 1024 * 1024, /* of a cursor file */
    LIMIT_INPUTS = 1024,         /* inputs distinguished while following; later ones share one */
    LIMIT_NOTES = 256,           /* different notes kept */
    LIMIT_FINDINGS_OF_RULE = 32, /* of one rule on one node; a storm has hundreds of keys, of
                                  * which those in the middle are merged into one finding */

    LIMIT_RULE_FILE_BYTES = 1024 * 1024,
    LIMIT_RULES = 4096,
    LIMIT_YAML_DEPTH = 32,
    LIMIT_YAML_KEYS = 512, /* of one map */
    LIMIT_JSON_DEPTH = 64,
    LIMIT_STATE_FILE_BYTES = 4 * 1024 * 1024,
    LIMIT_STATE_ROWS = 16384,

    /* PCRE2: the cost of a pattern on one record. A legitimate pattern requires far less than a
     * tenth of it. */
    LIMIT_PATTERN_MATCH = 1000000,
    LIMIT_PATTERN_DEPTH = 1000,
    LIMIT_PATTERN_HEAP_KIB = 8192,
};

/* Size of a compressed log after decompression. Not an enumerator: those are ints. */
#define LIMIT_INFLATED_BYTES (64LL * 1024 * 1024 * 1024)

#endif
