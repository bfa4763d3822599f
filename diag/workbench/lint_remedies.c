/* Commands that a careful engineer would not run, or that cannot work:
 *
 *   now: systemctl restart x      no-risk: what can go wrong is not said
 *   verify: systemctl start x     changing-question: inspect and verify change nothing
 *   kubectl delete pods -A        cluster-wide: it acts on other nodes
 *   journalctl --vacuum-size=1G   lost-journal: the evidence was not saved before
 *   journalctl -g oom             no-such-option: unknown before systemd 237
 *   kubectl get node {host}       host-name: the cluster has it in lower case
 *   crictl ps                     fixed-command: rke2 has it elsewhere, k0s not at all
 *   systemctl restart kubelet     unit-name: on k3s it is another unit */

#include "workbench/lint_remedies.h"

#include "base/pattern.h"

struct remedy_check {
    const char *code;
    const char *pattern; /* on all commands of a remedy, one a line; its match is the fault */
    const char *text;
};

/* Of `inspect` and `verify`. Redirections to /dev/null and of errors are harmless. */
static const struct remedy_check question_check = {
    "changing-question",
    "\\bsystemctl (?:[-\\w=]+ )*(?:start|stop|restart|reload|enable|disable|mask|unmask|kill|"
    "reboot|reset-failed|daemon-reload)\\b|"
    "\\bkubectl (?:\\S+ "
    ")*?(?:delete|drain|cordon|uncordon|edit|apply|patch|label|annotate|taint)\\b|"
    "\\b(?:rm|mv|cp|umount|swapoff|kill|reboot|mkdir|chmod|restorecon) |\\bsysctl -w|\\brmi\\b|"
    "--vacuum|\\betcdctl check\\b|(?<![0-9&])> *(?!/dev/null|&)/",
    "an 'inspect' or 'verify' must not change anything",
};

static const struct remedy_check checks[] = {
    { "cluster-wide", "(?m)^kubectl delete (?!.*spec\\.nodeName=).*(?: -A\\b| --all)",
      "it deletes on all nodes; add --field-selector=spec.nodeName={node}" },
    { "lost-journal", "(?s)^(?!.*journalctl[^\\n]* -o export.*--vacuum).*--vacuum",
      "save the journal before it is shortened: journalctl -o export" },
    { "no-such-option", "\\bjournalctl\\b[^|\\n]* (?:-A|-g|--grep)\\b",
      "journalctl has no option -A, and -g only since systemd 237; pipe its output to grep" },
    { "host-name", "\\bkubectl [^|\\n]*\\{host\\}",
      "the name of a node has no capital letters; write {node}" },
    { "fixed-command",
      "(?m)(?:^|[|;(] ?|\\btime |\\btimeout \\d+ )(?:kubeadm|crictl) |"
      "/var/lib/kubelet/config\\.yaml|/var/lib/kubelet/pki/kubelet-client-current|"
      "/etc/kubernetes/kubelet\\.conf",
      "it is not on every node; write {kubeadm}, {crictl}, {kubelet_config}, "
      "{kubelet_kubeconfig} or {client_certificate}" },
};

static bool is_question(const struct remedy *remedy)
{
    return remedy->kind == REMEDY_INSPECT || remedy->kind == REMEDY_VERIFY;
}

static void add_commands(struct buf *out, const struct remedy *remedy)
{
    for (const char *const *command = remedy->run; command && *command; command++) {
        buf_printf(out, "%s\n", *command);
    }
}

static void check_one(struct lint_list *list, const struct rule *rule, const struct yaml *run,
                      const struct remedy_check *check, struct span commands)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;

    if (pattern_compile(span_of(check->pattern), &pattern, NULL) >= 0 &&
        pattern_match(pattern, commands, 0) == 1) {
        lint_add(list, check->code, rule, run, "%s", check->text);
    }
}

/* The stream whose unit the word names, with or without .service; NULL. */
static const struct stream *named_stream(const struct streams *streams, struct span word)
{
    CLEANUP(buf_done_at) struct buf unit = { 0 };
    uint64_t set = streams_of_unit(streams, word);

    if (!set) {
        buf_printf(&unit, "%.*s.service", TEXT_OF(word));
        set = streams_of_unit(streams, buf_span(&unit));
    }
    for (size_t i = 0; set && i < streams->n; i++) {
        if (set >> i & 1) {
            return &streams->items[i];
        }
    }
    return NULL;
}

/* `systemctl restart kubelet`, `journalctl -u containerd`: the node may have another unit. */
static void check_units(struct lint_list *list, const struct rule *rule, const struct yaml *run,
                        const struct streams *streams, const char *command)
{
    struct span rest = span_of(command), word, before = { 0 };
    bool units = false;

    while (span_word(&rest, &word)) {
        const struct stream *stream =
            units || span_is(before, "-u") ? named_stream(streams, word) : NULL;

        if (stream && span_find_byte(word, '{') < 0) {
            lint_add(list, "unit-name", rule, run, "'%.*s' is not on every node; write {%s_unit}",
                     TEXT_OF(word), stream->name);
            return;
        }
        units = (units || span_is(word, "systemctl")) && !span_is(word, "|");
        before = word;
    }
}

static void check_remedy(struct lint_list *list, const struct rule *rule,
                         const struct remedy *remedy, const struct yaml *map,
                         const struct streams *streams)
{
    const struct yaml *run = yaml_get(map, "run");
    CLEANUP(buf_done_at) struct buf commands = { 0 };

    if (!run) {
        return;
    }
    add_commands(&commands, remedy);
    if (is_question(remedy)) {
        check_one(list, rule, run, &question_check, buf_span(&commands));
    } else if (!remedy->risk) {
        lint_add(list, "no-risk", rule, map, "it changes something; say its 'risk'");
    }
    for (size_t i = 0; i < N_ELEMENTS(checks); i++) {
        check_one(list, rule, run, &checks[i], buf_span(&commands));
    }
    for (const char *const *command = remedy->run; *command; command++) {
        check_units(list, rule, run, streams, *command);
    }
}

void lint_remedies(struct lint_list *list, const struct rule *rule, const struct streams *streams)
{
    const struct yaml *remedies = yaml_get(rule->tree, "remedies");
    const struct yaml *map = remedies ? remedies->first : NULL;

    for (size_t i = 0; map && i < rule->n_remedies; i++, map = map->next) {
        check_remedy(list, rule, &rule->remedies[i], map, streams);
    }
}
