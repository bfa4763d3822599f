#ifndef NODECAUSE_RENDER_TEXT_EVIDENCE_H
#define NODECAUSE_RENDER_TEXT_EVIDENCE_H

#include "render/text_report.h"

/* Position, time and message of the `most` most telling pieces of evidence, in their order; of all
 * with --all. */
void text_add_evidence(const struct text_report *text, const struct finding *finding, size_t most);

/* A list of lines, all of them; nothing for an empty one. */
void text_add_evidence_list(const struct text_report *text, const struct evidence *evidence,
                            size_t n);

#endif
