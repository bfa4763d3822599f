/* Compressed logs, layer by layer.
 *
 *   kubelet.log.2.gz: gzip, or what a pipe brings
 *
 * Each layer reads from the one below it; the lowest reads from the source. A layer that finds no
 * magic passes bytes on. */

#include "source/inflate.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "source/codec.h"
#include "source/read_ahead.h"

#include <errno.h>
#include <stdlib.h>

enum {
    BUFFER_BYTES = 64 * 1024,
    LAYERS_MAX = 3 /* compressed twice, and the content */
};

struct layer {
    const struct codec *codec; /* NULL: passes bytes through */
    void *state;
    bool fresh; /* between two members */
    bool ended;
    int failed;       /* why it stopped */
    struct span rest; /* of the buffer, not yet used */
    char buffer[BUFFER_BYTES];
};

struct inflate {
    int64_t (*read)(void *source, char *buffer, size_t size);
    void *source;
    const char *name;
    struct notes *notes;
    struct notes *later;              /* those of the thread, to be added to `notes`; owned */
    struct read_ahead *ahead;         /* the thread; NULL: none */
    bool has_ended;                   /* the thread, and its notes were added */
    struct layer *layers[LAYERS_MAX]; /* the lowest first */
    int n_layers;
    uint64_t bytes; /* bytes returned, if compressed */
};

struct inflate *inflate_new(int64_t (*read)(void *source, char *buffer, size_t size), void *source,
                            const char *name, struct notes *notes)
{
    struct inflate *inflate = ALLOC(struct inflate);

    inflate->read = read;
    inflate->source = source;
    inflate->name = name;
    inflate->notes = notes;
    return inflate;
}

void inflate_free(struct inflate *inflate)
{
    if (!inflate) {
        return;
    }
    read_ahead_free(inflate->ahead);
    notes_free(inflate->later);
    for (int i = 0; i < inflate->n_layers; i++) {
        struct layer *layer = inflate->layers[i];

        if (layer->codec) {
            layer->codec->close(layer->state);
        }
        free(layer);
    }
    free(inflate);
}

static int64_t read_layer(struct inflate *inflate, int depth, char *buffer, size_t size);

/* Where trouble is noted: the caller's notes are not for the thread. */
static struct notes *notes_of(const struct inflate *inflate)
{
    return inflate->later ? inflate->later : inflate->notes;
}

/* Reads from what is below the layer. */
static int64_t read_below(struct inflate *inflate, int depth, char *buffer, size_t size)
{
    return depth ? read_layer(inflate, depth - 1, buffer, size)
                 : inflate->read(inflate->source, buffer, size);
}

/* Reads more compressed bytes. 1, 0 at the end of the input, negative errno. */
static int fill(struct inflate *inflate, int depth)
{
    struct layer *layer = inflate->layers[depth];
    int64_t n = read_below(inflate, depth, layer->buffer, BUFFER_BYTES);

    if (n <= 0) {
        return (int)n;
    }
    layer->rest = (struct span){ layer->buffer, (size_t)n };
    return 1;
}

static int64_t pass_on(struct inflate *inflate, int depth, char *buffer, size_t size)
{
    struct layer *layer = inflate->layers[depth];
    struct span piece = span_head(layer->rest, size);

    if (!piece.size) {
        return read_below(inflate, depth, buffer, size);
    }
    memcpy(buffer, piece.data, piece.size);
    layer->rest = span_skip(layer->rest, piece.size);
    return (int64_t)piece.size;
}

/* Moves to the first byte of the next member, if any: gzip files can be concatenated, and blocks of
 * tapes and disks are padded with NULs. 1, 0 at the end, negative errno. */
static int next_member(struct inflate *inflate, int depth)
{
    struct layer *layer = inflate->layers[depth];
    int r;

    for (;;) {
        while (layer->rest.size && layer->rest.data[0] == '\0') {
            layer->rest = span_skip(layer->rest, 1);
        }
        if (layer->rest.size) {
            break;
        }
        r = fill(inflate, depth);
        if (r <= 0) {
            return r;
        }
    }
    if (!codec_goes_on(layer->codec, layer->rest.data[0])) {
        return 0;
    }
    layer->codec->close(layer->state);
    layer->state = layer->codec->open();
    layer->fresh = false;
    return layer->state ? 1 : -ENOMEM;
}

