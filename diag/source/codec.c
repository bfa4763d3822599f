/* gzip, xz, zstd, bzip2 and lz4, each through its own library; RFC 1952, RFC 8878, and
 * https://tukaani.org/xz/xz-file-format.txt,
 * https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 *
 *   1f 8b 08 00 ...     (kubelet.log.1.gz)
 *
 * Not through libarchive: what comes out before a stream breaks off is often a node's last words,
 * and its filters lose up to 64 KiB of that; nor do they bound what a hostile xz header asks for.
 */

#include "source/codec.h"

#include "base/alloc.h"
#include "base/cleanup.h"

#include <bzlib.h>
#include <errno.h>
#include <isa-l/igzip_lib.h>
#include <limits.h>
#include <lz4frame.h>
#include <lzma.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
    MEMORY_BYTES = 160 * 1024 * 1024, /* xz -9 requires 65 MiB, zstd --ultra 128 MiB */
    SKIPPABLE_HEAD_BYTES = 8,         /* magic and size */
};

/* Advances both buffers by the amounts that a library used and produced. */
static void advance(struct span *in, size_t n_in, struct room *out, size_t n_out)
{
    *in = span_skip(*in, n_in);
    out->data += n_out;
    out->size -= n_out;
}

static unsigned at_most_uint(size_t n)
{
    return n < UINT_MAX ? (unsigned)n : UINT_MAX;
}

/* --- gzip: by ISA-L, whose inflate takes a third of the time of zlib's --- */

static void *gzip_open(void)
{
    struct inflate_state *state = ALLOC(struct inflate_state);

    isal_inflate_init(state);
    state->crc_flag = ISAL_GZIP; /* reads the header, and checks the trailer */
    return state;
}

static int gzip_step(void *data, struct span *in, struct room *out)
{
    struct inflate_state *state = data;
    unsigned n_in = at_most_uint(in->size), n_out = at_most_uint(out->size);
    int r;

    state->next_in = (uint8_t *)in->data; /* not modified */
    state->avail_in = n_in;
    state->next_out = (uint8_t *)out->data;
    state->avail_out = n_out;
    r = isal_inflate(state);
    advance(in, n_in - state->avail_in, out, n_out - state->avail_out);
    if (r < 0) {
        return -EBADMSG;
    }
    return state->block_state == ISAL_BLOCK_FINISH;
}

static void gzip_close(void *state)
{
    free(state);
}

/* --- xz --- */

static void *xz_open(void)
{
    lzma_stream *stream = ALLOC(lzma_stream);

    *stream = (lzma_stream)LZMA_STREAM_INIT;
    if (lzma_stream_decoder(stream, MEMORY_BYTES, /* flags= */ 0) == LZMA_OK) {
        return stream;
    }
    free(stream);
    return NULL;
}

static int xz_step(void *state, struct span *in, struct room *out)
{
    lzma_stream *stream = state;
    lzma_ret r;

    stream->next_in = (const uint8_t *)in->data;
    stream->avail_in = in->size;
    stream->next_out = (uint8_t *)out->data;
    stream->avail_out = out->size;
    r = lzma_code(stream, LZMA_RUN);
    advance(in, in->size - stream->avail_in, out, out->size - stream->avail_out);
    if (r == LZMA_STREAM_END) {
        return 1;
    }
    if (r == LZMA_OK || r == LZMA_BUF_ERROR) {
        return 0;
    }
    return r == LZMA_MEM_ERROR || r == LZMA_MEMLIMIT_ERROR ? -ENOMEM : -EBADMSG;
}

static void xz_close(void *state)
{
    if (state) {
        lzma_end(state);
    }
    free(state);
}

/* --- zstd, whose decoder rejects windows of more than 128 MiB --- */

static void *zstd_open(void)
{
    return ZSTD_createDStream();
}

static int zstd_step(void *state, struct span *in, struct room *out)
{
    ZSTD_inBuffer from = { .src = in->data, .size = in->size };
    ZSTD_outBuffer to = { .dst = out->data, .size = out->size };
    size_t r = ZSTD_decompressStream(state, &to, &from);

    advance(in, from.pos, out, to.pos);
    if (!ZSTD_isError(r)) {
        return r == 0;
    }
    return ZSTD_getErrorCode(r) == ZSTD_error_frameParameter_windowTooLarge ? -ENOMEM : -EBADMSG;
}

static void zstd_close(void *state)
{
    (void)ZSTD_freeDStream(state);
}

/* --- bzip2 --- */

static void *bzip2_open(void)
{
    bz_stream *stream = ALLOC(bz_stream);

    if (BZ2_bzDecompressInit(stream, /* verbosity= */ 0, /* small= */ 0) == BZ_OK) {
        return stream;
    }
    free(stream);
    return NULL;
}

