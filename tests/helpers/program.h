#ifndef NODECAUSE_TESTS_HELPERS_PROGRAM_H
#define NODECAUSE_TESTS_HELPERS_PROGRAM_H

#include "base/buf.h"

#include <stdio.h>

/* One run of a program, as a child with a time limit. */
struct program_call {
    const char *program;          /* NULL: nodecause, as $NODECAUSE or the release build */
    const char *const *arguments; /* behind the name, NULL at the end; NULL: none */
    const char *zone;             /* $TZ; NULL: UTC */
    const char *rules_path;       /* $NODECAUSE_RULES_PATH; NULL: empty */
    struct span input;            /* standard input; empty: nothing is there */
    void (*feed)(FILE *to);       /* writes standard input instead, in a process of its own */
    unsigned seconds;             /* then it is ended; 0: 20 */
    bool as_nobody;               /* without root's rights */
};

struct program_result {
    int code;             /* exit code; -1: a signal ended it, the time limit's too */
    double cpu_seconds;   /* user and system time */
    long peak_kib;        /* largest resident size */
    struct buf out, errs; /* what it wrote to standard output and standard error */
};

/* Can `as_nobody` be asked for? If not it says so on standard error. */
bool program_can_be_nobody(void);

/* Was the program built with sanitizers? Then its memory and speed say nothing. */
bool program_is_sanitized(void);

/* The result is to be released with program_result_done(). */
void program_run(const struct program_call *call, struct program_result *ret);
void program_result_done(struct program_result *result);

#endif
