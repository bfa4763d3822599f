/* nodecause inputs [OPTION...] [FILE|DIR|-]...: what each input is taken for, and what is in it.
 *
 *   kubelet.log.1.gz
 *     format       journal-short (bid 52; klog 18, text 1)
 *     size         2310 bytes, 8 entries
 *     time         2019-04-07T22:06:29-07:00 to 2019-04-07T22:06:31-07:00 (year from file-time)
 *     hosts        kmaster135 8
 *
 * Files of support bundles are listed together (cli/bundle_list.h). */

#include "base/json.h"
#include "cli/bundle_list.h"
#include "cli/command.h"
#include "cli/input_options.h"
#include "cli/layout_options.h"
#include "cli/message.h"
#include "cli/output_option.h"
#include "cli/rule_options.h"
#include "cli/survey.h"
#include "cli/terminal.h"
#include "finding/report.h"
#include "input/inputs.h"
#include "render/report_json.h"
#include "source/journal_query.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

struct settings {
    struct input_options input;
    struct rule_options rules;
    const char *format, *layout;
    const char *output;
};

static const struct option_group groups[] = {
    { "Journal, as in journalctl", input_options, offsetof(struct settings, input) },
    { "Input", format_options, offsetof(struct settings, format) },
    { NULL, layout_options, offsetof(struct settings, layout) },
    { NULL, rule_options, offsetof(struct settings, rules) },
    { "Output", text_or_json_options, offsetof(struct settings, output) },
    { 0 },
};

enum {
    NAMES_SHOWN = 8
};

/* One run of the command. */
struct listing {
    json_t *json; /* the list of inputs, when JSON is wanted */
    struct bundle_list *bundles;
    struct notes *notes; /* of the bundles */
    size_t n, n_bad;
};

/* --- text --- */

static void print_bids(const struct survey *survey)
{
    printf("  format       %.*s", (int)survey->format.size, survey->format.data);
    for (size_t i = 0; i < survey->n_bids; i++) {
        printf("%s%s %d", i ? ", " : " (bids: ", survey->bids[i].format->name, survey->bids[i].bid);
    }
    printf("%s\n", survey->n_bids ? ")" : survey->n_rows ? " (state)" : "");
}

static void print_time(const struct survey *survey)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    survey_add_times(&survey->input, &line);
    if (line.size) {
        printf("  time         %s\n", line.data);
    }
}

static void print_names(const char *label, const struct map *tally)
{
    struct survey_name names[NAMES_SHOWN];
    size_t n = survey_top(tally, names, N_ELEMENTS(names));

    if (n == 0) {
        return;
    }
    printf("  %-12s ", label);
    for (size_t i = 0; i < n; i++) {
        printf("%s", i ? ", " : "");
        for (size_t k = 0; k < names[i].name.size; k++) { /* a log may hold anything */
            (void)putchar((unsigned char)names[i].name.data[k] < ' ' ? '?' : names[i].name.data[k]);
        }
        printf(" %" PRIu64, names[i].count);
    }
    if (map_size(tally) > n) {
        printf(", and %zu more", map_size(tally) - n);
    }
    printf("\n");
}

static void print_survey(const struct survey *survey)
{
    printf("%.*s\n", (int)survey->input.name.size, survey->input.name.data);
    if (!span_empty(survey->format)) {
        print_bids(survey);
    }
    if (survey->n_rows) {
        printf("  size         %" PRIu64 " bytes, %zu rows\n", survey->input.bytes, survey->n_rows);
    } else if (!span_empty(survey->format)) {
        printf("  size         %" PRIu64 " bytes, %" PRIu64 " entries%s\n", survey->input.bytes,
               survey->input.entries,
               survey->n_seen == SURVEY_ENTRIES ? "; names are of the first 65536" : "");
    }
    print_time(survey);
    print_names("hosts", survey->hosts);
    print_names("boots", survey->boots);
    print_names("units", survey->units);
    print_names("identifiers", survey->identifiers);
    print_names("components", survey->components);
    for (size_t i = 0; i < notes_count(survey->notes); i++) {
        const struct note *note = notes_get(survey->notes, i);

        printf("  blind spot   %.*s (%" PRIu64 ")\n", (int)note->detail.size, note->detail.data,
               note->count);
    }
    if (survey->input.error) {
        printf("  not read     %s\n", survey->input.error);
    }
}

