#ifndef NODECAUSE_ENTRY_MARKS_H
#define NODECAUSE_ENTRY_MARKS_H

#include "entry/streams.h"

/* The texts of entries that show their component: files in klog's header that only one has, and
 * words that only one logs. Looked up in one pass, however many texts there are. */
struct marks;

/* The streams are borrowed. */
struct marks *marks_new(const struct streams *streams);
void marks_free(struct marks *marks); /* NULL is fine */
DEFINE_CLEANUP(struct marks, marks_free)

/* Index of the first stream that has the file among its `callers`, or -1. */
int marks_of_caller(const struct marks *marks, struct span file);

/* Index of the first stream of whose `words` one is in the message, or -1. */
int marks_of_words(const struct marks *marks, struct span message);

#endif
