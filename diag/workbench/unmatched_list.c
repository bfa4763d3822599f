#include "workbench/unmatched_list.h"

struct span unmatched_list_input(const struct unmatched_list *list, const struct origin *origin)
{
    return origin->input < list->report->n_inputs ? list->report->inputs[origin->input].name
                                                  : (struct span){ 0 };
}
