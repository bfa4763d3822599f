/* Why something failed. */

#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

int error_set(struct error *reterr, int code, const char *format, ...)
{
    va_list arguments;

    if (!reterr || reterr->text[0]) {
        return code;
    }
    va_start(arguments, format);
    (void)vsnprintf(reterr->text, sizeof(reterr->text), format, arguments);
    va_end(arguments);
    return code;
}

int error_set_at(struct error *reterr, int code, const char *path, unsigned line, unsigned column,
                 const char *format, ...)
{
    va_list arguments;

    if (!reterr || reterr->text[0]) {
        return code;
    }
    (void)snprintf(reterr->path, sizeof(reterr->path), "%s", path ? path : "");
    reterr->line = line;
    reterr->column = column;
    va_start(arguments, format);
    (void)vsnprintf(reterr->text, sizeof(reterr->text), format, arguments);
    va_end(arguments);
    return code;
}
