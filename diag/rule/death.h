#ifndef NODECAUSE_RULE_DEATH_H
#define NODECAUSE_RULE_DEATH_H

#include "rule/rule.h"
#include "signal/signal.h"

/* Does the signal report that a unit died? There are three ways:
 *
 *     F0407 22:06:29.503369 19593 server.go:262] failed to run Kubelet     its process says so
 *     systemd[1]: kubelet.service: Main process exited, code=exited        its run ended
 *     systemd[1]: kubelet.service: Start request repeated too quickly.     somebody else reports a
 *                                                                          symptom of the unit
 *
 * A signal that is only context or speaks against its rule reports none. */
bool rule_reports_death(const struct rules *rules, const struct signal *signal);

/* Does the process itself report it? */
bool rule_reports_own_death(const struct rules *rules, const struct signal *signal);

#endif
