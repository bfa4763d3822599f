/* Three bytes of each literal, looked for at all places of a text by the halves of the bytes.
 *
 *   literal ` EOF`: a place is looked at if its bytes have the high halves 4, 4, 4 and the low halves 5, f, 6
 *
 * The literals are in 8 buckets. For each of the three bytes two tables of 16 say in which buckets a
 * literal has such a low, or high, half: a place that has a bucket in all six of them may have a literal.
 * The algorithm is Teddy, of Hyperscan: https://github.com/intel/hyperscan, src/fdr/teddy.c; how it
 * chooses buckets is simpler here. */

#include "match/short_map.h"

#include "base/alloc.h"
#include "base/arithmetic.h"
#include "base/avx2.h"
#include "base/vec.h"

#include <stdlib.h>

enum {
    WINDOW_BYTES = 3,
    GROUP_BYTES = 32, /* places that are looked at together */
    N_BUCKETS = 8,
    N_HALVES = 16,
    N_BYTES = 256,
    N_CHAINS = 256
};

struct short_literal {
    struct span text;
    bool caseless;
    uint32_t number;
    int offset;      /* of its window */
    uint32_t folded; /* the window; 0: the literal is shorter */
    uint32_t next;   /* 1 + the next literal of the same chain */
};

/* For each half of a byte: the buckets that have it. */
struct halves {
    uint8_t low[N_HALVES], high[N_HALVES];
};

struct short_map {
    size_t (*next_group)(const struct short_map *map, struct span text, size_t at,
                         unsigned *ret_found);
    VEC(struct short_literal) literals;
    struct halves halves[WINDOW_BYTES];
    uint32_t chains[N_CHAINS]; /* by the hash of a window: 1 + a literal; 0: none */
    uint32_t shorter;          /* the chain of the literals that are shorter than a window */
};

void short_map_free(struct short_map *map)
{
    if (!map) {
        return;
    }
    vec_free(&map->literals);
    free(map);
}

void short_map_add(struct short_map *map, struct span text, bool caseless, uint32_t number)
{
    vec_push(&map->literals,
             (struct short_literal){ .text = text, .caseless = caseless, .number = number });
}

/* --- building --- */

static unsigned char other_case(unsigned char c)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    return letter ? c ^ 0x20 : c;
}

/* Where the window of the literal is least common. */
static int choose(const struct commonness *common, struct span text)
{
    uint64_t least = UINT64_MAX;
    int best = 0;

    for (size_t i = 0; i + WINDOW_BYTES <= text.size; i++) {
        uint64_t cost = 1;

        for (size_t j = i; j < i + WINDOW_BYTES; j++) {
            cost *= 1 + commonness_of_byte(common, text.data[j]);
        }
        if (cost < least) {
            least = cost;
            best = (int)i;
        }
    }
    return best;
}

static void add_byte(struct halves *halves, unsigned char byte, uint8_t bucket)
{
    halves->low[byte & 15] |= bucket;
    halves->high[byte >> 4] |= bucket;
}

/* Where the literal has no byte, any may be. */
static void add_to_bucket(struct halves *halves, const struct short_literal *literal,
                          uint8_t bucket)
{
    struct span window = span_skip(literal->text, (size_t)literal->offset);

    for (size_t i = 0; i < WINDOW_BYTES; i++) {
        for (int half = 0; i >= window.size && half < N_HALVES; half++) {
            halves[i].low[half] |= bucket;
            halves[i].high[half] |= bucket;
        }
        if (i < window.size) {
            unsigned char byte = (unsigned char)window.data[i];

            add_byte(&halves[i], byte, bucket);
            add_byte(&halves[i], literal->caseless ? other_case(byte) : byte, bucket);
        }
    }
}

/* How common the low and the high halves of bytes are. */
struct half_shares {
    double low[N_HALVES], high[N_HALVES];
};

static struct half_shares find_shares(const struct commonness *common)
{
    struct half_shares shares = { 0 };
    double all = 0;

    for (int byte = 0; byte < N_BYTES; byte++) {
        all += 1 + commonness_of_byte(common, (char)byte);
    }
    for (int byte = 0; byte < N_BYTES; byte++) {
        double share = (1 + commonness_of_byte(common, (char)byte)) / all;

        shares.low[byte & 15] += share;
        shares.high[byte >> 4] += share;
    }
    return shares;
}

/* The share of places at which the bucket would be found. */
static double cost_of(const struct half_shares *shares, const struct halves *halves, uint8_t bucket)
{
    double cost = 1;

    for (int i = 0; i < WINDOW_BYTES; i++) {
        double low = 0, high = 0;

        for (int half = 0; half < N_HALVES; half++) {
            low += halves[i].low[half] & bucket ? shares->low[half] : 0;
            high += halves[i].high[half] & bucket ? shares->high[half] : 0;
        }
        cost *= low * high;
    }
    return cost;
}

/* The bucket that the literal makes least more common. */
static uint8_t choose_bucket(const struct short_map *map, const struct half_shares *shares,
                             const struct short_literal *literal)
{
    double least = 2;
    uint8_t best = 1;

    for (int i = 0; i < N_BUCKETS; i++) {
        uint8_t bucket = (uint8_t)(1 << i);
        struct halves with[WINDOW_BYTES];
        double cost;

        memcpy(with, map->halves, sizeof(with));
        add_to_bucket(with, literal, bucket);
        cost = cost_of(shares, with, bucket) - cost_of(shares, map->halves, bucket);
        if (cost < least) {
            least = cost;
            best = bucket;
        }
    }
    return best;
}

