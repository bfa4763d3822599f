/* Entries: the empty one, names of severities, and fields by name. */

#include "entry/entry.h"

#include "base/cleanup.h"

struct entry entry_empty(void)
{
    return (struct entry){
        .when = MOMENT_UNKNOWN,
        .pid = -1,
        .severity = SEVERITY_UNKNOWN,
        .klog = { .thread = -1, .line = -1 },
    };
}

static struct span number(int64_t value, struct arena *arena)
{
    if (value < 0) {
        return (struct span){ 0 };
    }
    return span_of(arena_printf(arena, "%lld", (long long)value));
}

/* The names that are members of struct entry. False for all others. */
static bool member(const struct entry *entry, struct span name, struct arena *arena,
                   struct span *ret)
{
    const struct {
        struct span name;
        struct span text;
    } texts[] = {
        { SPAN("message"), entry->message },
        { SPAN("unit"), entry->unit },
        { SPAN("identifier"), entry->identifier },
        { SPAN("host"), entry->host },
        { SPAN("transport"), entry->transport },
        { SPAN("klog.file"), entry->klog.file },
        { SPAN("klog.severity"), { &entry->klog.severity, entry->klog.severity ? 1 : 0 } },
    };
    const struct {
        struct span name;
        int64_t value;
    } numbers[] = {
        { SPAN("pid"), entry->pid },
        { SPAN("klog.line"), entry->klog.line },
        { SPAN("klog.thread"), entry->klog.thread },
    };

    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        if (span_equal(name, texts[i].name)) {
            *ret = texts[i].text;
            return true;
        }
    }
    for (size_t i = 0; i < N_ELEMENTS(numbers); i++) {
        if (span_equal(name, numbers[i].name)) {
            *ret = number(numbers[i].value, arena);
            return true;
        }
    }
    return false;
}

struct span entry_field(const struct entry *entry, struct span name, struct arena *arena)
{
    struct span value = { 0 };

    for (size_t i = entry->n_fields; i-- > 0;) {
        if (span_equal(entry->fields[i].name, name)) {
            return entry->fields[i].value;
        }
    }
    (void)member(entry, name, arena, &value);
    return value;
}

static const struct {
    const char *name, *keyword;
} severities[] = {
    [SEVERITY_EMERGENCY] = { "emergency", "emerg" },
    [SEVERITY_ALERT] = { "alert", "alert" },
    [SEVERITY_CRITICAL] = { "critical", "crit" },
    [SEVERITY_ERROR] = { "error", "err" },
    [SEVERITY_WARNING] = { "warning", "warn" },
    [SEVERITY_NOTICE] = { "notice", "notice" },
    [SEVERITY_INFO] = { "info", "info" },
    [SEVERITY_DEBUG] = { "debug", "debug" },
    [SEVERITY_UNKNOWN] = { "unknown", NULL },
};

const char *severity_name(enum severity severity)
{
    return severities[severity].name;
}

int severity_find(struct span keyword)
{
    for (int i = SEVERITY_EMERGENCY; i <= SEVERITY_DEBUG; i++) {
        if (span_is(keyword, severities[i].keyword)) {
            return i;
        }
    }
    return span_is(keyword, "warning") ? SEVERITY_WARNING : -1;
}
