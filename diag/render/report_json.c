/* A report in JSON, schema 1, piece by piece. Specification: RFC 8259, RFC 3339.
 *
 *   {"schema": 1, "exit": {"code": 1, "reason": "findings"}, "inputs": [...], ...}
 *
 * All keys are always there; null means unknown. A time without a known year is null;
 * `stamp` is its text in the log. */

#include "render/report_json.h"

#include "finding/node_health.h"
#include "render/json_finding.h"

enum {
    SCHEMA = 1
};

static json_t *exit_object(const struct report *report)
{
    return json_pack("{s:i, s:o}", "code", (int)report->exit, "reason",
                     json_value_string_or_null(report->exit_reason));
}

static json_t *unread_array(const struct report_bundle *bundle)
{
    json_t *array = json_array();

    for (size_t i = 0; i < bundle->n_unread; i++) {
        const struct report_unread *unread = &bundle->unread[i];

        json_array_append_new(array, json_pack("{s:o, s:s, s:o, s:o}", "folder",
                                               json_value_text(unread->folder), "why", unread->why,
                                               "files", json_value_integer(unread->n), "bytes",
                                               json_value_integer(unread->bytes)));
    }
    return array;
}

json_t *report_json_bundle(const struct report_bundle *bundle)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "name", json_value_text(bundle->name),
                     "kind", json_value_string_or_null(bundle->kind), "root",
                     json_value_text(bundle->root), "node", json_value_text_or_null(bundle->node),
                     "files_not_read", json_value_integer(bundle->n_files_unread), "not_read",
                     unread_array(bundle));
}

static json_t *bundles_array(const struct report *report)
{
    json_t *array = json_array();

    for (size_t i = 0; i < report->n_bundles; i++) {
        json_array_append_new(array, report_json_bundle(&report->bundles[i]));
    }
    return array;
}

static json_t *input_object(const struct json_report *json, const struct report_input *input)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name", json_value_text(input->name),
        "bundle",
        input->bundle ? json_value_integer((uint64_t)(input->bundle - json->report->bundles))
                      : json_null(),
        "format", json_value_text_or_null(input->format), "bytes", json_value_integer(input->bytes),
        "entries", json_value_integer(input->entries), "first",
        json_value_moment(json, &input->first), "last", json_value_moment(json, &input->last),
        "year_from", json_value_string_or_null(input->year_from), "error",
        json_value_string_or_null(input->error));
}

static json_t *inputs_array(const struct json_report *json)
{
    json_t *array = json_array();

    for (size_t i = 0; i < json->report->n_inputs; i++) {
        json_array_append_new(array, input_object(json, &json->report->inputs[i]));
    }
    return array;
}

/* A bare number is a number, `9/KILL` a text. */
static json_t *exit_status(struct span status)
{
    int64_t value;

    return span_to_int(status, &value) ? json_integer(value) : json_value_text_or_null(status);
}

static json_t *unit_evidence(const struct json_report *json, const struct node_unit *unit)
{
    json_t *array = json_array();

    for (size_t i = 0; i < unit->n_evidence; i++) {
        json_array_append_new(array, json_evidence(json, &unit->evidence[i]));
    }
    return array;
}

static json_t *units_array(const struct json_report *json, const struct node *node)
{
    json_t *array = json_array();

    for (size_t i = 0; i < node->n_units; i++) {
        const struct node_unit *unit = &node->units[i];

        json_array_append_new(
            array, json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "unit",
                             json_value_text(unit->unit), "state", unit_state_name(unit->state),
                             "since", json_value_moment(json, &unit->since), "since_stamp",
                             json_value_text_or_null(unit->since_stamp), "exit_status",
                             exit_status(unit->exit_status), "runs", json_value_integer(unit->runs),
                             "deaths", json_value_integer(unit->deaths), "stopped_by",
                             json_value_string_or_null(unit->stopped_by), "evidence",
                             unit_evidence(json, unit)));
    }
    return array;
}

static json_t *nodes_array(const struct json_report *json)
{
    json_t *array = json_array();

    for (size_t i = 0; i < json->report->n_nodes; i++) {
        const struct node *node = &json->report->nodes[i];
        json_t *findings = json_array();

        for (size_t k = 0; k < node->n_findings; k++) {
            json_array_append_new(findings, json_finding(json, node, &node->findings[k]));
        }
        json_array_append_new(array,
                              json_pack("{s:o, s:s, s:o, s:o, s:o}", "host",
                                        json_value_text_or_null(node->host), "health",
                                        node_health_name(node_health_of(json->report, node)),
                                        "units", units_array(json, node), "boot",
                                        json_value_text_or_null(node->boot), "findings", findings));
    }
    return array;
}

