#include "state/mount_row.h"

#include "state/rows.h"

static bool is_small_number(struct span word)
{
    uint64_t number;

    return span_empty(word) || (span_to_uint(word, &number) && number < 10);
}

static bool is_fstype(struct span word)
{
    size_t i;

    for (i = 0; i < word.size; i++) {
        char c = word.data[i];

        if (!((c >= 'a' && c <= 'z') || is_digit(c) || (i && c && strchr("._-,", c)))) {
            return false;
        }
    }
    return word.size > 0;
}

static bool is_mount(struct span word)
{
    return word.data[0] == '/' || span_is(word, "none") || span_is(word, "swap");
}

bool mount_row_split(struct span line, struct mount_row *ret)
{
    struct span words[7] = { { NULL, 0 } };
    size_t n = words_of(line, words, N_ELEMENTS(words));

    if (n < 3 || n > 6 || words[0].data[0] == '#') {
        return false;
    }
    *ret = (struct mount_row){ words[0], words[1], words[2], words[3], words[4], words[5] };
    return is_mount(ret->mount) && is_fstype(ret->fstype) && is_small_number(ret->dump) &&
           is_small_number(ret->pass);
}

bool mount_options_of_kernel(struct span options)
{
    struct span first;

    return span_cut(&options, ',', &first) && (span_is(first, "rw") || span_is(first, "ro"));
}

bool mount_row_of_kernel(const struct mount_row *row)
{
    return mount_options_of_kernel(row->options) && span_is(row->dump, "0") &&
           span_is(row->pass, "0");
}
