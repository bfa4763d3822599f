/* Layouts from YAML. A sample:
 *
 *   title: sos report
 *   recognise:
 *     - path: sos_commands/
 *   hostname: [sos_commands/host/hostname, etc/hostname]
 *   files:
 *     - path: sos_commands/kubernetes/journalctl_*kubelet*
 *       log: kubelet
 *     - path: proc/swaps
 *       state: swaps */

#include "layout/load.h"

#include "base/vec.h"
#include "layout/builtin.h"
#include "rule/schema.h"
#include "rule/value.h"

#include <errno.h>

struct layout_set {
    struct arena *arena;
    VEC(struct layout) items;
    VEC(struct path_glob *) globs; /* of all of them; owned */
};

struct layout_set *layout_set_new(void)
{
    struct layout_set *set = ALLOC(struct layout_set);

    set->arena = arena_new();
    return set;
}

void layout_set_free(struct layout_set *set)
{
    if (!set) {
        return;
    }
    for (size_t i = 0; i < set->globs.n; i++) {
        path_glob_free(set->globs.items[i]);
    }
    vec_free(&set->globs);
    vec_free(&set->items);
    arena_free(set->arena);
    free(set);
}

struct layouts layout_set_layouts(const struct layout_set *set)
{
    return (struct layouts){ .items = set->items.items, .n = set->items.n };
}

/* --- from trees --- */

static int build_globs(struct layout_set *set, const struct yaml *node, enum path_glob_kind kind,
                       struct path_globs *ret, struct error *reterr)
{
    size_t n;
    const struct yaml *item = yaml_items(node, &n);
    struct path_glob **globs = ARENA_ARRAY(set->arena, struct path_glob *, n);

    for (size_t i = 0; i < n; i++, item = item->next) {
        struct error error = { 0 };
        int r = path_glob_compile(item->text, kind, &globs[i], &error);

        if (r < 0) {
            return yaml_error(item, reterr, "a bad path: %s", error.text);
        }
        vec_push(&set->globs, globs[i]);
    }
    *ret = (struct path_globs){ globs, n };
    return 0;
}

static const char *text_of(const struct yaml *map, const char *key)
{
    const char *text = value_string(map, key);

    return text ? text : "";
}

/* `any`: the file itself says which. */
static const char *name_of(const struct yaml *map, const char *key)
{
    const char *text = text_of(map, key);

    return strcmp(text, "any") == 0 ? "" : text;
}

static int build_use(const struct yaml *map, enum layout_use *ret, struct error *reterr)
{
    static const struct {
        const char *key;
        enum layout_use use;
    } uses[] = {
        { "log", LAYOUT_LOG },           { "state", LAYOUT_STATE }, { "archive", LAYOUT_ARCHIVE },
        { "sections", LAYOUT_SECTIONS }, { "skip", LAYOUT_SKIP },
    };
    size_t n = 0;

    for (size_t i = 0; i < N_ELEMENTS(uses); i++) {
        if (yaml_get(map, uses[i].key)) {
            *ret = uses[i].use;
            n++;
        }
    }
    return n == 1 ? 0
                  : yaml_error(map, reterr,
                               "a file must have exactly one of log, state, archive, sections and "
                               "skip");
}

static int build_sections(const struct yaml *map, enum section_form *ret, struct error *reterr)
{
    static const char *const names[] = {
        [SECTIONS_SUPPORTCONFIG] = "supportconfig",
        [SECTIONS_CLUSTER_INFO_DUMP] = "cluster-info-dump",
    };
    const char *text = text_of(map, "sections");

    for (size_t i = SECTIONS_NONE + 1; i < N_ELEMENTS(names); i++) {
        if (strcmp(text, names[i]) == 0) {
            *ret = (enum section_form)i;
            return 0;
        }
    }
    return text[0] ? yaml_error(yaml_get(map, "sections"), reterr,
                                "sections must be supportconfig or cluster-info-dump")
                   : 0;
}

/* Sections are found before it is known where a bundle begins. */
static enum path_glob_kind glob_kind(enum layout_use use)
{
    return use == LAYOUT_LOG        ? PATH_GLOB_ROTATED
           : use == LAYOUT_SECTIONS ? PATH_GLOB_BELOW
                                    : PATH_GLOB_WHOLE;
}

