/* Every fourth word of a text, looked up in a table that stays in the near caches.
 *
 *   literal `Failed to start cAdvisor`, in
 *   E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" err="..."
 *                                                     ^^^^-- the word at a multiple of 4, and the next two bytes
 *
 * A literal has one word in the map for each remainder of its start modulo 4: of those that it has,
 * the one that is least common in logs. The word gives the place in the table, the two bytes a bit in
 * it: most words of a literal are also in lines that do not hold it. */

#include "match/word_map.h"

#include "base/alloc.h"
#include "base/arithmetic.h"
#include "base/avx2.h"
#include "base/vec.h"
#include "match/commonness.h"

#include <limits.h>
#include <stdlib.h>

enum {
    WORD_BYTES = 4,
    NEXT_BYTES = 2,  /* that are looked at after a word */
    GROUP_WORDS = 8, /* that are looked up together */
    GROUP_BYTES = GROUP_WORDS * WORD_BYTES,
    TABLE_BITS = 14, /* 64 KiB; with 2,000 places less than 1 in 100 words is one by chance */
};

/* ASCII letters in lower case; other bytes that differ by this bit are taken as equal, too. Only where
 * a literal is caseless: far more lines have `failed` than `FAILED`. */
#define FOLD 0x20202020u

/* Multiplicative hashing (Knuth 6.4), of a word and of the bytes after it. */
#define FACTOR      0x9e3779b1u
#define NEXT_FACTOR 0x9e37

/* A word of a literal. */
struct word_place {
    uint32_t word;
    uint32_t number;
    int offset;    /* in the literal */
    bool has_next; /* the literal has the two bytes after it */
    uint16_t next; /* 0: not all are in the literal */
};

/* By hash, open addressing. */
struct slot {
    uint32_t word;
    uint32_t first; /* 1 + the first place with that word; 0: the slot is free */
};

struct literal {
    struct span text;
    uint32_t number;
};

struct word_map {
    size_t (*next_group)(const struct word_map *map, struct span text, size_t at,
                         unsigned *ret_found);
    VEC(struct literal) literals;
    VEC(struct word_place) places; /* when built: by word */
    uint32_t *table; /* by hash of a word: a bit for each hash of the bytes after it */
    struct slot *slots;
    unsigned slot_bits; /* there are 2^slot_bits slots */
    uint32_t fold;      /* bits that are set in all bytes before they are compared */
};

void word_map_free(struct word_map *map)
{
    if (!map) {
        return;
    }
    vec_free(&map->literals);
    vec_free(&map->places);
    free(map->table);
    free(map->slots);
    free(map);
}

void word_map_add(struct word_map *map, struct span text, bool caseless, uint32_t number)
{
    map->fold |= caseless ? FOLD : 0;
    vec_push(&map->literals, (struct literal){ text, number });
}

static uint32_t word_at(const struct word_map *map, const char *text)
{
    uint32_t word;

    memcpy(&word, text, WORD_BYTES);
    return word | map->fold;
}

static uint16_t next_at(const struct word_map *map, const char *text)
{
    uint16_t next;

    memcpy(&next, text, NEXT_BYTES);
    return next | (uint16_t)map->fold;
}

static uint32_t hash(uint32_t word)
{
    return word * FACTOR;
}

/* The bit of these bytes, counted from the highest. */
static unsigned bit_of(uint16_t next)
{
    return (uint16_t)(next * NEXT_FACTOR) >> 11;
}

/* --- building --- */

static bool has_next(struct span literal, int offset)
{
    return (size_t)offset + WORD_BYTES + NEXT_BYTES <= literal.size;
}

/* How common each word of a literal is, by its offset. */
struct costs {
    unsigned *items;
    size_t n, allocated;
};

static void read_costs(const struct commonness *common, struct span literal, struct costs *ret)
{
    vec_clear(ret);
    for (size_t offset = 0; offset + WORD_BYTES <= literal.size; offset++) {
        vec_push(ret,
                 commonness_of_word(common, span_head(span_skip(literal, offset), WORD_BYTES)));
    }
}

/* How common is what is looked up? No more than each word of it. */
static unsigned cost_of(const struct costs *costs, int offset)
{
    unsigned first = costs->items[offset], second = costs->items[offset + NEXT_BYTES];

    return first < second ? first : second;
}

/* The offset of the least common word of the literal with this remainder; the last one only if it has no
 * other, as the bytes after it are not in the literal. */
static int choose(const struct costs *costs, struct span literal, int remainder)
{
    unsigned least = UINT_MAX;
    int best = remainder;

    for (int offset = remainder; has_next(literal, offset); offset += WORD_BYTES) {
        unsigned cost = cost_of(costs, offset);

        if (cost < least) {
            least = cost;
            best = offset;
        }
    }
    return best;
}

static void add_place(struct word_map *map, const struct literal *literal, int offset)
{
    const char *word = literal->text.data + offset;
    struct word_place place = { .word = word_at(map, word),
                                .number = literal->number,
                                .offset = offset,
                                .has_next = has_next(literal->text, offset) };

    if (place.has_next) {
        place.next = next_at(map, word + WORD_BYTES);
    }
    vec_push(&map->places, place);
}

static int compare_places(const void *a, const void *b)
{
    const struct word_place *x = a, *y = b;

    return (x->word > y->word) - (x->word < y->word);
}

static struct slot *slot_of(const struct word_map *map, uint32_t word)
{
    size_t last = ((size_t)1 << map->slot_bits) - 1, slot = hash(word) >> (32 - map->slot_bits);

    while (map->slots[slot].first && map->slots[slot].word != word) {
        slot = (slot + 1) & last;
    }
    return &map->slots[slot];
}

