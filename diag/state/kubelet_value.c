#include "state/kubelet_value.h"

#include "base/calendar.h"
#include "state/rows.h"

static bool is_number_with(struct span value, const char *suffix)
{
    double number;

    return span_ends(value, span_of(suffix)) &&
           amount_read(span_head(value, value.size - strlen(suffix)), 1, &number);
}

static bool is_binary_quantity(struct span value)
{
    return is_number_with(value, "Ki") || is_number_with(value, "Mi") ||
           is_number_with(value, "Gi") || is_number_with(value, "Ti");
}

/* `evictionHard.memory.available`, `kubeReserved.cpu`, and the flags `eviction-hard`,
 * `kube-reserved`; not `evictionSoftGracePeriod.memory.available` and
 * `evictionPressureTransitionPeriod`. */
static bool wants_quantity(struct span path)
{
    if (span_contains(path, "Period") || span_contains(path, "period")) {
        return false;
    }
    return span_contains(path, "eviction") || span_contains(path, "eserved");
}

enum fact_type kubelet_value_type(struct span path, struct span value)
{
    int64_t number;

    if (span_to_int(value, &number)) {
        return FACT_INTEGER;
    }
    if (is_number_with(value, "%")) {
        return FACT_PERCENT;
    }
    if (is_binary_quantity(value) ||
        (wants_quantity(path) && !span_empty(value) && is_digit(value.data[0]))) {
        return FACT_QUANTITY;
    }
    if (calendar_duration(value, &number)) {
        return FACT_DURATION;
    }
    return span_begins(value, "/") ? FACT_PATH : FACT_TEXT;
}
