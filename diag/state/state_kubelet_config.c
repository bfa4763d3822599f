/* The kubelet's configuration file: KubeletConfiguration, kubelet.config.k8s.io/v1beta1, in YAML or
 * JSON, also one of several documents (kubeadm), and as the kubelet's /configz gives it:
 * `{"kubeletconfig":{...}}`. Nested keys are joined by dots, items of lists by their number.
 *
 *   failSwapOn: false
 */

#include "base/limits.h"
#include "rule/yaml.h"
#include "state/host.h"
#include "state/host_tables.h"
#include "state/kubelet_value.h"
#include "state/rows.h"

/* Number of documents inspected in a file. */
enum {
    DOCUMENTS = 16
};

/* True if a line identifies it as such. A log that quotes one does not start like YAML. */
static bool names_kind(struct span text)
{
    struct span line;

    while (span_cut(&text, '\n', &line)) {
        line = span_trim(line);
        if (span_is(line, "kind: KubeletConfiguration") ||
            span_is(line, "kind: \"KubeletConfiguration\"") ||
            span_begins(line, "\"kind\": \"KubeletConfiguration\"") ||
            (span_begins(line, "{") && (span_contains(line, "\"kind\":\"KubeletConfiguration\"") ||
                                        span_contains(line, "\"kubeletconfig\":")))) {
            return true;
        }
    }
    return false;
}

static bool is_key(struct span line)
{
    ptrdiff_t colon = span_find_byte(line, ':');
    ptrdiff_t blank = span_find_byte(line, ' ');

    return colon > 0 && (blank < 0 || colon < blank) &&
           ((line.data[0] >= 'a' && line.data[0] <= 'z') ||
            (line.data[0] >= 'A' && line.data[0] <= 'Z'));
}

static bool begins_like_yaml(struct span text)
{
    struct span line;

    while (span_cut(&text, '\n', &line)) {
        if (span_empty(span_trim(line)) || line.data[0] == '#') {
            continue;
        }
        return line.data[0] == '{' || span_begins(line, "---") || is_key(line);
    }
    return false;
}

static int bid(struct span path, struct span head)
{
    (void)path;
    return begins_like_yaml(head) && names_kind(head) ? STATE_BID_SURE : STATE_BID_NO;
}

/* A document of the file, and the position reached in it. */
struct document {
    struct rows *rows;
    struct span text;
    uint64_t lines_before;
    struct span rest, line; /* `line` is the `number`-th, `rest` follows it */
    uint64_t number;
};

/* The line of a node. Nodes are in the order of the text, so one pass finds all lines. */
static struct span line_at(struct document *document, uint64_t number)
{
    while (document->number < number && span_cut(&document->rest, '\n', &document->line)) {
        document->number++;
    }
    return document->line;
}

static void add_text(struct document *document, struct span path, const struct yaml *node)
{
    struct rows *rows = document->rows;

    if (span_empty(node->text) || span_is(node->text, "null")) {
        return;
    }
    rows->number = document->lines_before + node->line;
    rows_add_setting(rows, line_at(document, node->line), path,
                     kubelet_value_type(path, node->text), node->text);
}

/* Depth is limited by yaml_parse(). */
static void add_node(struct document *document, struct span path, const struct yaml *node)
{
    const struct yaml *child;
    const char *dot = span_empty(path) ? "" : ".";
    unsigned i = 0;

    if (node->type == YAML_TEXT) {
        add_text(document, path, node);
    }
    for (child = node->first; child && !rows_full(document->rows); child = child->next, i++) {
        const char *below =
            node->type == YAML_LIST
                ? arena_printf(document->rows->arena, "%.*s%s%u", (int)path.size, path.data, dot, i)
                : arena_printf(document->rows->arena, "%.*s%s%.*s", (int)path.size, path.data, dot,
                               (int)child->key.size, child->key.data);

        add_node(document, span_of(below), child);
    }
}

static void read_document(struct document *document)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    const struct yaml *root;

    if (yaml_parse(document->rows->file, document->text, arena, &root, NULL) < 0) {
        document->rows->number = document->lines_before + 1;
        rows_bad(document->rows);
        return;
    }
    document->rest = document->text;
    document->number = 0;
    if (yaml_get(root, "kubeletconfig")) {
        root = yaml_get(root, "kubeletconfig");
    } else if (!span_is(yaml_text(root, "kind"), "KubeletConfiguration")) {
        return;
    }
    add_node(document, span_of(""), root);
}

/* Cuts the text before the next `---` off. */
static struct span cut_document(struct span *rest, uint64_t *lines)
{
    struct span document = { rest->data, 0 };
    struct span line;

    *lines = 0;
    while (span_cut(rest, '\n', &line)) {
        ++*lines;
        if (span_begins(line, "---")) {
            break;
        }
        document.size = (size_t)(line.data + line.size - document.data);
    }
    return document;
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct rows rows;
    struct document document = { .rows = &rows, .lines_before = text->line - 1 };
    unsigned n = 0;
    uint64_t lines;

    rows_init(&rows, text, arena, notes);
    while (!span_empty(rows.rest) && n < DOCUMENTS) {
        document.text = cut_document(&rows.rest, &lines);
        if (span_contains(document.text, "KubeletConfiguration") ||
            span_contains(document.text, "kubeletconfig")) {
            read_document(&document);
            n++;
        }
        document.lines_before += lines;
    }
    rows_finish(&rows, ret);
}

/* The file given by `--config`, from arguments, one per line; the empty span if not found. */
static struct span config_of_command(struct span words)
{
    struct span word;

    while (span_cut(&words, '\n', &word)) {
        if (span_begins(word, "--config=")) {
            return span_skip(word, strlen("--config="));
        }
        if (span_is(word, "--config")) {
            return span_cut(&words, '\n', &word) ? word : (struct span){ NULL, 0 };
        }
    }
    return (struct span){ NULL, 0 };
}

static void add_host(struct states *states, const char *root, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf command = { 0 };
    CLEANUP(buf_done_at) struct buf path = { 0 };

    (void)host_kubelet_command(root, &command);
    buf_add(&path, config_of_command(buf_span(&command)));
    states_add_host_file(states, "kubelet_config", root,
                         path.size ? path.data : "/var/lib/kubelet/config.yaml", notes);
}

const struct state_kind state_kubelet_config = {
    .name = "kubelet_config",
    .summary = "the kubelet's configuration file",
    .columns = "path value line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};
