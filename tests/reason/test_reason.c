/* The reasoner through the whole pipeline, on small rules of its own. Each row is a set of rules, a
 * log, and the findings as helpers/summary.h prints them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"
#include "helpers/summary.h"
#include "pipeline.h"
#include "rule/load.h"

struct row {
    const char *name;
    const char *rules[6]; /* name, yaml, name, yaml, ... */
    const char *input;
    const char *state[2]; /* kind, text */
    const char *expected;
    const char *notes;   /* names of the blind spots, each with a blank behind it; NULL: any */
    const char *reasons; /* of the first finding, each with a newline after it; NULL: any */
    const char *units;   /* what each unit is, each with a newline after it; NULL: any */
};

#define RULE(title, signals)                                                                       \
    "title: " title "\nseverity: error\n" signals "\nexplain: It is " title ".\n"
#define SIGNAL(name, text, role)                                                                   \
    "  - { name: " name ", stream: kubelet, pattern: '" text "', role: " role " }\n"
#define LINE(time, pid, text) "Jun 02 " time " node01 kubelet[" #pid "]: " text "\n"
#define SYSTEMD(time, text)   "Jun 02 " time " node01 systemd[1]: kubelet.service: " text "\n"

#define ENDS                                                                                       \
    "title: gone\nseverity: error\nsymptom: true\nsignals:\n"                                      \
    "  - { name: gone, stream: systemd, pattern: '(?<unit>\\S+\\.service): Main process exited', " \
    "role: proof, run: ends }\n"                                                                   \
    "explain: Gone.\n"

#define BEGINS                                                                                     \
    "title: up\nseverity: info\nsignals:\n"                                                        \
    "  - { name: up, stream: kubelet, pattern: 'starting up', role: proof, run: begins }\n"        \
    "explain: Up.\n"

#define STOPS                                                                                      \
    "title: stopped\nseverity: info\nsignals:\n"                                                   \
    "  - { name: stopping, stream: systemd, pattern: '^Stopping (?<unit>\\S+\\.service)', "        \
    "role: proof, run: stops }\n"                                                                  \
    "explain: Stopped.\n"

#define EXPORTED(time, monotonic, fields)                                                          \
    "__REALTIME_TIMESTAMP=" time "\n__MONOTONIC_TIMESTAMP=" monotonic                              \
    "\n_BOOT_ID=00000000000000000000000000000001\n_HOSTNAME=node01\n" fields "\n\n"

#define WITHOUT_FINE "when: { all: [one, { absent: { signal: fine, after: one } }] }\n"
#define SUPPRESSED(unit)                                                                           \
    "Jun 02 09:59:00 node01 systemd-journald[301]: Suppressed 41 messages from " unit "\n"

#define KEYED(key) LINE("10:00:" key, 7, "alpha k" key " happened")
#define TEN_KEYS(ten)                                                                              \
    KEYED(ten "0")                                                                                 \
    KEYED(ten "1")                                                                                 \
    KEYED(ten "2")                                                                                 \
    KEYED(ten "3")                                                                                 \
    KEYED(ten "4")                                                                                 \
    KEYED(ten "5")                                                                                 \
    KEYED(ten "6") KEYED(ten "7") KEYED(ten "8") KEYED(ten "9")
/* A complaint of every second, and what the kubelet logs beside it. */
#define COMPLAINTS                                                                                 \
    LINE("10:00:00", 7, "alpha happened")                                                          \
    LINE("10:00:01", 7, "alpha happened")                                                          \
    LINE("10:00:02", 7, "alpha happened") LINE("10:00:03", 7, "alpha happened")
#define HEALTHY(hour, minute)                                                                      \
    LINE(hour ":" minute ":10", 7, "a pod was started")                                            \
    LINE(hour ":" minute ":50", 7, "a volume was mounted")

/* kubectl describe node: the ages count from 10:00:10 to 10:01:10. */
#define DESCRIBED                                                                                  \
    "Name:               node01\nRoles:              worker\n"                                     \
    "Lease:\n  RenewTime:       Tue, 02 Jun 2026 10:00:10 +0000\n"                                 \
    "  Ready   True   Tue, 02 Jun 2026 10:00:09 +0000   Tue, 02 Jun 2026 08:00:00 +0000   "        \
    "KubeletReady   kubelet is posting ready status\nEvents:\n"
#define EVENT(age, text) "  Warning  Reason   " age "   kubelet  " text "\n"
#define EVENTED(name, text, role)                                                                  \
    "  - { name: " name ", stream: event, pattern: '" text "', role: " role " }\n"
