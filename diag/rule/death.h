#ifndef NODECAUSE_RULE_DEATH_H
#define NODECAUSE_RULE_DEATH_H

#include "rule/rule.h"
#include "signal/signal.h"

/* Does the signal report that a unit died? There are three ways:
 *
 *     F0407 22:06:29.503369 19593 server.go:262] failed to run Kubelet     the process reports it
 *     systemd[1]: kubelet.service: Main process exited, code=exited        the run ended
 *     systemd[1]: kubelet.service: Start request repeated too quickly.     something else reports a
 *                                                                          symptom of the unit
 *
 * A signal with the role context or against does not report a death. */
bool rule_reports_death(const struct rules *rules, const struct signal *signal);

/* Does the process itself report it? */
bool rule_reports_own_death(const struct rules *rules, const struct signal *signal);

#endif
