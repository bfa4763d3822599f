/* The bytes as an archive of a stranger: its members are found, chosen and read. */

#define _GNU_SOURCE /* memfd_create */
#include "base/alloc.h"
#include "bundle/bundle.h"
#include "layout/load.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    READ_BYTES =
        4 * 1024 * 1024 /* of one input; a bomb is stopped by limits too large to wait for */
};

static struct layout_set *load_layouts(void)
{
    struct layout_set *set = layout_set_new();

    if (layout_set_add_builtin(set, NULL) < 0) {
        abort();
    }
    return set;
}

static int64_t read_file(struct bundle *bundle, size_t i, struct notes *notes, int64_t most)
{
    struct source_request request = { .bundle = bundle, .member = i, .notes = notes };
    char buffer[16 * 1024];
    struct source *source;
    int64_t sum = 0, n = 1;

    if (bundle_file(bundle, i).path || bundle_member.open(&request, &source, NULL) < 0) {
        return 0; /* a journal: it has a target of its own */
    }
    while (n > 0 && sum < most) {
        n = bundle_member.read(source, buffer, sizeof(buffer));
        sum += n > 0 ? n : 0;
    }
    bundle_member.close(source);
    return sum;
}

static void read_bundle(const char *path, const struct layouts *layouts)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(bundle_free_at) struct bundle *bundle = NULL;
    int64_t rest = READ_BYTES;

    if (!bundle_is_one(path) ||
        bundle_open(path, layouts, &(struct bundle_options){ .notes = notes }, &bundle, NULL) < 0) {
        return;
    }
    for (size_t i = 0; i < bundle_n_files(bundle) && rest > 0; i++) {
        rest -= read_file(bundle, i, notes, rest);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct layout_set *set;
    struct layouts layouts;
    int fd = memfd_create("bundle", MFD_CLOEXEC);
    char path[64];

    set = set ? set : load_layouts();
    layouts = layout_set_layouts(set);
    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (fd >= 0 && write(fd, data, size) == (ssize_t)size) {
        read_bundle(path, &layouts);
    }
    (void)close(fd);
    return 0;
}
