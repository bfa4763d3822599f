#ifndef NODECAUSE_RULE_LOAD_H
#define NODECAUSE_RULE_LOAD_H

#include "rule/rule.h"

/* Loads rules: the built-in set first, then directories; a later file with the same id replaces the
 * earlier one, `disabled: true` switches it off. Strict: an unknown key, a wrong type, a bad
 * pattern, an unknown name or a cycle of `explains` refuses the file (or the set) with file, line,
 * column and one sentence, and for an unknown key the nearest known one. */
struct rule_set; /* owns everything that its `struct rules` points to */

struct rule_set *rule_set_new(void);
void rule_set_free(struct rule_set *set); /* NULL is fine */
DEFINE_CLEANUP(struct rule_set, rule_set_free)

/* From now on each error is passed to `on_error` (NULL: is returned to the caller again), and the bad rule is left out together with the
 * references to it: a bad file no longer makes a call fail. The error is valid during the call. */
void rule_set_on_error(struct rule_set *set,
                       void (*on_error)(void *data, const struct error *error), void *data);

/* Adds the rules compiled into the program (tests stripped), before any other: builtin_tables. */
int rule_set_add_builtin(struct rule_set *set, struct error *reterr) MUST_CHECK;

/* The same from their YAML texts: what builtin_tables are made of. */
int rule_set_add_builtin_texts(struct rule_set *set, struct error *reterr) MUST_CHECK;

/* Files of a directory of rules. */
struct rule_tree {
    const char *directory; /* ids are relative to it: `kubelet/swap-enabled` */
    const char *below;     /* only the files below this folder of it; "": all */

    /* Is this file (`kubelet/swap-enabled.yaml`) to be tested and linted? Called once for each of
     * them. NULL: no file is, and tests are not kept. */
    bool (*is_checked)(void *data, const char *name);

    /* Is the file of this path (directory and name) left out, as if it did not exist? Names of its
     * rule in other files are ignored. NULL: no file is. */
    bool (*is_skipped)(void *data, const char *path);
    void *data; /* of both */
};

/* Adds every *.yaml of the tree but those in layouts/ and schema/. Its streams.yaml and common.yaml
 * replace streams, groups and common parts of the same name. A *.yml is an error.
 * -ENOENT if the directory does not exist. */
int rule_set_add_tree(struct rule_set *set, const struct rule_tree *tree,
                      struct error *reterr) MUST_CHECK;

/* The same for a whole directory. `with_tests`: all its rules are checked. */
int rule_set_add_directory(struct rule_set *set, const char *directory, bool with_tests,
                           struct error *reterr) MUST_CHECK;

/* Adds one rule from memory. `path` gives its place in messages, and its id when `id` is NULL. */
int rule_set_add_text(struct rule_set *set, const char *id, const char *path, struct span yaml,
                      bool with_tests, struct error *reterr) MUST_CHECK;

/* Resolves names between rules. No files can be added after it. */
int rule_set_finish(struct rule_set *set, struct error *reterr) MUST_CHECK;

/* What struct rules lists as skipped; copied. */
void rule_set_set_skipped(struct rule_set *set, const struct error *errors, size_t n);

/* The rules, valid as long as the set. Only after rule_set_finish(). */
const struct rules *rule_set_rules(const struct rule_set *set);

/* The file's part of each stream in rules->streams, in the same order; NULL if the streams are only
 * built in. Borrowed from the set. */
const struct yaml *const *rule_set_stream_trees(const struct rule_set *set);

#endif
