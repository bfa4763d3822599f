#ifndef NODECAUSE_BASE_AVX2_H
#define NODECAUSE_BASE_AVX2_H

#include <stdbool.h>

/* Vectors of 32 bytes, which many x86 processors have and not all: a function that uses them is marked
 * AVX2_FUNCTION and called only where cpu_has_avx2(). HAVE_AVX2 is defined where such functions compile. */
#ifdef __x86_64__
#include <immintrin.h>

#define HAVE_AVX2
#define AVX2_FUNCTION __attribute__((target("avx2")))

static inline bool cpu_has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}
#endif

#endif
