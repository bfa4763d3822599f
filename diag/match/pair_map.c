/* Short literals by two of their bytes.
 *
 *   literal `F010`, by `F0`, in
 *   failed to parse kernel config: F010 */

#include "match/pair_map.h"

#include "base/alloc.h"
#include "base/vec.h"
#include "match/commonness.h"

#include <stdlib.h>

enum {
    N_BYTES = 256,
    ANY = N_BYTES, /* the second byte of a literal of one byte */
};

struct pair_place {
    uint32_t number;
    int offset;    /* in the literal, of the first byte of the pair */
    uint32_t next; /* 1 + the next place of the same pair */
};

struct pair_map {
    struct commonness *common;
    VEC(struct pair_place) places;
    uint32_t *chains[N_BYTES]; /* by first byte, then by second: 1 + a place; NULL: none */
};

struct pair_map *pair_map_new(void)
{
    struct pair_map *map = ALLOC(struct pair_map);

    map->common = commonness_new();
    return map;
}

void pair_map_free(struct pair_map *map)
{
    if (!map) {
        return;
    }
    for (size_t i = 0; i < N_BYTES; i++) {
        free(map->chains[i]);
    }
    commonness_free(map->common);
    vec_free(&map->places);
    free(map);
}

static void add_pair(struct pair_map *map, unsigned char first, size_t second,
                     struct pair_place place)
{
    uint32_t **chain = &map->chains[first];

    if (!*chain) {
        *chain = alloc_zeroed(N_BYTES + 1, sizeof(**chain));
    }
    place.next = (*chain)[second];
    vec_push(&map->places, place);
    (*chain)[second] = (uint32_t)map->places.n;
}

static unsigned char other_case(unsigned char c)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    return letter ? c ^ 0x20 : c;
}

/* Where the least common byte is that has another one after it. */
static size_t choose(const struct pair_map *map, struct span text)
{
    size_t best = 0;

    for (size_t i = 1; i + 1 < text.size; i++) {
        if (commonness_of_byte(map->common, text.data[i]) <
            commonness_of_byte(map->common, text.data[best])) {
            best = i;
        }
    }
    return best;
}

void pair_map_add(struct pair_map *map, struct span text, bool caseless, uint32_t number)
{
    size_t at = choose(map, text);
    struct pair_place place = { .number = number, .offset = (int)at };
    unsigned char first = (unsigned char)text.data[at];
    size_t second = text.size > 1 ? (unsigned char)text.data[at + 1] : ANY;
    unsigned char firsts[] = { first, caseless ? other_case(first) : first };
    size_t seconds[] = { second,
                         caseless && second != ANY ? other_case((unsigned char)second) : second };

    for (int i = 0; i < (firsts[0] == firsts[1] ? 1 : 2); i++) {
        for (int j = 0; j < (seconds[0] == seconds[1] ? 1 : 2); j++) {
            add_pair(map, firsts[i], seconds[j], place);
        }
    }
}

static void find_places(const struct pair_map *map, struct span text, size_t at,
                        void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    const uint32_t *chain = map->chains[(unsigned char)text.data[at]];
    uint32_t first[2] = { chain[ANY], 0 };

    if (at + 1 < text.size) {
        first[1] = chain[(unsigned char)text.data[at + 1]];
    }
    for (int i = 0; i < 2; i++) {
        for (uint32_t place = first[i]; place; place = map->places.items[place - 1].next) {
            const struct pair_place *it = &map->places.items[place - 1];

            found(data, it->number, (ptrdiff_t)at - it->offset);
        }
    }
}

/* The next of these bytes from `at` on, or the end of the text. */
static size_t next_byte(const struct pair_map *map, struct span text, size_t at, unsigned char byte)
{
    ptrdiff_t n = map->chains[byte] ? span_find_byte(span_skip(text, at), (char)byte) : -1;

    return n < 0 ? text.size : at + (size_t)n;
}

/* Both cases of a letter in one pass, so that a literal in any case is met line by line. */
static void scan_byte(const struct pair_map *map, struct span text, unsigned char byte,
                      void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    unsigned char other = other_case(byte);
    size_t a = next_byte(map, text, 0, byte);
    size_t b = other == byte ? text.size : next_byte(map, text, 0, other);

    while (a < text.size || b < text.size) {
        size_t at = a < b ? a : b;

        find_places(map, text, at, found, data);
        if (at == a) {
            a = next_byte(map, text, at + 1, byte);
        } else {
            b = next_byte(map, text, at + 1, other);
        }
    }
}

void pair_map_scan(const struct pair_map *map, struct span text,
                   void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    for (unsigned byte = 0; byte < N_BYTES; byte++) {
        unsigned char other = other_case((unsigned char)byte);

        if (map->chains[byte] && !(other < byte && map->chains[other])) {
            scan_byte(map, text, (unsigned char)byte, found, data);
        }
    }
}
