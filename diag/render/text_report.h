#ifndef NODECAUSE_RENDER_TEXT_REPORT_H
#define NODECAUSE_RENDER_TEXT_REPORT_H

#include "render/render.h"
#include "render/writer.h"

/* What all parts of the text report share: the report, and where it is written. */
struct text_report {
    const struct report *report;
    const struct render_options *options;
    struct writer writer;
};

enum {
    TEXT_INDENT = 20,        /* width of the label column */
    TEXT_BLOCK_INDENT = 4,   /* of evidence and commands, which need the width */
    TEXT_MESSAGE_INDENT = 6, /* of the log line below its position */
};

/* `out` is appended to; the report and the options are borrowed. */
struct text_report text_report_of(const struct report *report, const struct render_options *options,
                                  struct buf *out);

void text_blank_line(const struct text_report *text);

/* A wrapped paragraph in the column beside the labels. */
void text_paragraph(const struct text_report *text, const char *label, const char *words);

/* `1 entry`, `2 entries`. */
void text_add_count(struct buf *out, uint64_t n, const char *one, const char *many);

/* `critical` as `CRITICAL`: ASCII only. */
void text_add_upper(struct buf *out, const char *word);

/* The time as the log wrote it, since that is what people search for; RFC 3339 when UTC was asked
 * for or the log has no text of it; `about 2026-06-02T09:54:10Z to 2026-06-02T09:56:10Z` when only its
 * range is known; nothing when it is unknown. */
void text_add_time(const struct text_report *text, struct buf *out, const struct moment *when,
                   struct span stamp);

/* `kubelet.log:8`, `bundle.tar!var/log/messages:8`, `fstab:11`; for a journal only its name, since
 * the time after it is the position. */
void text_add_position(const struct text_report *text, struct buf *out,
                       const struct origin *origin);

/* The message on one line, shortened to the width; runs of white space become single spaces. */
void text_add_message(const struct text_report *text, struct span message);

enum style text_severity_style(enum rule_severity severity);

#endif
