#ifndef NODECAUSE_ENTRY_GREP_H
#define NODECAUSE_ENTRY_GREP_H

#include "base/pattern.h"

/* The pattern of -g, in the way journalctl(1) reads it. */
enum grep_case {
    GREP_CASE_AUTO, /* letters are alike unless the pattern has a capital */
    GREP_CASE_SENSITIVE,
    GREP_CASE_ALIKE,
};

/* -EINVAL with a sentence when it is no regular expression. */
int grep_compile(const char *text, enum grep_case how, struct pattern **ret, struct error *reterr);

#endif
