#ifndef NODECAUSE_RENDER_TEXT_FINDING_H
#define NODECAUSE_RENDER_TEXT_FINDING_H

#include "render/text_report.h"

/* One finding with everything that is shown of it. */
void text_add_finding(const struct text_report *text, const struct node *node,
                      const struct finding *finding);

/* Is the finding shown? Without --all only roots that do more than inform. */
bool text_is_shown(const struct text_report *text, const struct finding *finding);

/* All findings that are shown. */
void text_add_findings(const struct text_report *text);

#endif
