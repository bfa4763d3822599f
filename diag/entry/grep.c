/* The pattern of -g: PCRE2, as in journalctl(1).
 *
 *   -g 'failed to (start|run)'   Failed, failed, FAILED
 *   -g 'Failed to'               Failed */

#include "entry/grep.h"

#include "base/buf.h"

#include <errno.h>

static bool has_capital(struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] >= 'A' && text.data[i] <= 'Z') {
            return true;
        }
    }
    return false;
}

int grep_compile(const char *text, enum grep_case how, struct pattern **ret, struct error *reterr)
{
    bool alike = how == GREP_CASE_ALIKE || (how == GREP_CASE_AUTO && !has_capital(span_of(text)));
    CLEANUP(buf_done_at) struct buf whole = { 0 };
    struct error error = { 0 };

    buf_printf(&whole, "%s%s", alike ? "(?i)" : "", text);
    if (pattern_compile(buf_span(&whole), ret, &error) < 0) {
        return error_set(reterr, -EINVAL, "-g '%s': invalid regular expression: %s", text,
                         error.text);
    }
    return 0;
}
