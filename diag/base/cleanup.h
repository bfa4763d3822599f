#ifndef NODECAUSE_BASE_CLEANUP_H
#define NODECAUSE_BASE_CLEANUP_H

/* The only compiler extensions in use: those of gcc and clang in these macros and in
 * base/arithmetic.h. */

/* Calls `fn` with the address of the variable when it goes out of scope. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))

/* Defines fn##_at() for CLEANUP, from a destructor that accepts NULL. */
#define DEFINE_CLEANUP(type, fn)                                                                   \
    static inline void fn##_at(type **p)                                                           \
    {                                                                                              \
        fn(*p);                                                                                    \
    }

/* Returns the pointer and sets it to NULL, so that its CLEANUP does nothing. */
#define TAKE(p)                                                                                    \
    __extension__({                                                                                \
        __typeof__(p) taken_ = (p);                                                                \
        (p) = NULL;                                                                                \
        taken_;                                                                                    \
    })

#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#define MUST_CHECK                       __attribute__((warn_unused_result))

#define N_ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

#endif