/* Position and time of the message with the same index in `last_words`. */
static json_t *message_place(const struct json_report *json, const struct last_word *word)
{
    const struct origin *origin = &word->origin;

    return json_pack(
        "{s:o, s:o, s:i, s:o, s:o, s:o, s:o, s:o}", "time", json_value_moment(json, &word->when),
        "stamp", json_value_text_or_null(word->stamp), "input", (int)origin->input, "member",
        json_value_text_or_null(origin->member), "line",
        origin->line ? json_value_integer(origin->line) : json_null(), "offset",
        json_value_integer(origin->offset), "cursor", json_value_text_or_null(origin->cursor),
        "count", json_value_integer(word->count));
}

static json_t *unexplained_object(const struct json_report *json, const struct unexplained *unit)
{
    json_t *words = json_array(), *places = json_array();

    for (size_t i = 0; i < unit->n_last_words; i++) {
        json_array_append_new(words, json_value_text(unit->last_words[i].text));
        json_array_append_new(places, message_place(json, &unit->last_words[i]));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "host", json_value_text_or_null(unit->host),
                     "unit", json_value_text_or_null(unit->unit), "title",
                     json_value_string_or_null(unit->title), "exit_status",
                     exit_status(unit->exit_status), "last_words", words, "last_words_at", places);
}

static json_t *unexplained_array(const struct json_report *json)
{
    json_t *array = json_array();

    for (size_t i = 0; i < json->report->n_unexplained; i++) {
        json_array_append_new(array, unexplained_object(json, &json->report->unexplained[i]));
    }
    return array;
}

static json_t *blind_spots_array(const struct report *report)
{
    json_t *array = json_array();

    for (size_t i = 0; i < report->n_blind_spots; i++) {
        const struct note *note = &report->blind_spots[i];

        json_array_append_new(
            array, json_pack("{s:s, s:o, s:o, s:o, s:o}", "what", note_kind_name(note->kind),
                             "where", json_value_text_or_null(note->where), "count",
                             json_value_integer(note->count), "line",
                             note->first_line ? json_value_integer(note->first_line) : json_null(),
                             "detail", json_value_text_or_null(note->detail)));
    }
    return array;
}

static json_t *stats_object(const struct report *report)
{
    return json_pack("{s:f, s:o, s:o, s:o}", "seconds", report->stats.seconds, "bytes",
                     json_value_integer(report->stats.bytes), "entries",
                     json_value_integer(report->stats.entries), "rules",
                     json_value_integer(report->stats.rules));
}

static json_t *summary_object(const struct json_report *json)
{
    const struct report *report = json->report;
    json_t *verdict = json_pack(
        "{s:o, s:o, s:o}", "sentence", json_value_string_or_null(report->sentence), "root_causes",
        json_value_strings(report->root_causes), "before", json_value_strings(report->before));

    return json_pack("{s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", (int)SCHEMA,
                     "version", json_value_string_or_null(json->options->version), "exit",
                     exit_object(report), "verdict", verdict, "bundles", bundles_array(report),
                     "inputs", inputs_array(json), "unexplained", unexplained_array(json),
                     "blind_spots", blind_spots_array(report), "stats", stats_object(report));
}

json_t *report_json_summary(const struct report *report, const struct render_options *options)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct json_report json = { .report = report, .options = options, .arena = arena };

    return summary_object(&json);
}

json_t *report_json_finding(const struct report *report, const struct render_options *options,
                            const struct node *node, const struct finding *finding)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct json_report json = { .report = report, .options = options, .arena = arena };

    return json_finding(&json, node, finding);
}

json_t *report_json_nodes(const struct report *report, const struct render_options *options)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct json_report json = { .report = report, .options = options, .arena = arena };

    return nodes_array(&json);
}

json_t *report_json_text(struct span span)
{
    return json_value_text_or_null(span);
}

static int add_bytes(const char *bytes, size_t size, void *data)
{
    buf_add(data, (struct span){ bytes, size });
    return 0;
}

void report_json_add(struct buf *out, json_t *object, size_t flags)
{
    (void)json_dump_callback(object, add_bytes, out, flags | JSON_REAL_PRECISION(9));
    buf_add_byte(out, '\n');
    json_decref(object);
}
