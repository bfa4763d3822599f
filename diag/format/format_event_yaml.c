/* Kubernetes objects as YAML: kubectl get events|nodes|pods -o yaml, and lists of them.
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 *
 *   items:
 *   - apiVersion: v1
 *     involvedObject: {kind: Node, name: node01}
 *     reason: SystemOOM
 *
 * A record is one item of a list, or one document; the lines before and after the items of a list
 * are records without content. */

#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "format/format.h"
#include "format/frame.h"
#include "format/kubernetes_object.h"

#include <errno.h>
#include <libfyaml.h>

/* --- Framing: by indent, since kubectl writes block style ------------------------------------- */

static size_t indent_of(struct span line)
{
    size_t n = 0;

    while (n < line.size && line.data[n] == ' ') {
        n++;
    }
    return n;
}

static bool is_item(struct span line)
{
    return span_starts(span_skip(line, indent_of(line)), SPAN("- "));
}

/* True if the record that `first` started ends before this line. */
static bool ends_before(struct span first, struct span line)
{
    if (span_starts(line, SPAN("---"))) {
        return true;
    }
    if (span_empty(span_trim(line))) {
        return false;
    }
    return is_item(first) && indent_of(line) <= indent_of(first);
}

/* The start of a list ends after `items:`; a document separator is a record of its own. */
static bool ends_behind(struct span line)
{
    return span_starts(line, SPAN("items:\n")) || span_starts(line, SPAN("---"));
}

static size_t frame(struct span rest, bool at_end)
{
    size_t size = frame_line(rest, at_end);
    struct span first = span_head(rest, size), line = first;

    while (size && !ends_behind(line)) {
        struct span left = span_skip(rest, size);
        size_t more = frame_line(left, at_end);

        if (more == 0) {
            return at_end ? size : 0;
        }
        line = span_head(left, more);
        if (ends_before(first, line)) {
            return size;
        }
        size += more;
    }
    return size;
}

/* --- Reading -----------------------------------------------------------------------------------
 */

static json_t *convert(struct fy_node *node, unsigned depth);

/* Plain `null` is empty, everything else is text: numbers are used as text anyway. */
static json_t *convert_scalar(struct fy_node *node)
{
    size_t size;
    const char *text = fy_node_get_scalar(node, &size);

    if (!text || fy_node_is_alias(node) ||
        (fy_node_get_style(node) == FYNS_PLAIN && span_is((struct span){ text, size }, "null"))) {
        return json_null();
    }
    return json_stringn(text, size);
}

static json_t *convert_sequence(struct fy_node *node, unsigned depth)
{
    json_t *array = json_array();
    struct fy_node *item;
    void *at = NULL;

    while ((item = fy_node_sequence_iterate(node, &at))) {
        (void)json_array_append_new(array, convert(item, depth + 1));
    }
    return array;
}

static json_t *convert_mapping(struct fy_node *node, unsigned depth)
{
    json_t *object = json_object();
    struct fy_node_pair *pair;
    void *at = NULL;

    while ((pair = fy_node_mapping_iterate(node, &at))) {
        size_t size = 0;
        const char *key = fy_node_get_scalar(fy_node_pair_key(pair), &size);
        char name[256];

        if (!key || size >= sizeof(name)) {
            continue;
        }
        memcpy(name, key, size);
        name[size] = '\0';
        (void)json_object_set_new(object, name, convert(fy_node_pair_value(pair), depth + 1));
    }
    return object;
}

static json_t *convert(struct fy_node *node, unsigned depth)
{
    if (!node || depth > LIMIT_YAML_DEPTH) {
        return json_null();
    }
    if (fy_node_is_mapping(node)) {
        return convert_mapping(node, depth);
    }
    if (fy_node_is_sequence(node)) {
        return convert_sequence(node, depth);
    }
    return convert_scalar(node);
}

static void destroy_at(struct fy_document **document)
{
    fy_document_destroy(*document);
}

static void forget_at(struct fy_diag **diag)
{
    fy_diag_reset_error(*diag); /* not freed by fy_diag_unref() */
    fy_diag_unref(*diag);
}

/* libfyaml prints its messages unless they are redirected. */
static struct fy_diag *new_diag(void)
{
    struct fy_diag_cfg config;

    fy_diag_cfg_default(&config);
    config.fp = NULL;
    return fy_diag_create(&config);
}

/* The first item if it is a list, as for a record with a leading `- `. Aliases are not followed, so
 * that the document cannot be larger than its text. */
static json_t *read_yaml(struct span text)
{
    CLEANUP(forget_at) struct fy_diag *diag = new_diag();
    const struct fy_parse_cfg config = { .flags = FYPCF_QUIET, .diag = diag };
    CLEANUP(destroy_at)
    struct fy_document *document = fy_document_build_from_string(&config, text.data, text.size);
    struct fy_node *root = document ? fy_document_root(document) : NULL;

    if (root && fy_node_is_sequence(root)) {
        root = fy_node_sequence_get_by_index(root, 0);
    }
    return root && fy_node_is_mapping(root) ? convert(root, 0) : NULL;
}

static int bid(struct span head)
{
    struct span line;
    int best = BID_NO;

    while (span_cut(&head, '\n', &line)) {
        struct span text = span_trim(line);

        if (span_starts(text, SPAN("- "))) {
            text = span_skip(text, 2);
        }
        if (span_is(text, "involvedObject:") || span_is(text, "regarding:") ||
            span_starts(text, SPAN("lastHeartbeatTime: "))) { /* a node without its kind */
            return BID_SURE;
        }
        if (span_is(text, "kind: Node") || span_is(text, "kind: Pod") ||
            span_is(text, "kind: Event")) {
            best = BID_GOOD;
        }
    }
    return best;
}

/* Only records that can be such an object are passed to the YAML parser. */
static bool may_say_something(struct span record)
{
    return span_find(record, SPAN("involvedObject:")) >= 0 ||
           span_find(record, SPAN("regarding:")) >= 0 || span_find(record, SPAN("status:")) >= 0;
}

/* libfyaml 0.7 hangs on a directive (`%YAML`) with invalid UTF-8. kubectl writes neither. */
static bool is_harmless(struct span record)
{
    return utf8_valid(record) && !span_starts(record, SPAN("%")) &&
           span_find(record, SPAN("\n%")) < 0;
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    CLEANUP(json_free_at) json_t *object = NULL;

    if (span_empty(span_trim(record))) {
        return 0;
    }
    if (span_find_byte(record, ':') < 0 && !span_starts(record, SPAN("---"))) {
        return -EBADMSG;
    }
    if (!may_say_something(record)) {
        return span_starts(record, SPAN("---")) || span_starts(record, SPAN("apiVersion:")) ||
                       span_starts(record, SPAN("kind:"))
                   ? 0
                   : -EBADMSG;
    }
    object = is_harmless(record) ? read_yaml(record) : NULL;
    return object ? kubernetes_object_decode(context, object, ret) : -EBADMSG;
}

const struct format format_event_yaml = {
    .name = "event-yaml",
    .summary = "kubectl get events|nodes|pods -o yaml",
    .spec = "https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/",
    .bid = bid,
    .frame = frame,
    .decode = decode,
};