static int64_t end(struct inflate *inflate, struct layer *layer, int code)
{
    struct span name = span_of(inflate->name);

    layer->ended = true;
    if (code == -ENODATA) {
        notes_add(notes_of(inflate), NOTE_TRUNCATED, name, 0,
                  "the %s stream is truncated; the data before that was read", layer->codec->name);
    } else if (code == -ENOMEM) {
        notes_add(notes_of(inflate), NOTE_NOT_READ, name, 0,
                  "decompressing the %s stream requires more memory than allowed",
                  layer->codec->name);
    } else if (code < 0 && code != -EFBIG) { /* that is a limit below, which is noted there */
        notes_add(notes_of(inflate), NOTE_UNREADABLE, name, 0,
                  "the %s stream is damaged; the data before that was read", layer->codec->name);
    }
    return 0;
}

/* One step. 1 on progress, 0 at the end; -ENODATA: the stream is truncated. */
static int step(struct inflate *inflate, int depth, struct room *room)
{
    struct layer *layer = inflate->layers[depth];
    size_t before = layer->rest.size + room->size;
    int r;

    if (layer->fresh) {
        r = next_member(inflate, depth);
        if (r <= 0) {
            return r;
        }
    }
    r = layer->codec->step(layer->state, &layer->rest, room);
    layer->fresh = r > 0;
    if (r != 0 || layer->rest.size + room->size != before) {
        return r < 0 ? r : 1;
    }
    /* Only now: a decoder can still have had output. */
    if (layer->rest.size) {
        return -EBADMSG;
    }
    r = fill(inflate, depth);
    return r == 0 ? -ENODATA : r;
}

static int64_t uncompress(struct inflate *inflate, int depth, char *buffer, size_t size)
{
    struct layer *layer = inflate->layers[depth];
    struct room room = { buffer, size };

    while (room.size == size && !layer->ended) {
        int r = layer->failed ? layer->failed : step(inflate, depth, &room);

        if (r > 0) {
            continue;
        }
        if (room.size == size) {
            return end(inflate, layer, r);
        }
        layer->failed = r; /* its output first */
    }
    return (int64_t)(size - room.size);
}

static int64_t read_layer(struct inflate *inflate, int depth, char *buffer, size_t size)
{
    return inflate->layers[depth]->codec ? uncompress(inflate, depth, buffer, size)
                                         : pass_on(inflate, depth, buffer, size);
}

/* --- the layers --- */

/* Inspects the first bytes of the topmost layer. Waits for more only while they could be the start
 * of a magic: a pipe may be interactive. */
static int peek(struct inflate *inflate, int depth)
{
    struct layer *layer = inflate->layers[depth];
    size_t size = 0;

    do {
        int64_t n = read_below(inflate, depth, layer->buffer + size, BUFFER_BYTES - size);

        if (n < 0) {
            return (int)n;
        }
        if (n == 0) {
            break;
        }
        size += (size_t)n;
        layer->rest = (struct span){ layer->buffer, size };
    } while (codec_possible(layer->rest));
    layer->codec = codec_find(layer->rest);
    return 0;
}

static int add_layer(struct inflate *inflate)
{
    struct layer *layer = ALLOC(struct layer);
    int r;

    inflate->layers[inflate->n_layers++] = layer;
    r = peek(inflate, inflate->n_layers - 1);
    if (r < 0 || !layer->codec) {
        return r;
    }
    layer->state = layer->codec->open();
    return layer->state ? 1 : -ENOMEM;
}

/* The name of the archive format of the bytes, or NULL. POSIX ustar; .ZIP appnote 4.3.7. */
static const char *archive_name(struct span head)
{
    if (span_starts(span_skip(head, 257), SPAN("ustar"))) {
        return "tar";
    }
    return span_starts(head, SPAN("PK\x03\x04")) ? "zip" : NULL;
}

int inflate_open_any(struct inflate *inflate)
{
    int r;

    do {
        r = add_layer(inflate);
    } while (r > 0 && inflate->n_layers < LAYERS_MAX);
    return r < 0 ? r : 0;
}