/* The bytes of a window; letters in lower case. */
static uint32_t fold(const char *window)
{
    uint32_t value = 0;

    for (size_t i = 0; i < WINDOW_BYTES; i++) {
        value = value << 8 | (unsigned char)window[i] | 0x20;
    }
    return value;
}

/* Multiplicative hashing, Knuth 6.4. */
static size_t hash(uint32_t folded)
{
    return folded * 0x9e3779b1u >> 24;
}

void short_map_build(struct short_map *map, const struct commonness *common)
{
    struct half_shares shares = find_shares(common);

    for (size_t i = 0; i < map->literals.n; i++) {
        struct short_literal *literal = &map->literals.items[i];
        uint32_t *chain = &map->shorter;

        literal->offset = choose(common, literal->text);
        if (literal->text.size >= WINDOW_BYTES) {
            literal->folded = fold(literal->text.data + literal->offset);
            chain = &map->chains[hash(literal->folded)];
        }
        literal->next = *chain;
        *chain = (uint32_t)i + 1;
        add_to_bucket(map->halves, literal, choose_bucket(map, &shares, literal));
    }
}

/* --- scanning --- */

/* The buckets that may have a literal at `at`: of what is after the text, any. */
static unsigned look_up(const struct short_map *map, struct span text, size_t at)
{
    unsigned buckets = UINT8_MAX;

    for (size_t i = 0; i < WINDOW_BYTES && at + i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[at + i];

        buckets &= map->halves[i].low[byte & 15] & map->halves[i].high[byte >> 4];
    }
    return buckets;
}

/* The first group from `at` on of which *ret_found places may have a literal, or with 0 the end of the
 * groups that have whole windows. */
static size_t next_group(const struct short_map *map, struct span text, size_t at,
                         unsigned *ret_found)
{
    unsigned found = 0;

    for (; at + GROUP_BYTES + WINDOW_BYTES <= text.size; at += GROUP_BYTES) {
        for (unsigned i = 0; i < GROUP_BYTES; i++) {
            found |= (look_up(map, text, at + i) ? 1u : 0u) << i;
        }
        if (found) {
            break;
        }
    }
    *ret_found = found;
    return at;
}

#ifdef HAVE_AVX2
/* The buckets that have these bytes. */
AVX2_FUNCTION static __m256i look_up_avx2(const struct halves *halves, const char *text)
{
    const __m256i mask = _mm256_set1_epi8(15);
    __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)halves->low));
    __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)halves->high));
    __m256i bytes = _mm256_loadu_si256((const __m256i *)text);

    return _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, mask)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), mask)));
}

/* As next_group(), with all places of a group at once. */
AVX2_FUNCTION static size_t next_group_avx2(const struct short_map *map, struct span text,
                                            size_t at, unsigned *ret_found)
{
    unsigned found = 0;

    for (; at + GROUP_BYTES + WINDOW_BYTES <= text.size; at += GROUP_BYTES) {
        const char *group = text.data + at;
        __m256i buckets =
            _mm256_and_si256(look_up_avx2(&map->halves[0], group),
                             _mm256_and_si256(look_up_avx2(&map->halves[1], group + 1),
                                              look_up_avx2(&map->halves[2], group + 2)));

        found = ~(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(buckets, _mm256_setzero_si256()));
        if (found) {
            break;
        }
    }
    *ret_found = found;
    return at;
}
#endif

/* Those of the chain that have this window. */
static void find_chain(const struct short_map *map, uint32_t chain, uint32_t folded, size_t at,
                       void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    while (chain) {
        const struct short_literal *literal = &map->literals.items[chain - 1];

        if (literal->folded == folded) {
            found(data, literal->number, (ptrdiff_t)at - literal->offset);
        }
        chain = literal->next;
    }
}

static void find_literals(const struct short_map *map, struct span text, size_t at,
                          void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    if (at + WINDOW_BYTES <= text.size) {
        uint32_t folded = fold(text.data + at);

        find_chain(map, map->chains[hash(folded)], folded, at, found, data);
    }
    find_chain(map, map->shorter, 0, at, found, data);
}

void short_map_scan(const struct short_map *map, struct span text,
                    void (*found)(void *data, uint32_t number, ptrdiff_t start), void *data)
{
    size_t at = 0;

    for (;;) {
        unsigned places;

        at = map->next_group(map, text, at, &places);
        if (!places) {
            break;
        }
        for (; places; places &= places - 1) {
            find_literals(map, text, at + LOWEST_BIT(places), found, data);
        }
        at += GROUP_BYTES;
    }
    for (; at < text.size; at++) {
        if (look_up(map, text, at)) {
            find_literals(map, text, at, found, data);
        }
    }
}

struct short_map *short_map_new(void)
{
    struct short_map *map = ALLOC(struct short_map);

    map->next_group = next_group;
#ifdef HAVE_AVX2
    if (cpu_has_avx2()) {
        map->next_group = next_group_avx2;
    }
#endif
    return map;
}

void short_map_use_plain(struct short_map *map)
{
    map->next_group = next_group;
}