/* --- JSON --- */

static json_t *text_or_null(struct span text)
{
    json_t *json = text.data ? json_stringn(text.data, text.size) : NULL;

    return json ? json : json_null(); /* only UTF-8 can be a JSON string */
}

static json_t *moment_json(const struct moment *moment)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    if (moment->time_us == TIME_UNKNOWN || !moment->year_known) {
        return json_null();
    }
    survey_add_moment(moment, &text);
    return json_string(text.data);
}

static json_t *names_json(const struct map *tally)
{
    json_t *array = json_array();
    struct survey_name names[NAMES_SHOWN];
    size_t n = survey_top(tally, names, N_ELEMENTS(names));

    for (size_t i = 0; i < n; i++) {
        (void)json_array_append_new(array,
                                    json_pack("{s:o, s:I}", "name", text_or_null(names[i].name),
                                              "count", (json_int_t)names[i].count));
    }
    return array;
}

static json_t *bids_json(const struct survey *survey)
{
    json_t *array = json_array();

    for (size_t i = 0; i < survey->n_bids; i++) {
        (void)json_array_append_new(array,
                                    json_pack("{s:s, s:i}", "format", survey->bids[i].format->name,
                                              "bid", survey->bids[i].bid));
    }
    return array;
}

static json_t *notes_json(const struct notes *notes)
{
    json_t *array = json_array();

    for (size_t i = 0; i < notes_count(notes); i++) {
        const struct note *note = notes_get(notes, i);

        (void)json_array_append_new(
            array, json_pack("{s:s, s:o, s:o, s:I}", "what", note_kind_name(note->kind), "where",
                             text_or_null(note->where), "detail", text_or_null(note->detail),
                             "count", (json_int_t)note->count));
    }
    return array;
}

/* `bundle`: its index, or null; taken over. */
static json_t *survey_json(const struct survey *survey, json_t *bundle)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
        "s:o}",
        "name", text_or_null(survey->input.name), "bundle", bundle, "format",
        text_or_null(survey->format), "bids", bids_json(survey), "bytes",
        (json_int_t)survey->input.bytes, "entries", (json_int_t)survey->input.entries,
        "entries_seen", (json_int_t)survey->n_seen, "rows", (json_int_t)survey->n_rows, "first",
        moment_json(&survey->input.first), "last", moment_json(&survey->input.last), "year_from",
        text_or_null(span_of(survey->input.year_from)), "hosts", names_json(survey->hosts), "boots",
        names_json(survey->boots), "units", names_json(survey->units), "identifiers",
        names_json(survey->identifiers), "components", names_json(survey->components),
        "blind_spots", notes_json(survey->notes), "error",
        text_or_null(span_of(survey->input.error)));
}

/* --- the command --- */

static json_t *bundle_index(const struct inputs *inputs, const struct report_bundle *bundle)
{
    for (size_t i = 0; bundle && i < inputs_n_parts(inputs); i++) {
        if (inputs_part(inputs, i) == bundle) {
            return json_integer((json_int_t)i);
        }
    }
    return json_null();
}

static void list_input(struct listing *listing, const struct inputs *inputs, struct input *input)
{
    struct survey survey;

    survey_make(input, &survey);
    if (listing->json) {
        (void)json_array_append_new(
            listing->json, survey_json(&survey, bundle_index(inputs, survey.input.bundle)));
    } else if (bundle_list_takes(&survey.input)) {
        bundle_list_add(listing->bundles, &survey);
    } else {
        print_survey(&survey);
    }
    listing->n++;
    listing->n_bad += survey.input.error != NULL;
    survey_done(&survey);
}

