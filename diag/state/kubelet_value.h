#ifndef NODECAUSE_STATE_KUBELET_VALUE_H
#define NODECAUSE_STATE_KUBELET_VALUE_H

#include "signal/fact.h"

/* The type of a kubelet setting, by its form: `10%`, `100Mi`, `4m0s`, `110`, `/etc/resolv.conf`.
 * Where Kubernetes requires a quantity (`systemReserved.cpu: 500m`) it is not a duration. */
enum fact_type kubelet_value_type(struct span path, struct span value);

#endif
