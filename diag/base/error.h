#ifndef NODECAUSE_BASE_ERROR_H
#define NODECAUSE_BASE_ERROR_H

#include "base/cleanup.h"

/* Why something failed, in one sentence for the person at the keyboard. Functions that can fail for
 * reasons of the world take `struct error *reterr`, last, which may be NULL, and set it only on
 * failure. Never overwritten once set, so that the deepest reason wins. */
struct error {
    char path[512];  /* file it is about; empty when none */
    unsigned line;   /* 1-based; 0 when unknown */
    unsigned column; /* 1-based, in characters; 0 when unknown */
    char text[1024]; /* the sentence, without full stop; empty when nothing is set */
    char
        excerpt[256]; /* the offending line of the file, for a caret under `column`; may be empty */
};

/* Sets the text and returns `code` (a negative errno). */
int error_set(struct error *reterr, int code, const char *format, ...) PRINTF_LIKE(3, 4);

/* The same, with a position. `path` may be NULL. */
int error_set_at(struct error *reterr, int code, const char *path, unsigned line, unsigned column,
                 const char *format, ...) PRINTF_LIKE(6, 7);

#endif