static void list_all(struct listing *listing, struct inputs *inputs,
                     const struct input_request *request)
{
    const char *path = !input_request_wants_journal(request) && terminal_has_input() ? "-" : NULL;
    struct input *input;

    if (request->paths.n) {
        inputs_add_paths(inputs, request->paths.items, request->paths.n, listing->notes);
    } else {
        inputs_add_paths(inputs, &path, 1, listing->notes);
    }
    while ((input = inputs_next(inputs))) {
        list_input(listing, inputs, input);
    }
}

static void print_notes(const struct notes *notes)
{
    for (size_t i = 0; i < notes_count(notes); i++) {
        const struct note *note = notes_get(notes, i);

        printf("blind spot     %.*s: %.*s\n", (int)note->where.size, note->where.data,
               (int)note->detail.size, note->detail.data);
    }
}

static void print_json(struct listing *listing, const struct inputs *inputs)
{
    CLEANUP(json_free_at) json_t *root = json_object();
    json_t *bundles = json_array();

    for (size_t i = 0; i < inputs_n_parts(inputs); i++) {
        (void)json_array_append_new(bundles, report_json_bundle(inputs_part(inputs, i)));
    }
    (void)json_object_set_new(root, "bundles", bundles);
    (void)json_object_set_new(root, "inputs", listing->json);
    (void)json_object_set_new(root, "blind_spots", notes_json(listing->notes));
    (void)json_dumpf(root, stdout, JSON_INDENT(2));
    printf("\n");
}

static int list(const struct settings *settings, const struct input_request *request,
                const struct streams *streams, const struct rule_search *search)
{
    struct journal_query query = journal_query_from(&request->journal);
    struct intake intake = { .query = &query, .streams = streams };
    CLEANUP(inputs_free_at) struct inputs *inputs = NULL;
    struct listing listing = { 0 };

    intake.format = settings->format ? format_find(span_of(settings->format)) : NULL;
    intake.search = search;
    intake.layout = settings->layout;
    inputs = inputs_new(&intake);
    listing.json = strcmp(settings->output, "json") == 0 ? json_array() : NULL;
    listing.bundles = bundle_list_new();
    listing.notes = notes_new();
    list_all(&listing, inputs, request);
    if (listing.json) {
        print_json(&listing, inputs);
    } else {
        bundle_list_print(listing.bundles);
        print_notes(listing.notes);
    }
    bundle_list_free(listing.bundles);
    notes_free(listing.notes);
    return listing.n_bad == 0 ? 0 : listing.n_bad == listing.n ? EXIT_INPUT : EXIT_PARTIAL;
}

static int run(const void *settings, const struct words *words)
{
    const struct settings *own = settings;
    CLEANUP(rule_set_free_at) struct rule_set *set = NULL;
    CLEANUP(input_request_done) struct input_request request;
    struct rule_search search;
    struct error error = { 0 };

    if (input_request_init(&own->input, words, &request, &error) < 0) {
        return message_usage("inputs", "%s", error.text);
    }
    if (rule_options_load(&own->rules, &set) < 0 ||
        layout_options_check(&own->rules, own->layout) < 0) {
        return EXIT_USAGE;
    }
    search = rule_options_search(&own->rules);
    return list(own, &request, &rule_set_rules(set)->streams, &search);
}

const struct command command_inputs = {
    .name = "inputs",
    .arguments = "[FILE|DIR|-|FIELD=VALUE...]",
    .summary = "shows the format and content of each input",
    .description =
        "Shows which format each input has, and which hosts, boots and units are in it; of a "
        "support bundle its kind, nodes and files, and what is not read.",
    .groups = groups,
    .settings_size = sizeof(struct settings),
    .defaults = &(const struct settings){ .output = "text" },
    .run = run,
};