static void add_to_table(struct word_map *map, const struct word_place *place)
{
    map->table[hash(place->word) >> (32 - TABLE_BITS)] |=
        place->has_next ? UINT32_C(1) << 31 >> bit_of(place->next) : UINT32_MAX;
}

void word_map_build(struct word_map *map, const struct commonness *common)
{
    struct costs costs = { 0 };

    for (size_t i = 0; i < map->literals.n; i++) {
        const struct literal *literal = &map->literals.items[i];

        read_costs(common, literal->text, &costs);
        for (int remainder = 0; remainder < WORD_BYTES; remainder++) {
            add_place(map, literal, choose(&costs, literal->text, remainder));
        }
    }
    vec_free(&costs);
    if (map->places.n == 0) {
        return;
    }
    qsort(map->places.items, map->places.n, sizeof(*map->places.items), compare_places);
    while ((size_t)1 << map->slot_bits < 2 * map->places.n) {
        map->slot_bits++;
    }
    map->table = alloc_zeroed((size_t)1 << TABLE_BITS, sizeof(*map->table));
    map->slots = alloc_zeroed((size_t)1 << map->slot_bits, sizeof(*map->slots));
    for (size_t i = map->places.n; i-- > 0;) {
        const struct word_place *place = &map->places.items[i];

        *slot_of(map, place->word) = (struct slot){ place->word, (uint32_t)i + 1 };
        add_to_table(map, place);
    }
}

/* --- scanning --- */

/* Which words of the group may be in the map: a bit for each. */
static unsigned look_up(const struct word_map *map, const char *group)
{
    unsigned found = 0;

    for (unsigned i = 0; i < GROUP_WORDS; i++) {
        const char *word = group + WORD_BYTES * i;
        uint32_t bits = map->table[hash(word_at(map, word)) >> (32 - TABLE_BITS)];

        found |= (bits << bit_of(next_at(map, word + WORD_BYTES)) >> 31) << i;
    }
    return found;
}

/* The first group from `at` on of which *ret_found words may be in the map, or with 0 the end of the
 * groups that have the next bytes after them. */
static size_t next_group(const struct word_map *map, struct span text, size_t at,
                         unsigned *ret_found)
{
    unsigned found = 0;

    for (; at + GROUP_BYTES + WORD_BYTES <= text.size; at += GROUP_BYTES) {
        found = look_up(map, text.data + at);
        if (found) {
            break;
        }
    }
    *ret_found = found;
    return at;
}

#ifdef HAVE_AVX2
/* The same, with the eight words at once. */
AVX2_FUNCTION static unsigned look_up_avx2(const struct word_map *map, const char *group)
{
    const __m256i fold = _mm256_set1_epi32((int)map->fold), factor = _mm256_set1_epi32((int)FACTOR);
    const __m256i next_factor = _mm256_set1_epi32(NEXT_FACTOR), last = _mm256_set1_epi32(31);
    __m256i words = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)group), fold);
    __m256i nexts =
        _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(group + WORD_BYTES)), fold);
    __m256i places = _mm256_srli_epi32(_mm256_mullo_epi32(words, factor), 32 - TABLE_BITS);
    __m256i bits =
        _mm256_and_si256(_mm256_srli_epi32(_mm256_mullo_epi16(nexts, next_factor), 11), last);
    __m256i found =
        _mm256_sllv_epi32(_mm256_i32gather_epi32((const int *)map->table, places, 4), bits);

    return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(found));
}

AVX2_FUNCTION static size_t next_group_avx2(const struct word_map *map, struct span text, size_t at,
                                            unsigned *ret_found)
{
    unsigned found = 0;

    for (; at + GROUP_BYTES + WORD_BYTES <= text.size; at += GROUP_BYTES) {
        found = look_up_avx2(map, text.data + at);
        if (found) {
            break;
        }
    }
    *ret_found = found;
    return at;
}
#endif

static void find_places(const struct word_map *map, const char *bytes, size_t at,
                        void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    uint32_t word = word_at(map, bytes);
    uint16_t next = next_at(map, bytes + WORD_BYTES);

    for (size_t i = slot_of(map, word)->first; i > 0 && i <= map->places.n; i++) {
        const struct word_place *place = &map->places.items[i - 1];

        if (place->word != word) {
            return;
        }
        if (!place->has_next || place->next == next) {
            found(data, place->number, (ptrdiff_t)at - place->offset);
        }
    }
}

/* The words at the end of the text, as if NULs were after it. */
static void find_last(const struct word_map *map, struct span text, size_t at,
                      void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    for (; at < text.size; at += WORD_BYTES) {
        struct span rest = span_head(span_skip(text, at), WORD_BYTES + NEXT_BYTES);
        char bytes[WORD_BYTES + NEXT_BYTES] = { 0 };

        memcpy(bytes, rest.data, rest.size);
        find_places(map, bytes, at, found, data);
    }
}

void word_map_scan(const struct word_map *map, struct span text,
                   void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    size_t at = 0;

    if (map->places.n == 0) {
        return;
    }
    for (;;) {
        unsigned words;

        at = map->next_group(map, text, at, &words);
        if (!words) {
            break;
        }
        for (; words; words &= words - 1) {
            size_t word = at + WORD_BYTES * LOWEST_BIT(words);

            find_places(map, text.data + word, word, found, data);
        }
        at += GROUP_BYTES;
    }
    find_last(map, text, at, found, data);
}

struct word_map *word_map_new(void)
{
    struct word_map *map = ALLOC(struct word_map);

    map->next_group = next_group;
#ifdef HAVE_AVX2
    if (cpu_has_avx2()) {
        map->next_group = next_group_avx2;
    }
#endif
    return map;
}

void word_map_use_plain(struct word_map *map)
{
    map->next_group = next_group;
}