#define CAUSE(edge)                                                                                \
    RULE("a", "signals:\n" EVENTED("one", "alpha happened",                                        \
                                   "proof") "explains: [ { rule: test/b" edge " } ]")
#define EFFECT RULE("b", "signals:\n" EVENTED("one", "bravo happened", "proof"))

static const struct row rows[] = {
    {
        .name = "a line that lacks its front is less certain",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = "elet[7]: alpha happened to something that is long enough\n",
        .expected = "test/a root likely ongoing x1 {pid=7}\n",
        .reasons = "signal `one` proves it\nthe line lacks its front\n",
    },
    {
        .name = "and so is one that a mail program wrapped",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha really happened", "proof")) },
        .input = "Jun 02 10:00:00 node01 kubelet[7]: the word alpha\n    really happened to "
                 "something\n",
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
        .reasons = "signal `one` proves it\nthe line was joined from wrapped pieces\n",
    },
    {
        .name = "but not when another line is whole",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = "elet[7]: alpha happened to something that is long enough\n" LINE(
            "10:00:00", 7, "alpha happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n",
    },
    {
        .name = "an event of a lesser age came later",
        .rules = { "test/a", CAUSE(""), "test/b", EFFECT },
        .input = DESCRIBED EVENT("9m", "alpha happened") EVENT("5m", "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {}\n"
                    "test/b consequence certain ongoing x1 {} <- test/a\n",
    },
    {
        .name = "and one of a greater age earlier, wherever it is",
        .rules = { "test/a", CAUSE(""), "test/b", EFFECT },
        .input = DESCRIBED EVENT("5m", "alpha happened") EVENT("9m", "bravo happened"),
        .expected = "node01:\ntest/b root certain ongoing x1 {}\n"
                    "test/a root certain ongoing x1 {}\n",
    },
    {
        .name = "ages that are equal order nothing",
        .rules = { "test/a", CAUSE(""), "test/b", EFFECT },
        .input = DESCRIBED EVENT("26m", "alpha happened") EVENT("26m", "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {}\n"
                    "test/b consequence likely ongoing x1 {} <- test/a\n",
    },
    {
        .name = "what is repeated began with its first occurrence",
        .rules = { "test/a", CAUSE(""), "test/b", EFFECT },
        .input =
            DESCRIBED EVENT("5m (x15 over 30m)", "alpha happened") EVENT("9m", "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {}\n"
                    "test/b consequence certain ongoing x1 {} <- test/a\n",
    },
    {
        .name = "an age that a window only may hold",
        .rules = { "test/a", CAUSE(", within: 3m30s"), "test/b", EFFECT },
        .input = DESCRIBED EVENT("9m", "alpha happened") EVENT("6m", "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {}\n"
                    "test/b consequence likely ongoing x1 {} <- test/a\n",
    },
    {
        .name = "an age outside of the window",
        .rules = { "test/a", CAUSE(", within: 1m"), "test/b", EFFECT },
        .input = DESCRIBED EVENT("9m", "alpha happened") EVENT("5m", "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {}\n"
                    "test/b root certain ongoing x1 {}\n",
    },
    {
        .name = "a sequence of ages that are equal is unknown",
        .rules = { "test/a",
                   RULE("a", "signals:\n" EVENTED("one", "alpha happened", "sign") EVENTED(
                                 "two", "bravo happened",
                                 "sign")) "when: { "
                                          "sequence: { signals: [one, two], within: 1h } }\n" },
        .input = DESCRIBED EVENT("26m", "alpha happened") EVENT("26m", "bravo happened"),
        .expected = "node01:\n",
    },
    {
        .name = "a sequence of ages that differ",
        .rules = { "test/a",
                   RULE("a", "signals:\n" EVENTED("one", "alpha happened", "sign") EVENTED(
                                 "two", "bravo happened",
                                 "sign")) "when: { "
                                          "sequence: { signals: [one, two], within: 1h } }\n" },
        .input = DESCRIBED EVENT("26m", "alpha happened") EVENT("24m", "bravo happened"),
        .expected = "node01:\ntest/a root likely ongoing x1 {}\n",
    },
    {
        .name = "a complaint that its own component went on without has ended",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = COMPLAINTS HEALTHY("10", "00") HEALTHY("10", "01") HEALTHY("10", "02"),
        .expected = "node01:\ntest/a root certain recovered x4 {pid=7}\n",
    },
    {
        .name = "the same where the log is newest first",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = LINE("10:04:50", 7, "ok") LINE("10:03:10", 7, "ok") LINE("10:02:10", 7, "ok")
            LINE("10:01:10", 7, "ok") LINE("10:00:03", 7, "alpha happened")
                LINE("10:00:02", 7, "alpha happened") LINE("10:00:01", 7, "alpha happened"),
        .expected = "node01:\ntest/a root certain recovered x3 {pid=7}\n",
    },
    {
        .name = "silence of less than a minute proves nothing",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = COMPLAINTS LINE("10:00:10", 7, "ok") LINE("10:00:20", 7, "ok")
            LINE("10:00:30", 7, "ok") LINE("10:00:50", 7, "ok"),
        .expected = "node01:\ntest/a root certain ongoing x4 {pid=7}\n",
    },
    {
        .name = "nor does a line hours later",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = COMPLAINTS LINE("13:00:10", 7, "ok"),
        .expected = "node01:\ntest/a root certain ongoing x4 {pid=7}\n",
    },
    {
        .name = "nor does what another component logs",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = COMPLAINTS SYSTEMD("10:01:00", "ok") SYSTEMD("10:02:00", "ok")
            SYSTEMD("10:03:00", "ok") SYSTEMD("10:04:00", "ok") SYSTEMD("10:05:00", "ok"),
        .expected = "node01:\ntest/a root certain ongoing x4 {pid=7}\n",
    },
    {
        .name = "what comes every ten minutes is still there after eleven",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:10:00", 7, "alpha happened")
            LINE("10:20:00", 7, "alpha happened") HEALTHY("10", "21") HEALTHY("10", "25")
                HEALTHY("10", "30") LINE("10:31:00", 7, "ok"),
        .expected = "node01:\ntest/a root certain ongoing x3 {pid=7}\n",
    },
    {
        .name = "the clock is set back between cause and effect",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL(
                                 "one", "alpha happened",
                                 "proof") "explains: [ { rule: test/gone, within: 30s } ]"),
                   "test/gone", ENDS },
        .input = EXPORTED("1717344000000000", "10000000",
                          "_SYSTEMD_UNIT=kubelet.service\nSYSLOG_IDENTIFIER=kubelet\n_PID=7\n"
                          "MESSAGE=alpha happened")
            EXPORTED("1717333200000000", "12000000",
                     "UNIT=kubelet.service\nSYSLOG_IDENTIFIER=systemd\n_PID=1\n"
                     "MESSAGE=kubelet.service: Main process exited, x"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/gone consequence certain ongoing x1 {unit=kubelet.service} <- test/a\n",
    },
    {
        .name = "a proof is certain, a sign only possible",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")),
                   "test/b", RULE("b", "signals:\n" SIGNAL("one", "bravo happened", "sign")) },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/b contributing possible ongoing x1 {pid=7}\n",
    },
    {
        .name = "what was lowered to possible is no root beside a certain one",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")),
                   "test/b",
                   RULE("b", "signals:\n" SIGNAL("one", "bravo happened",
                                                 "sign") "when: one\nconfidence: { lowered_by: [ "
                                                         "{ if: one, because: once } ] }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/b contributing possible ongoing x1 {pid=7}\n",
    },
    {
        .name = "another sender's words do not count",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input = "Jun 02 10:00:00 node01 sudo[7]: alpha happened\n",
        .expected = "",
    },
    {
        .name = "when needs company",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign") SIGNAL(
                                 "two", "bravo happened", "sign") "when: { all: [one, two] }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "alpha happened"),
        .expected = "node01:\n",
    },
    {
        .name = "when finds company",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign") SIGNAL(
                                 "two", "bravo happened", "sign") "when: { all: [one, two] }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 8, "bravo happened"),
        .expected = "node01:\ntest/a root likely ongoing x2 {pid=8}\n",
    },
    {
        .name = "company must be of the same run",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                 SIGNAL("two", "bravo happened",
                                        "sign") "same: [host, run]\nwhen: { all: [one, two] }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 8, "bravo happened"),
        .expected = "node01:\n",
    },
    {
        .name = "count within a window: too slow",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL(
                            "one", "alpha happened",
                            "sign") "when: { count: { signal: one, at_least: 3, within: 10s } }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:06", 7, "alpha happened")
            LINE("10:00:12", 7, "alpha happened"),
        .expected = "node01:\n",
    },
    {
        .name = "count within a window: fast enough, though the log stands newest first",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL(
                            "one", "alpha happened",
                            "sign") "when: { count: { signal: one, at_least: 3, within: 10s } }") },
        .input = LINE("10:00:20", 7, "alpha happened") LINE("10:00:16", 7, "alpha happened")
            LINE("10:00:12", 7, "alpha happened") LINE("10:00:01", 7, "alpha happened"),
        .expected = "node01:\ntest/a root likely ongoing x4 {pid=7}\n",
    },
    {
        .name = "distinct values",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha (?<what>\\w+) happened",
                                                 "sign") "facts: { what: [text] }\n"
                                                         "when: { distinct: { signal: one, fact: "
                                                         "what, at_least: 2 } }") },
        .input = LINE("10:00:00", 7, "alpha x happened") LINE("10:00:01", 7, "alpha y happened")
            LINE("10:00:02", 7, "alpha x happened"),
        .expected = "node01:\ntest/a root likely ongoing x3 {what=x, y; pid=7}\n",
    },
    {
        .name = "a sequence in order",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL("one", "alpha happened", "sign") SIGNAL(
                            "two", "bravo happened",
                            "sign") "when: { sequence: { signals: [one, two], within: 5s } }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "bravo happened"),
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
    },
    {
        .name = "a sequence out of order",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL("one", "alpha happened", "sign") SIGNAL(
                            "two", "bravo happened",
                            "sign") "when: { sequence: { signals: [one, two], within: 5s } }") },
        .input = LINE("10:00:00", 7, "bravo happened") LINE("10:00:01", 7, "alpha happened"),
        .expected = "node01:\n",
    },
    {
        .name = "absent after: it did come",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "after: one, within: 5s } }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "bravo happened"),
        .expected = "node01:\n",
    },
    {
        .name = "absent after: it came too late",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "after: one, within: 5s } }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:09", 7, "bravo happened"),
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
    },
    {
        .name = "absent after: the log ends before the window does",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "after: one, within: 5s } }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:04", 7, "ok"),
        .expected = "node01:\n",
    },
    {
        .name = "absent after: the process logged until the window ended",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "after: one, within: 5s } }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:04", 7, "ok")
            LINE("10:00:06", 7, "ok"),
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
    },
    {
        .name = "absent after: only another component logged",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "after: one, within: 5s } }") },
        .input = LINE("10:00:00", 7, "alpha happened") SYSTEMD("10:00:04", "ok")
            SYSTEMD("10:00:06", "ok"),
        .expected = "node01:\n",
    },
    {
        .name = "absent after: a gap of hours is no window",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "after: one, within: 5s } }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("13:00:00", 7, "ok"),
        .expected = "node01:\n",
    },
    {
        .name = "absent after: the process died first",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                 SIGNAL("two", "bravo happened",
                                        "context") "when: { absent: { signal: two, "
                                                   "after: one, within: 5s } }"),
                   "test/gone", ENDS },
        .input = LINE("10:00:00", 7, "alpha happened") SYSTEMD("10:00:02", "Main process exited, x")
            LINE("10:00:06", 8, "ok"),
        .expected = "node01:\ntest/gone root certain ongoing x1 {unit=kubelet.service}\n",
    },
    {
        .name = "absent before: it came before",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "before: one, within: 5s } }") },
        .input = LINE("10:00:01", 7, "bravo happened") LINE("10:00:04", 7, "alpha happened"),
        .expected = "node01:\n",
    },
    {
        .name = "absent before: it came too early",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "before: one, within: 5s } }") },
        .input = LINE("10:00:01", 7, "bravo happened") LINE("10:00:09", 7, "alpha happened"),
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
    },
    {
        .name = "absent before: the log begins within the window",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "before: one, within: 5s } }") },
        .input = LINE("10:00:01", 7, "ok") LINE("10:00:04", 7, "alpha happened"),
        .expected = "node01:\n",
    },
    {
        .name = "absent before: the window was observed",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened",
                                                  "context") "when: { absent: { signal: two, "
                                                             "before: one, within: 5s } }") },
        .input = LINE("10:00:01", 7, "ok") LINE("10:00:08", 7, "alpha happened"),
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
    },
    {
        .name = "an effect follows its cause",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL("one", "alpha happened",
                                            "proof") "explains: [ { rule: test/b, within: 30s } ]"),
                   "test/b", RULE("b", "signals:\n" SIGNAL("one", "bravo happened", "proof")) },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/b consequence certain ongoing x1 {pid=7} <- test/a\n",
    },
    {
        .name = "what came long before is no effect",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL("one", "alpha happened",
                                            "proof") "explains: [ { rule: test/b, within: 30s } ]"),
                   "test/b", RULE("b", "signals:\n" SIGNAL("one", "bravo happened", "proof")) },
        .input = LINE("10:00:00", 7, "bravo happened") LINE("10:01:00", 7, "alpha happened"),
        .expected = "node01:\ntest/b root certain ongoing x1 {pid=7}\n"
                    "test/a root certain ongoing x1 {pid=7}\n",
    },
    {
        .name = "what came too late is no effect",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL("one", "alpha happened",
                                            "proof") "explains: [ { rule: test/b, within: 30s } ]"),
                   "test/b", RULE("b", "signals:\n" SIGNAL("one", "bravo happened", "proof")) },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:01:00", 7, "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/b root certain ongoing x1 {pid=7}\n",
    },
    {
        .name = "the cause of another run does not explain this one",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL(
                                 "one", "alpha happened",
                                 "proof") "explains: [ { rule: test/b, same: [host, run] } ]"),
                   "test/b", RULE("b", "signals:\n" SIGNAL("one", "bravo happened", "proof")) },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 8, "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/b root certain ongoing x1 {pid=8}\n",
    },
    {
        .name = "two causes of one effect are both named",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened",
                                                 "proof") "explains: [ { rule: test/c } ]"),
                   "test/b",
                   RULE("b", "signals:\n" SIGNAL("one", "bravo happened",
                                                 "proof") "explains: [ { rule: test/c } ]"),
                   "test/c", RULE("c", "signals:\n" SIGNAL("one", "charlie happened", "proof")) },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "bravo happened")
            LINE("10:00:02", 7, "charlie happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/b root certain ongoing x1 {pid=7}\n"
                    "test/c consequence certain ongoing x1 {pid=7} <- test/a, test/b\n",
    },
    {
        .name = "one finding for each key",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha (?<what>\\w+) happened",
                                                           "proof") "key: [what]") },
        .input = LINE("10:00:00", 7, "alpha x happened") LINE("10:00:01", 7, "alpha y happened")
            LINE("10:00:02", 7, "alpha x happened"),
        .expected = "node01:\ntest/a root certain ongoing x2 {what=x; pid=7}\n"
                    "test/a root certain ongoing x1 {what=y; pid=7}\n",
    },
    {
        .name = "many keys, merged for the report, do not meet a count that none of them reaches",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL(
                            "one", "alpha (?<what>\\w+) happened",
                            "sign") "key: [what]\nwhen: { count: { signal: one, at_least: 5 } }") },
        .input = TEN_KEYS("0") TEN_KEYS("1") TEN_KEYS("2") TEN_KEYS("3") TEN_KEYS("4"),
        .expected = "node01:\n",
    },
    {
        .name = "a count within a window needs times, and ages are not",
        .rules = { "test/a",
                   RULE(
                       "a",
                       "signals:\n  - { name: one, stream: event, pattern: 'alpha happened', role: "
                       "sign }\nwhen: { count: { signal: one, at_least: 3, within: 15m } }") },
        .input = "  Warning  Alpha  113m  kubelet, node01  alpha happened\n"
                 "  Warning  Alpha  48m  kubelet, node01  alpha happened\n"
                 "  Warning  Alpha  5m  kubelet, node01  alpha happened\n",
        .expected = "node01:\n",
    },
    {
        .name = "lines that say the same in one second count once",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL(
                                 "one", "alpha happened",
                                 "sign") "when: { count: { signal: one, at_least: 3 } }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:00", 7, "alpha happened")
            LINE("10:00:00", 7, "alpha happened") LINE("10:00:05", 7, "alpha happened"),
        .expected = "node01:\n",
    },
    {
        .name = "two lines about one exit are one occurrence, two facts are two",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha (?<what>\\w+) happened", "proof")
                                 SIGNAL("two", "bravo happened", "proof")) },
        .input = LINE("10:00:00", 7, "alpha x happened") LINE("10:00:00", 7, "bravo happened")
            LINE("10:00:00", 7, "alpha y happened"),
        .expected = "node01:\ntest/a root certain ongoing x2 {what=y; pid=7}\n",
    },
    {
        .name = "context gives the last word before, and what it became",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")
                                           SIGNAL("level", "level is (?<level>\\d+)", "context")) },
        .input = LINE("10:00:00", 7, "level is 1") LINE("10:00:01", 7, "level is 2")
            LINE("10:00:02", 7, "alpha happened") LINE("10:00:03", 7, "level is 3"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7; level=2; level_after=3}\n",
    },
    {
        .name = "an event that only tells its age does not move what came behind",
        .rules = { "test/a", RULE("a", "signals:\n"
                                       "  - { name: one, stream: [kubelet, event], pattern: 'alpha "
                                       "happened', role: proof }\n" SIGNAL(
                                           "level", "level is (?<level>\\d+)", "context")) },
        .input = LINE("10:00:00", 7, "level is 1") LINE("10:00:01", 7, "alpha happened") LINE(
            "10:00:03", 7, "level is 3") "  Warning  Alpha  5m  kubelet, node01  alpha happened\n",
        .expected = "node01:\ntest/a root certain ongoing x1 {level=1; level_after=3}\n",
    },
    {
        .name = "a later signal against it lowers it",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")
                                           SIGNAL("fine", "all is well", "against")) },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "all is well"),
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
    },
    {
        .name = "what silence shows is less certain where lines of the unit are missing",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("fine", "all is well", "context") WITHOUT_FINE) },
        .input = SUPPRESSED("kubelet.service") LINE("10:00:00", 7, "alpha happened"),
        .expected = "node01:\ntest/a root possible ongoing x1 {pid=7}\n",
    },
    {
        .name = "and as certain where they are those of another",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("fine", "all is well", "context") WITHOUT_FINE) },
        .input = SUPPRESSED("harbour-sensor.service") LINE("10:00:00", 7, "alpha happened"),
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
    },
    {
        .name = "a wrong finding on the same record is suppressed",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened",
                                                 "proof") "suppresses: [ { rule: test/b } ]"),
                   "test/b", RULE("b", "signals:\n" SIGNAL("one", "happened", "proof")) },
        .input = LINE("10:00:00", 7, "alpha happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n",
    },
    {
        .name = "and stands on records of its own",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened",
                                                 "proof") "suppresses: [ { rule: test/b } ]"),
                   "test/b", RULE("b", "signals:\n" SIGNAL("one", "happened", "proof")) },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "bravo happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/b root certain ongoing x1 {pid=7}\n",
    },
    {
        .name = "recovered, when it came back and stayed",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened",
                                                 "proof") "recovered_by: [test/up]"),
                   "test/up",
                   "title: up\nseverity: info\nsignals:\n" SIGNAL("up", "running well",
                                                                  "proof") "explain: Up.\n" },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:01:00", 7, "running well"),
        .expected = "node01:\ntest/up root certain ongoing x1 {pid=7}\n"
                    "test/a root certain recovered x1 {pid=7}\n",
    },
    {
        .name = "not recovered, when it failed again",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened",
                                                 "proof") "recovered_by: [test/up]"),
                   "test/up",
                   "title: up\nseverity: info\nsignals:\n" SIGNAL("up", "running well",
                                                                  "proof") "explain: Up.\n" },
        .input = LINE("10:00:00", 7, "running well") LINE("10:01:00", 7, "alpha happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=7}\n"
                    "test/up root certain ongoing x1 {pid=7}\n",
    },
    {
        .name = "runs by PID and by the lines of systemd; one differs",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL(
                                 "one", "alpha happened",
                                 "proof") "explains: [ { rule: test/gone, same: [host, run] } ]"),
                   "test/b",
                   RULE("b", "signals:\n" SIGNAL(
                                 "one", "bravo happened",
                                 "proof") "explains: [ { rule: test/gone, same: [host, run] } ]"),
                   "test/gone", ENDS },
        .input = LINE("10:00:00", 7, "bravo happened") SYSTEMD("10:00:01", "Main process exited, x")
            LINE("10:00:10", 8, "alpha happened") SYSTEMD("10:00:11", "Main process exited, x")
                LINE("10:00:20", 9, "alpha happened") SYSTEMD("10:00:21", "Main process exited, x"),
        .expected = "node01:\n"
                    "test/a root certain ongoing x2 {pid=9} "
                    "[3 runs ended, 2 with this cause; the first exception is run 1: b]\n"
                    "test/b root certain superseded x1 {pid=7} "
                    "[3 runs ended, 1 with this cause; the first exception is run 2: a]\n"
                    "test/gone consequence certain ongoing x3 {unit=kubelet.service} <- test/a\n",
    },
    {
        .name = "the log begins in the middle of a run that goes wrong",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")),
                   "test/gone", ENDS, "test/up", BEGINS },
        .input = LINE("10:00:00", 7, "alpha happened") SYSTEMD("10:00:01", "Main process exited, x")
            LINE("10:00:10", 8, "starting up") LINE("10:00:20", 8, "alpha happened"),
        .expected = "node01:\ntest/a root certain ongoing x2 {pid=8}\n"
                    "test/up root certain ongoing x1 {pid=8}\n"
                    "test/gone root certain ongoing x1 {unit=kubelet.service}\n",
        .notes = "rotated-start ",
    },
    {
        .name = "a log that never tells of starts is not blamed for it",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")),
                   "test/gone", ENDS, "test/up", BEGINS },
        .input = LINE("10:00:00", 7, "alpha happened") SYSTEMD("10:00:01", "Main process exited, x")
            LINE("10:00:20", 8, "alpha happened"),
        .expected = "node01:\ntest/a root certain ongoing x2 {pid=8}\n"
                    "test/gone root certain ongoing x1 {unit=kubelet.service}\n",
        .notes = "",
    },
    {
        .name = "a symptom that nothing explains is a root, behind all causes",
        .rules = { "test/gone", ENDS, "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")) },
        .input =
            SYSTEMD("10:00:01", "Main process exited, x") LINE("10:01:00", 8, "alpha happened"),
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=8}\n"
                    "test/gone root certain ongoing x1 {unit=kubelet.service}\n",
    },
    {
        .name = "state: unknown concludes nothing",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL(
                            "one", "alpha happened",
                            "sign") "state: { has_swap: { from: fstab, any: { fstype: swap } } }\n"
                                    "when: { all: [one, { none: [ { state: has_swap } ] } ] }") },
        .input = LINE("10:00:00", 7, "alpha happened"),
        .expected = "node01:\n",
    },
    {
        .name = "the reason is the part of the condition that holds",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                 SIGNAL("two", "bravo happened",
                                        "sign") "when: { any: [ { all: [one, two] }, { all: [ { "
                                                "count: { signal: one, at_least: 2, within: 90s } "
                                                "}, { none: [two] } ] } ] }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:05", 7, "alpha happened"),
        .expected = "node01:\ntest/a root likely ongoing x2 {pid=7}\n",
        .reasons =
            "signal `one` was found at least 2 times within 1 min 30 s, signal `two` was not "
            "found\n",
    },
    {
        .name = "what starts up is not the process that was asked to stop in the same second",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "proof")), "up",
                   BEGINS, "stopped", STOPS },
        .input = "Jun 02 10:00:00 node01 systemd[1]: Stopping kubelet.service...\n" LINE(
            "10:00:00", 8, "starting up") LINE("10:00:00", 8, "alpha happened"),
        .units = "running\n",
        .expected = "node01:\ntest/a root certain ongoing x1 {pid=8}\n",
    },
    {
        .name = "a moment that killed a unit is over when a later run goes on",
        .rules = { "test/a",
                   RULE("a",
                        "lasts: moment\nsignals:\n"
                        "  - { name: one, stream: kernel, pattern: 'killed one', role: proof }\n"
                        "explains: [ { rule: test/gone, within: 30s } ]"),
                   "test/gone", ENDS, "up", BEGINS },
        .input = LINE("10:00:00", 7, "starting up") "Jun 02 10:00:01 node01 kernel: killed "
                                                    "one\n" SYSTEMD("10:00:01",
                                                                    "Main process exited, "
                                                                    "code=killed, status=9/KILL")
                                                        LINE("10:00:05", 8, "starting up")
                                                            HEALTHY("10", "20") HEALTHY("10", "25"),
        .units = "running\n",
        .expected = "node01:\ntest/a root certain recovered x1 {}\n"
                    "test/gone consequence certain recovered x1 {unit=kubelet.service} "
                    "<- test/a\n",
    },
    {
        .name = "what raises it makes it likely at most without a proof",
        .rules = { "test/a", RULE("a", "signals:\n" SIGNAL("one", "alpha happened", "sign")
                                           SIGNAL("two", "bravo happened", "sign") SIGNAL(
                                               "three", "charlie happened",
                                               "sign") "confidence: { raised_by: [two, three] }") },
        .input = LINE("10:00:00", 7, "alpha happened") LINE("10:00:01", 7, "bravo happened")
            LINE("10:00:02", 7, "charlie happened"),
        .expected = "node01:\ntest/a root likely ongoing x2 {pid=7}\n",
    },
    {
        .name = "an unknown state is a reason to say so",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL(
                            "one", "alpha happened",
                            "sign") "state: { has_swap: { from: fstab, any: { fstype: swap } } }\n"
                                    "confidence: { raised_by: [has_swap] }") },
        .input = LINE("10:00:00", 7, "alpha happened"),
        .expected = "node01:\ntest/a root possible ongoing x1 {pid=7}\n",
        .reasons = "signs only, no proof\n"
                   "state `has_swap` is unknown, because `fstab` could not be read\n",
    },
    {
        .name = "state: false is known",
        .rules = { "test/a",
                   RULE("a",
                        "signals:\n" SIGNAL(
                            "one", "alpha happened",
                            "sign") "state: { has_swap: { from: fstab, any: { fstype: swap } } }\n"
                                    "when: { all: [one, { none: [ { state: has_swap } ] } ] }") },
        .state = { "fstab", "/dev/sda1 / ext4 defaults 0 1\n" },
        .input = LINE("10:00:00", 7, "alpha happened"),
        .expected = "node01:\ntest/a root likely ongoing x1 {pid=7}\n",
    },
    {
        .name = "two hosts are two nodes",
        .rules = { "test/a",
                   RULE("a", "signals:\n" SIGNAL("one", "alpha happened",
                                                 "proof") "explains: [ { rule: test/b } ]"),
                   "test/b", RULE("b", "signals:\n" SIGNAL("one", "bravo happened", "proof")) },
        .input = "Jun 02 10:00:00 east kubelet[1]: alpha happened\n"
                 "Jun 02 10:00:01 west kubelet[2]: bravo happened\n",
        .expected = "east:\ntest/a root certain ongoing x1 {}\n"
                    "west:\ntest/b root certain ongoing x1 {pid=2}\n",
    },
};

