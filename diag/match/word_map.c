/* Every fourth word of a text, looked up in a bitmap that stays in the near caches.
 *
 *   literal `Failed to start cAdvisor`, in
 *   E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" err="..."
 *                                                     ^^^^ the word at a multiple of 4
 *
 * A literal has one word in the map for each remainder of its start modulo 4: of those that it has,
 * the one that is least common in logs. A literal of 5 or 6 bytes lacks some; there, three of its
 * bytes with any fourth are taken. */

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
    GROUP_WORDS = 8, /* that are looked up together */
    GROUP_BYTES = GROUP_WORDS * WORD_BYTES,
    HASH_BITS = 19, /* of 4 000 places less than 1 in 100 words is one by chance */
    MASK_BITS = 5,
    N_MASKS = 1 << (HASH_BITS - MASK_BITS), /* 64 KiB */
    N_FOLDED = 128,                         /* values of a byte, case folded */
};

/* ASCII letters in lower case; other bytes that differ by this bit are taken as equal, too. */
#define FOLD 0x20202020u

/* Multiplicative hashing (Knuth 6.4). */
#define FACTOR 0x9e3779b1u

/* A word of a literal. */
struct word_place {
    uint32_t word; /* case folded */
    uint32_t number;
    int offset;     /* in the literal; -1: the byte before it is the first of the word */
    int beside;     /* the distance of another word of the literal; 0: it has none */
    uint32_t other; /* that word */
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
    struct commonness *common; /* until it is built */
    VEC(struct literal) literals;
    VEC(struct word_place) places; /* when built: by word */
    uint32_t *masks;               /* bit of the hash of each word */
    struct slot *slots;
    unsigned slot_bits; /* there are 2^slot_bits slots */
};

void word_map_free(struct word_map *map)
{
    if (!map) {
        return;
    }
    commonness_free(map->common);
    vec_free(&map->literals);
    vec_free(&map->places);
    free(map->masks);
    free(map->slots);
    free(map);
}

void word_map_add(struct word_map *map, struct span text, uint32_t number)
{
    vec_push(&map->literals, (struct literal){ text, number });
}

static uint32_t word_at(const char *text)
{
    uint32_t word;

    memcpy(&word, text, WORD_BYTES);
    return word | FOLD;
}

static uint32_t hash(uint32_t word)
{
    return word * FACTOR;
}

/* --- building --- */

static bool has_word(struct span literal, int offset)
{
    return offset >= 0 && (size_t)offset + WORD_BYTES <= literal.size;
}

/* A word that is partly outside is the last resort. */
static unsigned cost_of(const struct word_map *map, struct span literal, int offset)
{
    if (!has_word(literal, offset)) {
        return UINT_MAX;
    }
    return commonness_of_word(map->common,
                              span_head(span_skip(literal, (size_t)offset), WORD_BYTES));
}

/* The offset of the least common word of the literal with this remainder. */
static int choose(const struct word_map *map, struct span literal, int remainder)
{
    int first = remainder == WORD_BYTES - 1 ? -1 : remainder, best = first;
    int last = (int)literal.size - (WORD_BYTES - 1); /* one byte of that word is outside */

    for (int offset = first; offset <= last; offset += WORD_BYTES) {
        if (cost_of(map, literal, offset) < cost_of(map, literal, best)) {
            best = offset;
        }
    }
    return best;
}

/* The less common one of the words before and after this one. */
static void choose_beside(const struct word_map *map, struct span literal, struct word_place *place)
{
    unsigned before = cost_of(map, literal, place->offset - WORD_BYTES);
    unsigned after = cost_of(map, literal, place->offset + WORD_BYTES);

    if (before == UINT_MAX && after == UINT_MAX) {
        return;
    }
    place->beside = before < after ? -WORD_BYTES : WORD_BYTES;
    place->other = word_at(literal.data + place->offset + place->beside);
}

