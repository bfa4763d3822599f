#ifndef NODECAUSE_MATCH_WORD_MAP_H
#define NODECAUSE_MATCH_WORD_MAP_H

#include "base/cleanup.h"
#include "base/span.h"
#include "match/commonness.h"

/* Where may a literal of 7 or more bytes be? Of a text only every fourth word of 4 bytes is looked
 * at: wherever a literal begins, one of its words is there, and that one is in the map. */
struct word_map;

enum {
    WORD_MAP_LITERAL_MIN = 7 /* bytes: wherever it begins, it has a whole word */
};

struct word_map *word_map_new(void);
void word_map_free(struct word_map *map); /* NULL is fine */
DEFINE_CLEANUP(struct word_map, word_map_free)

/* Looks words up one by one, as on a processor without AVX2: for the tests. */
void word_map_use_plain(struct word_map *map);

/* Adds a literal of at least WORD_MAP_LITERAL_MIN bytes; `number` is given back. The text is
 * borrowed. */
void word_map_add(struct word_map *map, struct span text, bool caseless, uint32_t number);

/* After the last literal was added: chooses its words. */
void word_map_build(struct word_map *map, const struct commonness *common);

/* Calls `found` for each place where a literal may begin, and for each where one does; the caller
 * compares the bytes. `start` may be outside of the text. They come line
 * by line, but within a line in any order. */
void word_map_scan(const struct word_map *map, struct span text,
                   void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data);

#endif