static struct rule_set *load(const struct row *row)
{
    struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    if (rule_set_add_builtin(set, &error) < 0) {
        fail_msg("built-in rules: %s", error.text);
    }
    for (size_t i = 0; i + 1 < N_ELEMENTS(row->rules) && row->rules[i]; i += 2) {
        if (rule_set_add_text(set, row->rules[i], row->rules[i], span_of(row->rules[i + 1]),
                              /* with_tests= */ false, &error) < 0) {
            fail_msg("%s: %s:%u:%u: %s", row->name, row->rules[i], error.line, error.column,
                     error.text);
        }
    }
    if (rule_set_finish(set, &error) < 0) {
        fail_msg("%s: %s: %s", row->name, error.path, error.text);
    }
    return set;
}

static void check_notes(const struct report *report, const char *expected)
{
    CLEANUP(buf_done_at) struct buf names = { 0 };

    buf_add_string(&names, "");
    for (size_t i = 0; i < report->n_blind_spots; i++) {
        if (report->blind_spots[i].kind != NOTE_YEAR_UNKNOWN) {
            buf_printf(&names, "%s ", note_kind_name(report->blind_spots[i].kind));
        }
    }
    assert_string_equal(names.data, expected);
}

static void check_reasons(const struct report *report, const char *expected)
{
    CLEANUP(buf_done_at) struct buf reasons = { 0 };

    for (const char *const *reason = report->nodes[0].findings[0].reasons; *reason; reason++) {
        buf_printf(&reasons, "%s\n", *reason);
    }
    assert_string_equal(reasons.data, expected);
}

