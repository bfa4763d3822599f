/* Remarks while following, for standard error. */

#include "follow/remark.h"

#include <stdarg.h>
#include <stdio.h>

void remark(const struct follow_options *options, const char *format, ...)
{
    char sentence[2048];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    options->say(options->data, sentence);
}
