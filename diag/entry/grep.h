#ifndef NODECAUSE_ENTRY_GREP_H
#define NODECAUSE_ENTRY_GREP_H

#include "base/pattern.h"

/* The pattern of -g, interpreted as by journalctl(1). */
enum grep_case {
    GREP_CASE_AUTO, /* case is ignored unless the pattern contains a capital */
    GREP_CASE_SENSITIVE,
    GREP_CASE_ALIKE,
};

/* -EINVAL with a message if the regular expression is invalid. */
int grep_compile(const char *text, enum grep_case how, struct pattern **ret, struct error *reterr);

#endif
