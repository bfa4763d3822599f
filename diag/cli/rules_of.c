/* The rules that the command line names. */

#include "cli/rules_of.h"

#include "cli/message.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

/* Ours, then those of --rules. */
static int add_options(struct rule_set *set, const struct options *options, bool with_tests,
                       struct error *reterr)
{
    int r = options->no_builtin ? 0 : rule_set_add_builtin(set, reterr);

    for (size_t i = 0; r >= 0 && i + 1 < options->rule_directories.n; i++) {
        r = rule_set_add_directory(set, options->rule_directories.items[i], with_tests, reterr);
    }
    return r;
}

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

/* Finishes the set and hands it over, or says why not. */
static int finish(int r, struct rule_set *set, struct error *error, struct rule_set **ret)
{
    if (r >= 0) {
        r = rule_set_finish(set, error);
    }
    if (r >= 0) {
        *ret = set;
        return 0;
    }
    message_print_error(error);
    rule_set_free(set);
    return r;
}

int rules_of_options(const struct options *options, struct rule_set **ret)
{
    struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    return finish(add_options(set, options, /* with_tests= */ false, &error), set, &error, ret);
}

int rules_add_checked(const struct options *options, struct rule_set *set, struct error *reterr)
{
    bool named = options->paths.n > 0;
    int r;

    if (!named && options->rule_directories.n <= 1) { /* it ends with NULL */
        return error_set(reterr, -EINVAL,
                         "which rules? Name files or directories; the program's own have no tests");
    }
    r = add_options(set, options, /* with_tests= */ !named, reterr);
    for (size_t i = 0; r >= 0 && i < options->paths.n; i++) {
        r = add_path(set, options->paths.items[i], reterr);
    }
    return r;
}

int rules_of_paths(const struct options *options, struct rule_set **ret)
{
    struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    return finish(rules_add_checked(options, set, &error), set, &error, ret);
}
