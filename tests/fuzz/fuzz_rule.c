/* Any bytes as a rule file, and as streams.yaml when they begin with '#'. Whatever is taken is
 * resolved, too, and its literals were derived on the way. */

#include "rule/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    struct span text = { (const char *)data, size };
    struct error error = { 0 };
    const char *id = size && data[0] == '#' ? "streams.yaml" : "a/b";

    if (rule_set_add_text(set, "streams.yaml", "streams.yaml",
                          SPAN("kubelet: { anonymous: true }\nkernel: { transports: [kernel] }\n"),
                          true, NULL) < 0) {
        __builtin_trap();
    }
    if (rule_set_add_text(set, id, "a/b.yaml", text, true, &error) >= 0) {
        (void)rule_set_finish(set, &error);
    }
    return 0;
}
