#ifndef NODECAUSE_BUNDLE_CRASH_H
#define NODECAUSE_BUNDLE_CRASH_H

#include "bundle/tree.h"

/* Records of a crash: the last lines of the kernel log of a boot, which firmware (pstore) or a second kernel (kdump) kept.
 * One crash may have several, pstore numbers the parts of it:
 *
 *   dmesg-efi_pstore-171820003001001    Panic#1 Part1    its last lines
 *   dmesg-efi_pstore-171820003002001    Panic#1 Part2    the lines before them
 * https://docs.kernel.org/admin-guide/abi-testing.html#abi-sys-fs-pstore */

/* The last seconds since the boot in the text, or those of the parts of the same crash, microseconds; TIME_UNKNOWN: there
 * are none. */
int64_t crash_last_us(struct tree *tree, const struct tree_member *member);

#endif
