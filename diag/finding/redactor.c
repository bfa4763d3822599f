/* Takes secrets out of texts.
 *
 *   Authorization: Bearer eyJhbGciOi...   ->   Authorization: Bearer [redacted]
 *
 * A row of the table is a text that must be present (cheap to look for), and a pattern whose
 * only group is the secret. Names of Secret objects (`secret="kube-system/token-x"`) are not
 * secrets and stay. */

#include "finding/redactor.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/pattern.h"

#include <stdlib.h>

/* clang-format off */
static const struct {
    const char *literal, *pattern;
} secrets[] = {
    { "earer ", "\\b[Bb]earer\\s+(?<secret>[A-Za-z0-9._~+/=-]{8,})" },
    { "uthorization:", "(?i)authorization:\\s*basic\\s+(?<secret>\\S+)" },
    { "eyJ", "\\b(?<secret>eyJ[\\w-]{8,}\\.[\\w-]{8,}(?:\\.[\\w-]*)?)" },
    { "oken", "(?i)--[a-z-]*token[= ]\\\\?[\"']?(?<secret>[^\\s\"'\\\\]+)" },
    { "oken=", "(?i)\\b[\\w-]*token=\\\\?[\"']?(?<secret>[^\\s\"'&,;\\\\]+)" },
    { "assw", "(?i)passw(?:or)?d=\\\\?[\"']?(?<secret>[^\\s\"'&,;\\\\]+)" },
    { "--pass", "--pass(?:word)? (?<secret>\\S+)" },
    { "ecret", "(?i)(?:client[-_]?secret|secret[-_]?(?:access[-_]?)?key)[=:]\\s*\\\\?[\"']?"
               "(?<secret>[^\\s\"'&,;\\\\]+)" },
    { "://", "\\b[a-z][a-z0-9+.-]*://[^\\s/:@]*:(?<secret>[^\\s/@]+)@" },
    { "PRIVATE KEY-----", "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----(?<secret>.*?)(?:-----END|\\z)" },
};
/* clang-format on */

struct redactor {
    struct pattern *patterns[N_ELEMENTS(secrets)];
};

struct redactor *redactor_new(void)
{
    struct redactor *redactor = ALLOC(struct redactor);

    for (size_t i = 0; i < N_ELEMENTS(secrets); i++) {
        int r = pattern_compile(span_of(secrets[i].pattern), &redactor->patterns[i],
                                /* reterr= */ NULL);

        if (r < 0) { /* the table is ours: a bad pattern in it must not leak secrets quietly */
            abort();
        }
    }
    return redactor;
}

void redactor_free(struct redactor *redactor)
{
    if (!redactor) {
        return;
    }
    for (size_t i = 0; i < N_ELEMENTS(secrets); i++) {
        pattern_free(redactor->patterns[i]);
    }
    free(redactor);
}

/* Replaces what the pattern's group covers; false when it matches nowhere. */
static bool replace(struct pattern *pattern, struct span text, struct buf *out)
{
    size_t start = 0;

    while (start < text.size && pattern_match(pattern, text, start) > 0) {
        struct span secret = pattern_group(pattern, 0);
        size_t from = (size_t)(secret.data - text.data);

        buf_add(out, (struct span){ text.data + start, from - start });
        buf_add_string(out, "[redacted]");
        start = from + (secret.size ? secret.size : 1);
    }
    if (start > 0) {
        buf_add(out, span_skip(text, start));
    }
    return start > 0;
}

struct span redact(const struct redactor *redactor, struct span text, struct arena *arena)
{
    for (size_t i = 0; i < N_ELEMENTS(secrets); i++) {
        CLEANUP(buf_done_at) struct buf out = { 0 };

        if (span_find(text, span_of(secrets[i].literal)) >= 0 &&
            replace(redactor->patterns[i], text, &out)) {
            text = arena_copy(arena, buf_span(&out));
        }
    }
    return text;
}
