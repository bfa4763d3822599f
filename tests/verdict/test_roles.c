/* What is a root and what is folded under one, in which order, and the exit code of both. */

#include "base/cleanup.h"
#include "helpers/verdict_case.h"

#define RULE(severity, more, text)                                                                 \
    "title: " text "\nseverity: " severity "\n" more "signals:\n"                                  \
    "  - { name: one, stream: kubelet, pattern: '" text "', role: proof }\nexplain: It is.\n"
#define SIGN(severity, more, text)                                                                 \
    "title: " text "\nseverity: " severity "\n" more "signals:\n"                                  \
    "  - { name: one, stream: kubelet, pattern: '" text "', role: sign }\nwhen: one\n"             \
    "confidence:\n  lowered_by: [ { if: one, because: 'it is a guess' } ]\nexplain: It is.\n"
#define TO_EFFECT "explains: [ { rule: test/effect, within: 10m, same: [host] } ]\n"
#define EFFECT    "test/effect", RULE("error", "", "it is wet")
#define RAINS     KUBELET("10:00:00", 7, "it rains")
#define WET       KUBELET("10:00:01", 7, "it is wet")
#define OPENS     KUBELET("10:00:02", 7, "an umbrella opened")

static const struct verdict_case rows[] = {
    {
        .name = "an error is folded under the error that explains it",
        .rules = { "test/cause", RULE("error", TO_EFFECT, "it rains"), EFFECT },
        .input = RAINS WET,
        .findings = "node01:\ntest/cause root certain ongoing x1 {pid=7}\n"
                    "test/effect consequence certain ongoing x1 {pid=7} <- test/cause\n",
        .exit = 1,
    },
    {
        .name = "a warning that explains an error is as bad",
        .rules = { "test/cause", RULE("warning", TO_EFFECT, "it rains"), EFFECT },
        .input = RAINS WET,
        .findings = "node01:\ntest/cause root certain ongoing x1 {pid=7}\n"
                    "test/effect consequence certain ongoing x1 {pid=7} <- test/cause\n",
        .sentence = "node01: it rains",
        .exit = 1,
    },
    {
        .name = "a warning alone is none",
        .rules = { "test/cause", RULE("warning", TO_EFFECT, "it rains"), EFFECT },
        .input = RAINS,
        .sentence = "No cause of a failure found; 1 warning",
        .exit = 0,
    },
    {
        .name = "what is merely possible does not fold what is certain",
        .rules = { "test/cause", SIGN("error", TO_EFFECT, "it rains"), EFFECT },
        .input = RAINS WET,
        .findings = "node01:\ntest/effect root certain ongoing x1 {pid=7} <- test/cause\n"
                    "test/cause contributing possible ongoing x1 {pid=7}\n",
        .exit = 1,
    },
    {
        .name = "what happened in another window explains nothing",
        .rules = { "test/cause", RULE("error", TO_EFFECT, "it rains"), EFFECT },
        .input = KUBELET("09:00:00", 7, "it rains") WET,
        .findings = "node01:\ntest/effect root certain ongoing x1 {pid=7}\n"
                    "test/cause root certain happened x1 {pid=7}\n",
        .exit = 1,
    },
    {
        .name = "what is surer comes first",
        .rules = { "test/guess", SIGN("critical", "", "it rains"), EFFECT },
        .input = RAINS WET,
        .sentence = "node01: it is wet",
        .exit = 1,
    },
    {
        .name = "of equally sure ones, the worse comes first",
        .rules = { "test/worse", RULE("critical", "", "an umbrella opened"), EFFECT },
        .input = WET OPENS,
        .sentence = "node01: an umbrella opened",
        .exit = 1,
    },
    {
        .name = "what the last run died of comes before all that",
        .rules = { "test/worse", RULE("critical", "lasts: boot\n", "it rains") },
        .input = RAINS STARTED("10:00:10") SWAP("10:00:11", 8) EXITED("10:00:12"),
        .sentence = "node01: Swap is enabled, so the kubelet refuses to start",
        .exit = 1,
    },
};

int main(void)
{
    return verdict_cases_run("roles", rows, N_ELEMENTS(rows));
}
