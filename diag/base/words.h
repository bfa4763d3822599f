#ifndef NODECAUSE_BASE_WORDS_H
#define NODECAUSE_BASE_WORDS_H

#include "base/span.h"

/* The names of an enum's values are one table: static strings in the order of the values, NULL at
 * the end. The table is defined next to the enum; all code that reads or writes such a name uses
 * it. */

/* Index of `word` in the table, or -1. */
int words_find(const char *const *words, struct span word);

/* Defines what a header declares for `enum x`: x_name() and x_find() over the table x_words. */
#define DEFINE_WORDS(name)                                                                         \
    const char *name##_name(enum name value)                                                       \
    {                                                                                              \
        return name##_words[value];                                                                \
    }                                                                                              \
    int name##_find(struct span word)                                                              \
    {                                                                                              \
        return words_find(name##_words, word);                                                     \
    }

#endif