static int build_file(struct layout_set *set, const struct yaml *map, struct layout_file *ret,
                      struct error *reterr)
{
    int r = build_use(map, &ret->use, reterr);

    if (r >= 0) {
        r = build_sections(map, &ret->sections, reterr);
    }
    if (r < 0) {
        return r;
    }
    ret->log = name_of(map, "log");
    ret->state = name_of(map, "state");
    ret->format = text_of(map, "format");
    ret->why = text_of(map, "skip");
    ret->zone = text_of(map, "zone");
    ret->keeps = text_of(map, "keeps");
    ret->crash = value_true(map, "crash");
    ret->first = value_true(map, "first");
    return build_globs(set, yaml_get(map, "path"), glob_kind(ret->use), &ret->paths, reterr);
}

static int build_sign(struct layout_set *set, const struct yaml *map, struct layout_sign *ret,
                      struct error *reterr)
{
    ret->contains = text_of(map, "contains");
    return build_globs(set, yaml_get(map, "path"), PATH_GLOB_BELOW, &ret->paths, reterr);
}

static int build_signs(struct layout_set *set, const struct yaml *list, struct layout *layout,
                       struct error *reterr)
{
    size_t n = list ? list->n : 0;
    struct layout_sign *signs = ARENA_ARRAY(set->arena, struct layout_sign, n);
    const struct yaml *item = list ? list->first : NULL;
    int r = 0;

    for (size_t i = 0; r >= 0 && i < n; i++, item = item->next) {
        r = build_sign(set, item, &signs[i], reterr);
    }
    layout->signs = signs;
    layout->n_signs = n;
    return r;
}

static int build_files(struct layout_set *set, const struct yaml *list, struct layout *layout,
                       struct error *reterr)
{
    struct layout_file *files = ARENA_ARRAY(set->arena, struct layout_file, list->n);
    const struct yaml *item = list->first;
    int r = 0;

    for (size_t i = 0; r >= 0 && i < list->n; i++, item = item->next) {
        r = build_file(set, item, &files[i], reterr);
    }
    layout->files = files;
    layout->n_files = list->n;
    return r;
}

static struct span name_of_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct span name = span_of(slash ? slash + 1 : path);

    if (span_ends(name, SPAN(".yaml"))) {
        name.size -= SPAN(".yaml").size;
    }
    return name;
}

static int build(struct layout_set *set, const char *path, const struct yaml *root,
                 struct layout *ret, struct error *reterr)
{
    int r;

    ret->name = arena_string(set->arena, name_of_path(path));
    ret->tree = root;
    ret->title = text_of(root, "title");
    ret->url = text_of(root, "url");
    ret->never = value_strings(yaml_get(root, "never"), set->arena);
    ret->hostname = value_strings(yaml_get(root, "hostname"), set->arena);
    ret->collected = value_strings(yaml_get(root, "collected"), set->arena);
    ret->commands = text_of(root, "commands");
    r = build_signs(set, yaml_get(root, "recognise"), ret, reterr);
    return r < 0 ? r : build_files(set, yaml_get(root, "files"), ret, reterr);
}

static void add(struct layout_set *set, const struct layout *layout)
{
    for (size_t i = 0; i < set->items.n; i++) {
        if (strcmp(set->items.items[i].name, layout->name) == 0) {
            set->items.items[i] = *layout;
            return;
        }
    }
    vec_push(&set->items, *layout);
}

int layout_set_add_text(struct layout_set *set, const char *path, struct span text,
                        struct error *reterr)
{
    struct layout layout = { 0 };
    const struct yaml *root;
    int r = yaml_parse(path, text, set->arena, &root, reterr);

    if (r >= 0) {
        r = schema_check_layout(root, reterr);
    }
    if (r >= 0) {
        r = build(set, path, root, &layout, reterr);
    }
    if (r >= 0) {
        add(set, &layout);
    }
    return r;
}

int layout_set_add_builtin(struct layout_set *set, struct error *reterr)
{
    for (const struct builtin_layout *item = builtin_layouts; item->path; item++) {
        int r = layout_set_add_text(set, item->path, span_of(item->yaml), reterr);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}
