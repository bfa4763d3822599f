#ifndef NODECAUSE_BASE_ARITHMETIC_H
#define NODECAUSE_BASE_ARITHMETIC_H

/* Arithmetic that C17 lacks, by gcc's and clang's builtins. */

/* Sets `*ret` to the sum or the product of two integers of any type. True when it does not fit;
 * then the value of `*ret` must not be used. */
#define ADD_OVERFLOWS(a, b, ret) __builtin_add_overflow((a), (b), (ret))
#define MUL_OVERFLOWS(a, b, ret) __builtin_mul_overflow((a), (b), (ret))

/* Index of the lowest bit that is set in a 64-bit set, which must not be 0. */
#define LOWEST_BIT(set) ((unsigned)__builtin_ctzll(set))

#endif
