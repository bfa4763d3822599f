/* The texts that show a component. Words are found by their first two bytes: few lines have any of
 * them. */

#include "entry/marks.h"

#include "base/alloc.h"
#include "base/map.h"
#include "base/vec.h"

#include <stdlib.h>

enum {
    NOBODY = -1,
    N_PAIRS = 256 * 256,
    N_CHAINS = 256
};

struct word {
    struct span text; /* borrowed */
    int stream;
    size_t next; /* word of the same chain: its index + 1; 0: none */
};

struct marks {
    int numbers[STREAMS_MAX];     /* the values of `callers`: each is its index */
    struct map *callers;          /* to the number of the stream */
    VEC(struct word) words;       /* of two bytes and more */
    VEC(struct word) letters;     /* shorter ones */
    uint64_t pairs[N_PAIRS / 64]; /* a bit for each pair of bytes that a word begins with */
    size_t chains[N_CHAINS];      /* words by their pair: index + 1; 0: none */
};

static unsigned pair_at(const char *text)
{
    return (unsigned)(unsigned char)text[0] << 8 | (unsigned char)text[1];
}

static size_t chain_of(unsigned pair)
{
    return (pair >> 8 ^ pair * 7) % N_CHAINS;
}

static void add_word(struct marks *marks, int stream, struct span text)
{
    struct word word = { .text = text, .stream = stream };
    unsigned pair;

    if (text.size < 2) {
        vec_push(&marks->letters, word);
        return;
    }
    pair = pair_at(text.data);
    word.next = marks->chains[chain_of(pair)];
    vec_push(&marks->words, word);
    marks->chains[chain_of(pair)] = marks->words.n;
    marks->pairs[pair / 64] |= UINT64_C(1) << pair % 64;
}

static void add_caller(struct marks *marks, int stream, struct span file)
{
    void **number = map_at(marks->callers, file);

    if (!*number) {
        *number = &marks->numbers[stream];
    }
}

static void add_stream(struct marks *marks, int number, const struct stream *stream)
{
    marks->numbers[number] = number;
    for (const char *const *file = stream->callers; file && *file; file++) {
        add_caller(marks, number, span_of(*file));
    }
    for (const char *const *word = stream->words; word && *word; word++) {
        add_word(marks, number, span_of(*word));
    }
}

struct marks *marks_new(const struct streams *streams)
{
    struct marks *marks = ALLOC(struct marks);

    marks->callers = map_new();
    for (size_t i = 0; i < streams->n; i++) {
        add_stream(marks, (int)i, &streams->items[i]);
    }
    return marks;
}

void marks_free(struct marks *marks)
{
    if (!marks) {
        return;
    }
    map_free(marks->callers);
    vec_free(&marks->words);
    vec_free(&marks->letters);
    free(marks);
}

int marks_of_caller(const struct marks *marks, struct span file)
{
    const int *number = span_empty(file) ? NULL : map_find(marks->callers, file);

    return number ? *number : NOBODY;
}

static int first_of(int a, int b)
{
    return a == NOBODY || (b != NOBODY && b < a) ? b : a;
}

/* The first stream of a word that `text` begins with. */
static int find_here(const struct marks *marks, struct span text, unsigned pair)
{
    int found = NOBODY;

    for (size_t i = marks->chains[chain_of(pair)]; i > 0; i = marks->words.items[i - 1].next) {
        const struct word *word = &marks->words.items[i - 1];

        if (span_starts(text, word->text)) {
            found = first_of(found, word->stream);
        }
    }
    return found;
}

int marks_of_words(const struct marks *marks, struct span message)
{
    int found = NOBODY;

    for (size_t i = 0; i < marks->letters.n && !span_empty(message); i++) {
        if (span_find(message, marks->letters.items[i].text) >= 0) {
            found = first_of(found, marks->letters.items[i].stream);
        }
    }
    for (size_t at = 0; at + 1 < message.size; at++) {
        unsigned pair = pair_at(message.data + at);

        if (marks->pairs[pair / 64] >> pair % 64 & 1) {
            found = first_of(found, find_here(marks, span_skip(message, at), pair));
        }
    }
    return found;
}
