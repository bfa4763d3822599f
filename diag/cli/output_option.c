/* -o of commands that print text or JSON. */

#include "cli/output_option.h"

static const char *output_word(size_t i)
{
    static const char *const words[] = { "text", "json", NULL };

    return words[i];
}

const struct cli_option text_or_json_options[] = {
    { "output", 'o', "FORMAT", "format of the output", option_word, .offset = 0,
      .choice = output_word },
    { 0 },
};
