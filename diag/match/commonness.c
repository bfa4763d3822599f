#include "match/commonness.h"

#include "base/alloc.h"
#include "rule/healthy.h"

#include <stdlib.h>

#define HASH_OF_NOTHING 0x811c9dc5u

enum {
    GRAM_MAX = 4,
    HASH_BITS = 14,
    N_BYTES = 256
};

struct commonness {
    uint16_t grams[1 << HASH_BITS]; /* by hash: how often runs of 1 to GRAM_MAX bytes are in it */
    uint16_t bytes[N_BYTES];
};

/* The hash of a run from that of the run without its last byte (FNV-1a), and its place in the table. */
static uint32_t longer(uint32_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 0x01000193;
}

static size_t place(uint32_t hash)
{
    return hash * 0x9e3779b1u >> (32 - HASH_BITS);
}

static void count(struct commonness *common, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        uint32_t hash = HASH_OF_NOTHING;

        for (size_t n = 1; n <= GRAM_MAX && i + n <= text.size; n++) {
            hash = longer(hash, text.data[i + n - 1]);
            common->grams[place(hash)]++;
        }
        common->bytes[(unsigned char)text.data[i]]++;
    }
}

struct commonness *commonness_new(void)
{
    struct commonness *common = ALLOC(struct commonness);

    for (size_t i = 0; healthy_line(i); i++) {
        count(common, span_of(healthy_line(i)));
    }
    return common;
}

void commonness_free(struct commonness *common)
{
    free(common);
}

/* The longer a part that is usual, the more it shows. */
unsigned commonness_of_word(const struct commonness *common, struct span word)
{
    static const unsigned weights[GRAM_MAX + 1] = { 0, 1, 100, 1000, 10000 };
    unsigned sum = 0;

    for (size_t i = 0; i < word.size; i++) {
        uint32_t hash = HASH_OF_NOTHING;

        for (size_t n = 1; n <= GRAM_MAX && i + n <= word.size; n++) {
            hash = longer(hash, word.data[i + n - 1]);
            sum += weights[n] * common->grams[place(hash)];
        }
    }
    return sum;
}

unsigned commonness_of_byte(const struct commonness *common, char byte)
{
    return common->bytes[(unsigned char)byte];
}
