/* The lines that prove what a unit is at the end.
 *
 *   started     systemd[1]: Started kubelet: The Kubernetes Node Agent.
 *   own-line    kubelet[811]: ... "Successfully registered node"             its last line
 *   requested   sudo[4000]: alice : ... COMMAND=/usr/bin/systemctl stop kubelet
 *   stopped     systemd[1]: Stopping kubelet: The Kubernetes Node Agent...
 *   heard-of    Ready  True  ...  KubeletReady  kubelet is posting ready status
 *   exited      systemd[1]: kubelet.service: Main process exited, code=exited, status=1/FAILURE */

#include "verdict/unit_proof.h"

#include "base/arithmetic.h"
#include "verdict/requests.h"

enum {
    PROOFS_MAX = 5 /* one of each kind */
};

struct proofs {
    const struct judging *it;
    struct evidence items[PROOFS_MAX];
    uint32_t events[PROOFS_MAX];
    size_t n;
};

static struct span stream_of(const struct judging *it, const struct signal *signal)
{
    const struct streams *streams = &it->question->rules->streams;

    return signal->streams ? span_of(streams->items[LOWEST_BIT(signal->streams)].name)
                           : (struct span){ 0 };
}

static struct evidence evidence_of(const struct judging *it, const struct event *event,
                                   struct span kind)
{
    const struct signal *signal = event->seen->whole;
    struct arena *arena = it->report->arena;
    struct evidence evidence = {
        .when = event_moment(event),
        .stamp = arena_copy(arena, signal->stamp),
        .stream = arena_copy(arena, stream_of(it, signal)),
        .signal = kind,
        .origin = signal->origin,
        .unit = arena_copy(arena, signal->unit),
        .host = arena_copy(arena, signal->host),
        .pid = signal->pid,
        .message = arena_copy(arena, signal->message),
        .count = 1,
    };

    evidence.origin.cursor = arena_copy(arena, signal->origin.cursor);
    evidence.origin.member = arena_copy(arena, signal->origin.member);
    return evidence;
}

/* In the order in which they happened; a line proves one thing only. */
static void add(struct proofs *proofs, uint32_t event, struct span kind)
{
    size_t at = proofs->n;

    if (event == NO_EVENT || !judging_event(proofs->it, event)->seen->whole) {
        return;
    }
    for (size_t i = 0; i < proofs->n; i++) {
        if (event_same_record(judging_event(proofs->it, proofs->events[i]),
                              judging_event(proofs->it, event))) {
            return;
        }
    }
    while (at > 0 && proofs->events[at - 1] > event) {
        proofs->items[at] = proofs->items[at - 1];
        proofs->events[at] = proofs->events[at - 1];
        at--;
    }
    proofs->items[at] = evidence_of(proofs->it, judging_event(proofs->it, event), kind);
    proofs->events[at] = event;
    proofs->n++;
}

static uint32_t find_start(const struct judging *it, uint32_t run)
{
    const struct run *of = judging_run(it, run);

    for (uint32_t i = of->first; of->begun && i <= of->last; i++) {
        const struct event *event = judging_event(it, i);

        if (event->run == run && judging_signal(it, event)->run == RUN_BEGINS) {
            return i;
        }
    }
    return NO_EVENT;
}

static uint32_t find_last_own_line(const struct judging *it, uint32_t run)
{
    const struct run *of = judging_run(it, run);

    for (uint32_t i = of->last + 1; i > of->first; i--) {
        const struct event *event = judging_event(it, i - 1);

        if (event->run == run && (event->signal->streams & event->signal->unit_streams) &&
            event->seen->whole) {
            return i - 1;
        }
    }
    return NO_EVENT;
}

/* systemd's report of the exit, else the first report of the death. */
static uint32_t find_exit(const struct judging *it, uint32_t run)
{
    const struct run_end *end = &it->ends[run];

    for (size_t i = 0; i < end->n_reports; i++) {
        if (judging_signal(it, judging_event(it, end->reports[i]))->run == RUN_ENDS) {
            return end->reports[i];
        }
    }
    return end->at;
}

static void add_request(struct proofs *proofs, uint32_t stop, struct node_unit *unit)
{
    uint32_t request = requests_find(proofs->it, stop, unit->unit);

    if (request == NO_EVENT) {
        return;
    }
    add(proofs, request, SPAN("requested"));
    unit->stopped_by = requests_sentence(proofs->it, request);
    unit->with_node = requests_is_shutdown(proofs->it, request);
}

void unit_proof_fill(const struct judging *it, const struct unit_end *unit, struct node_unit *ret)
{
    struct proofs proofs = { .it = it };
    struct evidence *items;

    if (unit_end_is_down(unit) && unit->last_death != NO_RUN) {
        add(&proofs, find_exit(it, unit->last_death), SPAN("exited"));
    }
    if (unit->state == UNIT_STOPPED) {
        add_request(&proofs, judging_run(it, unit->last)->asked, ret);
        add(&proofs, judging_run(it, unit->last)->asked, SPAN("stopped"));
    }
    add(&proofs, unit->up, SPAN("heard-of"));
    add(&proofs, find_start(it, unit->last), SPAN("started"));
    add(&proofs, find_last_own_line(it, unit->last), SPAN("own-line"));
    items = ARENA_ARRAY(it->report->arena, struct evidence, proofs.n);
    if (proofs.n) {
        memcpy(items, proofs.items, proofs.n * sizeof(*items));
    }
    ret->evidence = items;
    ret->n_evidence = proofs.n;
}

static void set_only(const struct judging *it, struct evidence evidence, struct node_unit *ret)
{
    struct evidence *items = ARENA_ARRAY(it->report->arena, struct evidence, 1);

    items[0] = evidence;
    ret->evidence = items;
    ret->n_evidence = 1;
}

void unit_proof_add_listed(const struct judging *it, const struct listed_unit *listed,
                           struct node_unit *ret)
{
    set_only(it,
             (struct evidence){
                 .when = { .time_us = TIME_UNKNOWN, .monotonic_us = TIME_UNKNOWN },
                 .signal = SPAN("listed"),
                 .origin = { .input = listed->input, .line = listed->line_number },
                 .unit = listed->name,
                 .pid = -1,
                 .message = listed->line,
                 .count = 1,
             },
             ret);
}

void unit_proof_add_earlier(const struct judging *it, uint32_t event, struct node_unit *ret)
{
    if (judging_event(it, event)->seen->whole) {
        set_only(it, evidence_of(it, judging_event(it, event), SPAN("earlier-boot")), ret);
    }
}
