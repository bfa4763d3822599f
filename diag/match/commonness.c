#include "match/commonness.h"

#include "base/alloc.h"
#include "rule/healthy.h"

#include <stdlib.h>

enum {
    GRAM_MAX = 4,
    HASH_BITS = 14,
    N_BYTES = 256
};

struct commonness {
    uint16_t grams[1 << HASH_BITS]; /* by hash: how often runs of 1 to GRAM_MAX bytes are in it */
    uint16_t bytes[N_BYTES];
};

static size_t hash(struct span gram)
{
    uint32_t value = (uint32_t)gram.size;

    for (size_t i = 0; i < gram.size; i++) {
        value = (value ^ ((unsigned char)gram.data[i])) * 0x01000193; /* FNV-1a */
    }
    return value * 0x9e3779b1u >> (32 - HASH_BITS);
}

static void count(struct commonness *common, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        for (size_t n = 1; n <= GRAM_MAX && i + n <= text.size; n++) {
            common->grams[hash(span_head(span_skip(text, i), n))]++;
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
        for (size_t n = 1; n <= GRAM_MAX && i + n <= word.size; n++) {
            sum += weights[n] * common->grams[hash(span_head(span_skip(word, i), n))];
        }
    }
    return sum;
}

unsigned commonness_of_byte(const struct commonness *common, char byte)
{
    return common->bytes[(unsigned char)byte];
}