static int bzip2_step(void *state, struct span *in, struct room *out)
{
    bz_stream *stream = state;
    unsigned n_in = at_most_uint(in->size), n_out = at_most_uint(out->size);
    int r;

    stream->next_in = (char *)in->data; /* not modified */
    stream->avail_in = n_in;
    stream->next_out = out->data;
    stream->avail_out = n_out;
    r = BZ2_bzDecompress(stream);
    advance(in, n_in - stream->avail_in, out, n_out - stream->avail_out);
    if (r == BZ_STREAM_END) {
        return 1;
    }
    return r == BZ_OK ? 0 : r == BZ_MEM_ERROR ? -ENOMEM : -EBADMSG;
}

static void bzip2_close(void *state)
{
    if (state) {
        (void)BZ2_bzDecompressEnd(state);
    }
    free(state);
}

/* --- lz4 --- */

static void *lz4_open(void)
{
    LZ4F_dctx *context;

    return LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)) ? NULL : context;
}

static int lz4_step(void *state, struct span *in, struct room *out)
{
    size_t n_in = in->size, n_out = out->size;
    size_t r = LZ4F_decompress(state, out->data, &n_out, in->data, &n_in, NULL);

    if (LZ4F_isError(r)) {
        return -EBADMSG;
    }
    advance(in, n_in, out, n_out);
    return r == 0;
}

static void lz4_close(void *state)
{
    (void)LZ4F_freeDecompressionContext(state);
}

/* --- the table --- */

#define MAGIC(bytes)                                                                               \
    {                                                                                              \
        bytes, sizeof(bytes) - 1                                                                   \
    }

static const struct codec codecs[] = {
    { "gzip", MAGIC("\x1f\x8b\x08"), false, false, gzip_open, gzip_step, gzip_close },
    { "xz",
      MAGIC("\xfd"
            "7zXZ\0"),
      false, true, xz_open, xz_step, xz_close },
    { "zstd", MAGIC("\x28\xb5\x2f\xfd"), true, false, zstd_open, zstd_step, zstd_close },
    { "bzip2", MAGIC("BZh"), false, true, bzip2_open, bzip2_step, bzip2_close },
    { "lz4", MAGIC("\x04\x22\x4d\x18"), true, false, lz4_open, lz4_step, lz4_close },
};

/* RFC 8878, 3.1.2, and the same of lz4; pzstd writes one before each frame. */
static bool is_skippable(struct span head)
{
    return head.size >= SKIPPABLE_HEAD_BYTES && ((unsigned char)head.data[0] & 0xf0) == 0x50 &&
           span_starts(span_skip(head, 1), SPAN("\x2a\x4d\x18"));
}

static struct span skip_frame(struct span head)
{
    const unsigned char *size = (const unsigned char *)head.data + 4;

    return span_skip(head, SKIPPABLE_HEAD_BYTES + ((size_t)size[0] | (size_t)size[1] << 8 |
                                                   (size_t)size[2] << 16 | (size_t)size[3] << 24));
}

static const struct codec *find_magic(struct span head)
{
    for (size_t i = 0; i < N_ELEMENTS(codecs); i++) {
        if (span_starts(head, codecs[i].magic)) {
            return &codecs[i];
        }
    }
    return NULL;
}

/* What is longer than the bytes is most likely zstd's. */
const struct codec *codec_find(struct span head)
{
    const struct codec *found;
    bool skipped = false;

    while (is_skippable(head)) {
        head = skip_frame(head);
        skipped = true;
    }
    found = find_magic(head);
    if (skipped && (!found || !found->skips)) {
        return find_magic(SPAN("\x28\xb5\x2f\xfd"));
    }
    return found;
}

bool codec_goes_on(const struct codec *codec, char first)
{
    return first == codec->magic.data[0] || (codec->skips && ((unsigned char)first & 0xf0) == 0x50);
}

/* Fewer bytes than the head of a frame has. */
static bool may_be_skippable(struct span head)
{
    return head.size > 0 && head.size < SKIPPABLE_HEAD_BYTES &&
           ((unsigned char)head.data[0] & 0xf0) == 0x50 &&
           memcmp(head.data + 1, "\x2a\x4d\x18", head.size > 3 ? 3 : head.size - 1) == 0;
}

bool codec_possible(struct span head)
{
    while (is_skippable(head)) {
        head = skip_frame(head);
    }
    if (may_be_skippable(head)) {
        return true;
    }
    for (size_t i = 0; i < N_ELEMENTS(codecs); i++) {
        if (span_starts(codecs[i].magic, head)) {
            return true;
        }
    }
    return false;
}
