/* The report for people: the verdict first, then each root with its consequences, its evidence,
 * what it is not and what to do, then what could not be seen.
 *
 *   kmaster135: Swap is enabled, so the kubelet refuses to start
 *
 *   CRITICAL            Swap is enabled, so the kubelet refuses to start
 *                       kubelet/swap-enabled, certain, ongoing
 *   ...
 *
 * Commands are alone on their lines, neither wrapped nor decorated, so that they can be copied. */

#include "render/text_before.h"
#include "render/text_change.h"
#include "render/text_finding.h"
#include "render/text_inputs.h"
#include "render/text_nodes.h"
#include "render/text_unexplained.h"
#include "render/text_units.h"
#include "render/text_verdict.h"

static void render(const struct report *report, const struct render_options *options,
                   struct buf *out)
{
    struct text_report text = text_report_of(report, options, out);

    text_add_verdict(&text);
    text_add_quiet_nodes(&text);
    text_add_findings(&text);
    text_add_unexplained(&text);
    text_add_units(&text);
    text_add_before(&text);
    text_add_blind_spots(&text);
    text_add_inputs(&text);
}

static void render_change(const struct report *report, const struct change *change,
                          const struct render_options *options, struct buf *out)
{
    struct text_report text = text_report_of(report, options, out);

    text_add_change(&text, change);
}

static void render_summary(const struct report *report, const struct render_options *options,
                           struct buf *out)
{
    struct text_report text = text_report_of(report, options, out);

    text_blank_line(&text);
    text_add_verdict(&text);
    text_add_inputs(&text);
}

const struct renderer renderer_text = {
    .name = "text",
    .summary = "for people, on one screen",
    .render = render,
    .render_change = render_change,
    .render_summary = render_summary,
};