static void check_units(const struct report *report, const char *expected)
{
    CLEANUP(buf_done_at) struct buf units = { 0 };

    for (size_t i = 0; i < report->nodes[0].n_units; i++) {
        buf_printf(&units, "%s\n", unit_state_name(report->nodes[0].units[i].state));
    }
    assert_string_equal(units.data, expected);
}

static void test_row(void **state)
{
    const struct row *row = *state;
    CLEANUP(rule_set_free_at) struct rule_set *set = load(row);
    struct pipeline_options options = { .rules = rule_set_rules(set), .fail_on = RULE_ERROR };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    CLEANUP(report_free_at) struct report *report = report_new();
    CLEANUP(buf_done_at) struct buf summary = { 0 };

    if (row->state[0]) {
        assert_true(pipeline_read_state(pipeline, row->state[0], span_of(row->state[1])));
    }
    pipeline_read_text(pipeline, "log", span_of(row->input));
    pipeline_finish(pipeline, report);
    summary_add(&summary, report, "test/");
    assert_string_equal(summary.data ? summary.data : "", row->expected);
    if (row->notes) {
        check_notes(report, row->notes);
    }
    if (row->reasons) {
        check_reasons(report, row->reasons);
    }
    if (row->units) {
        check_units(report, row->units);
    }
}

int main(void)
{
    struct CMUnitTest tests[N_ELEMENTS(rows)];

    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        tests[i] =
            (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
    }
    return _cmocka_run_group_tests("reason", tests, N_ELEMENTS(tests), NULL, NULL);
}
