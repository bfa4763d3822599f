#ifndef NODECAUSE_FORMAT_KUBERNETES_OBJECT_H
#define NODECAUSE_FORMAT_KUBERNETES_OBJECT_H

#include "base/json.h"
#include "format/format.h"

/* Fills the entry from a Kubernetes object, parsed from JSON or YAML: an Event of either API
 * (core/v1, events.k8s.io/v1), a Node (its conditions: the message has a line for each; condition,
 * status, reason and time are those of the first bad one; the status of each condition is a field
 * with its name, each address one named `address`), or a Pod (reason and message of its status). Objects of a typed list have no
 * kind, so they are recognised by their members. Texts are copied into the context's arena. 1:
 * done, 0: an object without content, or of another kind. */
int kubernetes_object_decode(const struct format_context *context, const json_t *object,
                             struct entry *ret);

#endif
