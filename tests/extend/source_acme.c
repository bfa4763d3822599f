/* A second source of records, after the journal, that only tests/extend/run.py adds: files that end
 * with `.acme`. A record is a line, and what the kubelet says; all of them are one batch.
 *
 *   acme gauge p1 burst */

#include "base/alloc.h"
#include "base/buf.h"
#include "source/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct source {
    char *name;
    struct buf text;
    uint64_t n_records;
    bool given;
};

static int bid(const struct source_request *request, struct span head)
{
    (void)head;
    return request->path && span_ends(span_of(request->path), SPAN(".acme")) ? SOURCE_SURE
                                                                             : SOURCE_NO;
}

static void acme_close(struct source *source)
{
    if (source) {
        buf_done(&source->text);
        free(source->name);
        free(source);
    }
}

static int acme_open(const struct source_request *request, struct source **ret,
                     struct error *reterr)
{
    FILE *file = fopen(request->path, "re");
    struct source *source;
    int c;

    if (!file) {
        return error_set(reterr, -errno, "cannot open %s", request->path);
    }
    source = ALLOC(struct source);
    source->name = alloc_string(request->path);
    while ((c = getc(file)) != EOF) {
        buf_add_byte(&source->text, (char)c);
        source->n_records += c == '\n';
    }
    (void)fclose(file);
    *ret = source;
    return 0;
}

/* A position is the offset of the first byte of a line. */
static position locate(void *owner, size_t offset)
{
    const struct source *source = owner;

    while (offset > 0 && source->text.data[offset - 1] != '\n') {
        offset--;
    }
    return (position)offset;
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    const struct source *source = owner;
    struct span rest = span_skip(buf_span(&source->text), (size_t)at);

    (void)arena;
    *ret = entry_empty();
    (void)span_cut(&rest, '\n', &ret->raw);
    ret->message = ret->raw;
    ret->identifier = SPAN("kubelet");
    ret->origin.offset = (uint64_t)at;
    return 1;
}

static int step(void *owner, position at, int direction, position *ret)
{
    const struct source *source = owner;
    struct span rest = span_skip(buf_span(&source->text), (size_t)at), line;

    if (direction < 0) {
        *ret = at > 0 ? locate(owner, (size_t)at - 1) : 0;
        return at > 0;
    }
    if (!span_cut(&rest, '\n', &line) || span_empty(rest)) {
        return 0;
    }
    *ret = at + (position)line.size + 1;
    return 1;
}

static int acme_next(struct source *source, struct batch *ret)
{
    if (source->given) {
        return 0;
    }
    source->given = true;
    *ret = (struct batch){
        .bytes = buf_span(&source->text),
        .n_records = source->n_records,
        .owner = source,
        .locate = locate,
        .decode = decode,
        .step = step,
    };
    return 1;
}

static void describe(const struct source *source, struct source_facts *ret)
{
    *ret = (struct source_facts){
        .name = source->name,
        .format = "acme-records",
        .bytes = source->text.size,
        .file_time_us = TIME_UNKNOWN,
        .first = MOMENT_UNKNOWN,
        .last = MOMENT_UNKNOWN,
    };
}

const struct source_type source_acme = {
    .name = "acme",
    .summary = "records of an imaginary vendor",
    .bid = bid,
    .open = acme_open,
    .next = acme_next,
    .describe = describe,
    .close = acme_close,
};
