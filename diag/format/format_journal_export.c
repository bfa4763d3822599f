/* The journal's export format: journalctl -o export, systemd-journal-remote, journal gateway.
 * https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-export-format
 *
 * A record is a list of fields up to an empty line. A field is a line FIELD=VALUE, or, when the
 * value is not clean text, a line FIELD, the size as 64 bits little endian, the value, and a
 * newline:
 *
 *   __REALTIME_TIMESTAMP=1717343964360912
 *   _HOSTNAME=node01
 *   SYSLOG_IDENTIFIER=kubelet
 *   MESSAGE=E0602 15:59:24.360483   18726 kubelet.go:1530] "Failed to start cAdvisor" err="..."
 */

#include "format/format.h"

#include "base/limits.h"
#include "entry/journal_fields.h"

#include <errno.h>

static uint64_t little_endian_64(const char *bytes)
{
    uint64_t value = 0;

    for (int i = 7; i >= 0; i--) {
        value = value << 8 | (unsigned char)bytes[i];
    }
    return value;
}

/* The value after the line FIELD: 1, 0 if more bytes are required, -EBADMSG if it cannot exist. A
 * size beyond the limit is treated as invalid; otherwise one flipped bit would swallow the rest of
 * the input. */
static int cut_binary(struct span *rest, struct span *ret_value)
{
    uint64_t size;

    if (rest->size < 8) {
        return 0;
    }
    size = little_endian_64(rest->data);
    if (size > LIMIT_RECORD_BYTES) {
        return -EBADMSG;
    }
    if (rest->size - 8 <= size) {
        return 0;
    }
    if (rest->data[8 + size] != '\n') {
        return -EBADMSG;
    }
    *ret_value = (struct span){ rest->data + 8, (size_t)size };
    *rest = span_skip(*rest, 8 + (size_t)size + 1);
    return 1;
}

/* Cuts one field off `*rest`. 1: done, the name is empty at the empty line that ends the record; 0:
 * more bytes are required; -EBADMSG: not a field, the line was skipped. */
static int cut_field(struct span *rest, struct field *ret)
{
    ptrdiff_t end = span_find_byte(*rest, '\n');
    struct span line, behind;
    ptrdiff_t equals;
    int r;

    if (end < 0) {
        return 0;
    }
    line = span_head(*rest, (size_t)end);
    behind = span_skip(*rest, (size_t)end + 1);
    equals = span_find_byte(line, '=');
    *ret = (struct field){ line, { 0 } };
    if (equals >= 0) {
        *ret =
            (struct field){ span_head(line, (size_t)equals), span_skip(line, (size_t)equals + 1) };
    }
    if (!span_empty(line) && !journal_field_name_valid(ret->name)) {
        *rest = behind;
        return -EBADMSG;
    }
    r = span_empty(line) || equals >= 0 ? 1 : cut_binary(&behind, &ret->value);
    if (r != 0) {
        *rest = behind;
    }
    return r;
}

static size_t frame(struct span rest, bool at_end)
{
    struct span left = rest;
    struct field field;
    int r;

    do {
        r = cut_field(&left, &field);
    } while (r < 0 || (r > 0 && !span_empty(field.name)));
    if (r == 0) {
        return at_end ? rest.size : 0;
    }
    return rest.size - left.size;
}

static bool begins(struct span line)
{
    return span_starts(line, SPAN("__CURSOR=")) || span_starts(line, SPAN("__REALTIME_TIMESTAMP="));
}

static int bid(struct span head)
{
    struct span line;
    int sum = 0;

    while (span_cut(&head, '\n', &line)) {
        if (begins(line)) {
            return BID_SURE;
        }
        if (span_starts(line, SPAN("MESSAGE=")) || span_starts(line, SPAN("_BOOT_ID="))) {
            sum = BID_GOOD;
        }
    }
    return sum;
}

/* The last field can be truncated at the end of the input; what remains of its line is used. */
static void add_cut_field(struct journal_fields *fields, struct span line, struct entry *ret)
{
    ptrdiff_t equals = span_find_byte(line, '=');
    struct span name = span_head(line, equals < 0 ? 0 : (size_t)equals);

    if (span_empty(line)) {
        return;
    }
    ret->cut = true;
    if (journal_field_name_valid(name)) {
        journal_fields_add(fields, name, span_skip(line, name.size + 1));
    }
}

static int decode(const struct format_context *context, struct span record, struct entry *ret)
{
    struct journal_fields fields = { .arena = context->arena };
    struct span rest = record;
    struct field field;
    bool bad = false;
    int r;

    while ((r = cut_field(&rest, &field)) != 0) {
        if (r < 0) {
            bad = true;
        } else if (!span_empty(field.name)) {
            journal_fields_add(&fields, field.name, field.value);
        }
    }
    add_cut_field(&fields, rest, ret);
    if (fields.n == 0) {
        return bad || ret->cut ? -EBADMSG : 0;
    }
    journal_fields_fill(&fields, ret);
    ret->cut = ret->cut || bad;
    return 1;
}

const struct format format_journal_export = {
    .name = "journal-export",
    .summary = "journalctl -o export",
    .spec = "https://systemd.io/JOURNAL_EXPORT_FORMATS/",
    .binary = true,
    .bid = bid,
    .frame = frame,
    .decode = decode,
};