/* A byte of the word that is not in the literal can have any value. */
static void add_place(struct word_map *map, const struct literal *literal, int offset)
{
    char word[WORD_BYTES] = { 0 };
    struct word_place place = { .number = literal->number, .offset = offset };
    int outside = -1;

    choose_beside(map, literal->text, &place);
    for (int i = 0; i < WORD_BYTES; i++) {
        int at = offset + i;

        if (at < 0 || (size_t)at >= literal->text.size) {
            outside = i;
        } else {
            word[i] = literal->text.data[at];
        }
    }
    for (int value = 0; value < (outside < 0 ? 1 : N_FOLDED); value++) {
        if (outside >= 0) {
            word[outside] =
                (char)((value & 0x60) << 1 | (value & 0x1f)); /* without the folded bit */
        }
        place.word = word_at(word);
        vec_push(&map->places, place);
    }
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

static void set_mask(struct word_map *map, uint32_t word)
{
    uint32_t bit = hash(word) >> (32 - HASH_BITS);

    map->masks[bit >> MASK_BITS] |= UINT32_C(1) << (bit & ((1 << MASK_BITS) - 1));
}

void word_map_build(struct word_map *map)
{
    for (size_t i = 0; i < map->literals.n; i++) {
        for (int remainder = 0; remainder < WORD_BYTES; remainder++) {
            const struct literal *literal = &map->literals.items[i];

            add_place(map, literal, choose(map, literal->text, remainder));
        }
    }
    if (map->places.n == 0) {
        return;
    }
    qsort(map->places.items, map->places.n, sizeof(*map->places.items), compare_places);
    while ((size_t)1 << map->slot_bits < 2 * map->places.n) {
        map->slot_bits++;
    }
    map->masks = alloc_zeroed(N_MASKS, sizeof(*map->masks));
    map->slots = alloc_zeroed((size_t)1 << map->slot_bits, sizeof(*map->slots));
    commonness_free(map->common);
    map->common = NULL;
    for (size_t i = map->places.n; i-- > 0;) {
        uint32_t word = map->places.items[i].word;

        *slot_of(map, word) = (struct slot){ word, (uint32_t)i + 1 };
        set_mask(map, word);
    }
}

/* --- scanning --- */

static uint32_t bit_of(const uint32_t *masks, uint32_t word)
{
    uint32_t bit = hash(word) >> (32 - HASH_BITS);

    return masks[bit >> MASK_BITS] >> (bit & ((1 << MASK_BITS) - 1));
}

/* Which words of the group may be in the map: a bit for each. */
static unsigned look_up(const uint32_t *masks, const char *group)
{
    unsigned found = 0;

    for (unsigned i = 0; i < GROUP_WORDS; i++) {
        found |= (bit_of(masks, word_at(group + WORD_BYTES * i)) & 1) << i;
    }
    return found;
}

/* The first group from `at` on of which *ret_found words may be in the map, or the end of the whole
 * groups with 0. */
static size_t next_group(const struct word_map *map, struct span text, size_t at,
                         unsigned *ret_found)
{
    unsigned found = 0;

    for (; at + GROUP_BYTES <= text.size; at += GROUP_BYTES) {
        found = look_up(map->masks, text.data + at);
        if (found) {
            break;
        }
    }
    *ret_found = found;
    return at;
}

#ifdef HAVE_AVX2
/* The same, with the eight words at once. */
AVX2_FUNCTION static size_t next_group_avx2(const struct word_map *map, struct span text, size_t at,
                                            unsigned *ret_found)
{
    const __m256i fold = _mm256_set1_epi32((int)FOLD), factor = _mm256_set1_epi32((int)FACTOR);
    const __m256i last = _mm256_set1_epi32(31);
    int found = 0;

    for (; at + GROUP_BYTES <= text.size; at += GROUP_BYTES) {
        __m256i words =
            _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(text.data + at)), fold);
        __m256i bits = _mm256_srli_epi32(_mm256_mullo_epi32(words, factor), 32 - HASH_BITS);
        __m256i masks =
            _mm256_i32gather_epi32((const int *)map->masks, _mm256_srli_epi32(bits, MASK_BITS), 4);

        found = _mm256_movemask_ps(
            _mm256_castsi256_ps(_mm256_sllv_epi32(masks, _mm256_andnot_si256(bits, last))));
        if (found) {
            break;
        }
    }
    *ret_found = (unsigned)found;
    return at;
}
#endif

/* The word at `at`; at the end of the text, with NULs after it. */
static uint32_t read_word(struct span text, size_t at)
{
    char tail[WORD_BYTES] = { 0 };

    if (at + WORD_BYTES <= text.size) {
        return word_at(text.data + at);
    }
    memcpy(tail, text.data + at, text.size - at);
    return word_at(tail);
}

/* May the literal be here? A cheap answer to most of those that may not. */
static bool has_beside(struct span text, size_t at, const struct word_place *place)
{
    if (place->beside == 0) {
        return true;
    }
    if (place->beside < 0 ? at < WORD_BYTES : at + 2 * WORD_BYTES > text.size) {
        return false;
    }
    return word_at(text.data + at + place->beside) == place->other;
}

static void find_places(const struct word_map *map, struct span text, size_t at,
                        void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    uint32_t word = read_word(text, at);

    for (size_t i = slot_of(map, word)->first; i > 0 && i <= map->places.n; i++) {
        const struct word_place *place = &map->places.items[i - 1];

        if (place->word != word) {
            return;
        }
        if (has_beside(text, at, place)) {
            found(data, place->number, (ptrdiff_t)at - place->offset);
        }
    }
}

void word_map_scan(const struct word_map *map, struct span text,
                   void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    size_t at = 0, whole = text.size - text.size % GROUP_BYTES;

    if (map->places.n == 0) {
        return;
    }
    while (at < whole) {
        unsigned words;

        at = map->next_group(map, text, at, &words);
        for (; words; words &= words - 1) {
            find_places(map, text, at + WORD_BYTES * LOWEST_BIT(words), found, data);
        }
        at += GROUP_BYTES;
    }
    for (at = whole; at < text.size; at += WORD_BYTES) {
        find_places(map, text, at, found, data);
    }
}

struct word_map *word_map_new(void)
{
    struct word_map *map = ALLOC(struct word_map);

    map->common = commonness_new();
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
