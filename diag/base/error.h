#ifndef NODECAUSE_BASE_ERROR_H
#define NODECAUSE_BASE_ERROR_H

#include "base/cleanup.h"

/* Why something failed, in one sentence for the user. Functions that can fail for external reasons
 * take `struct error *reterr` as their last argument, which may be NULL, and set it only on
 * failure. It is never overwritten once set, so that the innermost reason is kept. */
struct error {
    char path[512];    /* file it is about; empty if none */
    unsigned line;     /* 1-based; 0 if unknown */
    unsigned column;   /* 1-based, in characters; 0 if unknown */
    char text[1024];   /* the sentence, without full stop; empty if not set */
    char excerpt[256]; /* the affected line of the file, to print with a caret under `column`; may
                        * be empty */
};

/* Sets the text and returns `code` (a negative errno). */
int error_set(struct error *reterr, int code, const char *format, ...) PRINTF_LIKE(3, 4);

/* The same, with a position. `path` may be NULL. */
int error_set_at(struct error *reterr, int code, const char *path, unsigned line, unsigned column,
                 const char *format, ...) PRINTF_LIKE(6, 7);

#endif
