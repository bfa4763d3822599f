/* Names of enum values. */

#include "base/words.h"

int words_find(const char *const *words, struct span word)
{
    for (int i = 0; words[i]; i++) {
        if (span_is(word, words[i])) {
            return i;
        }
    }
    return -1;
}
