/* The rules that test and lint check. */

#include "workbench/checked_rules.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int read_rule(const char *path, struct buf *text, struct error *reterr)
{
    FILE *file = fopen(path, "re");
    size_t n;

    if (!file) {
        return error_set_at(reterr, -errno, path, 0, 0, "%s", strerror(errno));
    }
    while ((n = fread(buf_reserve(text, BUFSIZ), 1, BUFSIZ, file)) > 0) {
        text->size += n;
    }
    (void)fclose(file);
    return 0;
}

/* `rules/kubelet/swap-enabled.yaml` is `kubelet/swap-enabled`: its last two parts. */
static void add_id(struct buf *id, const char *path)
{
    struct span rest = span_of(path), part, before = { 0 }, last = { 0 };

    while (span_cut(&rest, '/', &part)) {
        before = last;
        last = part;
    }
    if (span_ends(last, SPAN(".yaml"))) {
        last.size -= strlen(".yaml");
    }
    buf_add(id, before);
    buf_printf(id, "%s%.*s", before.size ? "/" : "", (int)last.size, last.data);
}

static int add_path(struct rule_set *set, const char *path, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(buf_done_at) struct buf id = { 0 };
    struct stat st;
    int r;

    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        return rule_set_add_directory(set, path, /* with_tests= */ true, reterr);
    }
    r = read_rule(path, &text, reterr);
    if (r < 0) {
        return r;
    }
    add_id(&id, path);
    return rule_set_add_text(set, id.data, path, buf_span(&text), /* with_tests= */ true, reterr);
}

int checked_rules_add(const struct rule_options *options, const struct words *words,
                      struct rule_set *set, struct error *reterr)
{
    int r;

    if (words->n == 0 && options->directories.n == 0) {
        return error_set(reterr, -EINVAL,
                         "name the rule files or directories to check; built-in rules have no "
                         "tests");
    }
    r = words->n ? rule_options_add(options, set, reterr) : 0;
    for (size_t i = 0; r >= 0 && i < words->n; i++) {
        r = add_path(set, words->items[i], reterr);
    }
    return r;
}
