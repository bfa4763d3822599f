#ifndef NODECAUSE_BUNDLE_SECTIONS_H
#define NODECAUSE_BUNDLE_SECTIONS_H

#include "base/span.h"
#include "layout/layout.h"

/* The sections of a file that holds the output of many commands, or many files.
 *
 * supportconfig:
 *   #==[ Command ]======================================#
 *   # /usr/bin/df -i                                         -> `df -i`
 *   ...
 *   #==[ Configuration File ]===========================#
 *   # /etc/fstab                                             -> `etc/fstab`
 *   ...
 * https://github.com/openSUSE/supportutils
 *
 * cluster-info-dump, of kubectl: JSON objects, and between them
 *   ==== START logs for container etcd of pod kube-system/etcd-n1 ====    -> `kube-system/etcd-n1/etcd`
 *   ...
 *   ==== END logs for container etcd of pod kube-system/etcd-n1 ====      -> `objects/2`
 * https://github.com/kubernetes/kubectl */

struct file_section {
    struct span title; /* as a path; valid during the visit */
    uint64_t offset;   /* of its first byte after the heading */
    uint64_t size;     /* bytes */
    uint64_t line;     /* number of its first line in the file, from 1 */
};

/* Visits the sections that are not empty, from first to last. `read` is like read(2). False: the file does not begin
 * as files of this form do, and only its first bytes were read. */
bool sections_list(enum section_form form, int64_t (*read)(void *source, char *buffer, size_t size),
                   void *source, void (*visit)(void *data, const struct file_section *section),
                   void *data);

#endif
