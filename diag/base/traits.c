#include "base/traits.h"

#include "base/avx2.h"

enum {
    STEP = 128,
    VECTOR_BYTES = 32,
    VECTORS = 255 /* so many are counted in bytes */
};

/* Of the bytes of a step; so small that it is compiled to a few vector instructions. */
struct sums {
    unsigned char newlines, nuls, high, marks;
};

static struct sums sum_up(const char *text)
{
    unsigned char newlines = 0, nuls = 0, high = 0, marks = 0;

    for (size_t i = 0; i < STEP; i++) {
        unsigned char byte = (unsigned char)text[i], newline = byte == '\n' ? 0xff : 0;

        newlines = (unsigned char)(newlines - newline);
        nuls |= byte == 0 ? 0xff : 0;
        high |= byte;
        marks |= newline & (text[i + 1] == '=' ? 0xff : 0);
    }
    return (struct sums){ newlines, nuls, high, marks };
}

static void add_byte(struct traits *traits, struct span text, size_t i)
{
    bool newline = text.data[i] == '\n';

    traits->n_newlines += newline;
    traits->has_nul |= text.data[i] == '\0';
    traits->has_high |= (unsigned char)text.data[i] >= 0x80;
    traits->has_marks |= newline && i + 1 < text.size && text.data[i + 1] == '=';
}

/* Adds the start of the text; returns its size. */
static size_t add_steps(struct traits *traits, struct span text)
{
    size_t i = 0;

    for (; i + STEP < text.size; i += STEP) {
        struct sums sums = sum_up(text.data + i);

        traits->n_newlines += sums.newlines;
        traits->has_nul |= sums.nuls != 0;
        traits->has_high |= sums.high >= 0x80;
        traits->has_marks |= sums.marks != 0;
    }
    return i;
}

#ifdef HAVE_AVX2
struct vector_sums {
    __m256i newlines, least, all, marks;
};

/* `next` are the bytes that follow each of `bytes`. */
AVX2_FUNCTION static inline void add_vector(struct vector_sums *sums, __m256i bytes, __m256i next)
{
    __m256i here = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'));

    sums->newlines = _mm256_sub_epi8(sums->newlines, here);
    sums->least = _mm256_min_epu8(sums->least, bytes);
    sums->all = _mm256_or_si256(sums->all, bytes);
    sums->marks = _mm256_or_si256(
        sums->marks, _mm256_and_si256(here, _mm256_cmpeq_epi8(next, _mm256_set1_epi8('='))));
}

AVX2_FUNCTION static inline __m256i load(const char *text)
{
    return _mm256_loadu_si256((const __m256i *)text);
}

/* The last bytes, of which there are at most as many as in a vector: after them it sees bytes that show
 * nothing. */
AVX2_FUNCTION static inline void add_last(struct vector_sums *sums, struct span text)
{
    char last[2 * VECTOR_BYTES];
    __m256i bytes, high;

    if (text.size == VECTOR_BYTES) {
        bytes = load(text.data);
        high = _mm256_permute2x128_si256(bytes, bytes, 0x81); /* its upper half and zeros */
        add_vector(sums, bytes, _mm256_alignr_epi8(high, bytes, 1));
        return;
    }
    memset(last, 'x', sizeof(last));
    memcpy(last, text.data, text.size);
    add_vector(sums, load(last), load(last + 1));
}

AVX2_FUNCTION static inline uint64_t take_newlines(struct vector_sums *sums)
{
    __m256i n = _mm256_sad_epu8(sums->newlines, _mm256_setzero_si256());

    sums->newlines = _mm256_setzero_si256();
    return (uint64_t)_mm256_extract_epi64(n, 0) + (uint64_t)_mm256_extract_epi64(n, 1) +
           (uint64_t)_mm256_extract_epi64(n, 2) + (uint64_t)_mm256_extract_epi64(n, 3);
}

/* The same, four times as fast. */
AVX2_FUNCTION static struct traits traits_by_vectors(struct span text)
{
    const __m256i zero = _mm256_setzero_si256();
    struct vector_sums sums = { zero, _mm256_set1_epi8('x'), zero, zero };
    struct traits traits = { 0 };
    size_t i = 0;

    while (i + VECTOR_BYTES < text.size) {
        for (int n = 0; n < VECTORS && i + VECTOR_BYTES < text.size; n++, i += VECTOR_BYTES) {
            add_vector(&sums, load(text.data + i), load(text.data + i + 1));
        }
        traits.n_newlines += take_newlines(&sums);
    }
    if (i < text.size) {
        add_last(&sums, span_skip(text, i));
        traits.n_newlines += take_newlines(&sums);
    }
    traits.has_nul = _mm256_movemask_epi8(_mm256_cmpeq_epi8(sums.least, zero)) != 0;
    traits.has_high = _mm256_movemask_epi8(sums.all) != 0;
    traits.has_marks = _mm256_movemask_epi8(sums.marks) != 0;
    return traits;
}
#endif

struct traits traits_of_plain(struct span text)
{
    struct traits traits = { 0 };

    for (size_t i = add_steps(&traits, text); i < text.size; i++) {
        add_byte(&traits, text, i);
    }
    return traits;
}

struct traits traits_of(struct span text)
{
#ifdef HAVE_AVX2
    if (cpu_has_avx2()) {
        return traits_by_vectors(text);
    }
#endif
    return traits_of_plain(text);
}