/* OpenPGP, RFC 9580, section 5: a message begins with an encrypted session key, packet 1 or 3, in the old or the new
 * form of its head; then comes its version. */
static bool is_pgp(struct span head)
{
    unsigned tag, version;
    size_t at;

    if (head.size < 4) {
        return span_starts(head, SPAN("-----BEGIN PGP MESSAGE"));
    }
    tag = (unsigned char)head.data[0];
    at = tag == 0x85 || tag == 0x8d ? 3 : 2;
    version = (unsigned char)head.data[at];
    if (tag == 0x84 || tag == 0x85 || tag == 0xc1) {
        return version == 3 || version == 6;
    }
    if (tag == 0x8c || tag == 0x8d || tag == 0xc3) {
        return version >= 4 && version <= 6;
    }
    return span_starts(head, SPAN("-----BEGIN PGP MESSAGE"));
}

/* What decrypts the bytes, or NULL. age: https://age-encryption.org/v1 */
static const char *encryption_name(struct span head)
{
    if (span_starts(head, SPAN("age-encryption.org/v1")) ||
        span_starts(head, SPAN("-----BEGIN AGE ENCRYPTED FILE"))) {
        return "age";
    }
    if (span_starts(head, SPAN("Salted__"))) {
        return "openssl";
    }
    return is_pgp(head) ? "gpg" : NULL;
}

int inflate_open(struct inflate *inflate, struct error *reterr)
{
    const char *archive, *encryption;
    struct span head;
    int r = inflate_open_any(inflate);

    if (r < 0) {
        return r;
    }
    head = inflate->layers[inflate->n_layers - 1]->rest;
    encryption = encryption_name(head);
    if (encryption) {
        return error_set_at(reterr, -ENOTSUP, inflate->name, 0, 0,
                            "is encrypted; decrypt it with %s first", encryption);
    }
    archive = archive_name(head);
    if (archive) {
        return error_set_at(reterr, -ENOTSUP, inflate->name, 0, 0,
                            "is a %s archive; save it, and give the name of the file", archive);
    }
    return 0;
}

static int64_t read_limited(void *data, char *buffer, size_t size)
{
    struct inflate *inflate = data;
    int64_t n;

    if (inflate->bytes >= LIMIT_INFLATED_BYTES) {
        notes_add(notes_of(inflate), NOTE_NOT_READ, span_of(inflate->name), 0,
                  "only the first %lld GiB of the decompressed data were read",
                  LIMIT_INFLATED_BYTES >> 30);
        return 0;
    }
    n = read_layer(inflate, inflate->n_layers - 1, buffer, size);
    if (n > 0 && inflate_name(inflate)) {
        inflate->bytes += (uint64_t)n;
    }
    return n;
}

/* --- the thread --- */

bool inflate_start_thread(struct inflate *inflate)
{
    if (!inflate_name(inflate)) {
        return false;
    }
    inflate->later = notes_new();
    inflate->ahead = read_ahead_new(read_limited, inflate);
    if (!inflate->ahead) {
        notes_free(inflate->later);
        inflate->later = NULL;
    }
    return inflate->ahead != NULL;
}

/* The thread has ended. */
static void add_later(struct inflate *inflate)
{
    for (size_t i = 0; i < notes_count(inflate->later); i++) {
        const struct note *note = notes_get(inflate->later, i);

        notes_add(inflate->notes, note->kind, note->where, note->first_line, "%.*s",
                  (int)note->detail.size, note->detail.data);
    }
}

int64_t inflate_read(struct inflate *inflate, char *buffer, size_t size)
{
    int64_t n = inflate->ahead ? read_ahead_read(inflate->ahead, buffer, size)
                               : read_limited(inflate, buffer, size);

    if (n <= 0 && inflate->ahead && !inflate->has_ended) {
        inflate->has_ended = true;
        add_later(inflate);
    }
    return n;
}

const char *inflate_name(const struct inflate *inflate)
{
    const struct codec *codec = inflate->layers[0]->codec;

    return codec ? codec->name : NULL;
}

bool inflate_is_slow(const struct inflate *inflate)
{
    const struct codec *codec = inflate->layers[0]->codec;

    return codec && codec->is_slow;
}
