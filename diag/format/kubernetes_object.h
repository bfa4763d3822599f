#ifndef NODECAUSE_FORMAT_KUBERNETES_OBJECT_H
#define NODECAUSE_FORMAT_KUBERNETES_OBJECT_H

#include "base/json.h"
#include "format/format.h"

/* Fills the entry from a Kubernetes object, which JSON and YAML both come as: an Event of either
 * API (core/v1, events.k8s.io/v1), a Node (its conditions: the message has a line for each,
 * condition, status, reason and time are those of the first that is bad, and each condition's
 * status is a field of its name), or a Pod (its status' reason and message). Objects of a typed
 * list carry no kind, so they are known by their shape. What is kept is copied into the context's
 * arena. 1: done, 0: an object that says nothing, or of another kind. */
int kubernetes_object_decode(const struct format_context *context, const json_t *object,
                             struct entry *ret);

#endif
