/* Which signals report that a unit died. */

#include "rule/death.h"

static const struct signal_rule *signal_rule_of(const struct rules *rules,
                                                const struct signal *signal)
{
    return &rules->items[signal->rule].signals[signal->signal];
}

/* Systemd or a controller, not the unit. */
static bool is_by_somebody_else(const struct signal *signal)
{
    return (signal->streams & signal->unit_streams) == 0;
}

bool rule_reports_death(const struct rules *rules, const struct signal *signal)
{
    const struct signal_rule *rule = signal_rule_of(rules, signal);

    if (signal->unit_streams == 0 || rule->role == ROLE_CONTEXT || rule->role == ROLE_AGAINST) {
        return false;
    }
    return rule->fatal || rule->run == RUN_ENDS ||
           (rules->items[signal->rule].symptom && is_by_somebody_else(signal));
}

bool rule_reports_own_death(const struct rules *rules, const struct signal *signal)
{
    return signal_rule_of(rules, signal)->fatal && rule_reports_death(rules, signal);
}
