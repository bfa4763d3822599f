#ifndef NODECAUSE_CLI_BUNDLE_LIST_H
#define NODECAUSE_CLI_BUNDLE_LIST_H

#include "cli/survey.h"

/* The files of bundles as trees, on standard output:
 *
 *     bundle_list_add(list, &survey);   for each input that bundle_list_takes()
 *     bundle_list_print(list);
 */
struct bundle_list;

struct bundle_list *bundle_list_new(void);
void bundle_list_free(struct bundle_list *list); /* NULL is fine */
DEFINE_CLEANUP(struct bundle_list, bundle_list_free)

/* Is it in a support bundle, or in a directory or archive of many files? Others have few, and more is said of each. */
bool bundle_list_takes(const struct report_input *input);

/* Copies what is printed of it; not its bundle. */
void bundle_list_add(struct bundle_list *list, const struct survey *survey);

/* Prints each bundle: its kind, root and nodes, the files that are read, and those that are not. */
void bundle_list_print(struct bundle_list *list);

#endif
