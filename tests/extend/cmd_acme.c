/* A command with an option of its own that only tests/extend/run.py adds.
 *
 *   nodecause acme --loud WORD */

#include "cli/command.h"

#include <stdio.h>

struct acme {
    bool loud;
};

static const struct cli_option options[] = {
    { "loud", 'l', NULL, "prints capital letters", option_flag,
      .offset = offsetof(struct acme, loud) },
    { 0 },
};

static const struct option_group groups[] = {
    { "Acme", options, 0 },
    { 0 },
};

static int run(const void *settings, const struct words *words)
{
    const struct acme *acme = settings;

    printf("%s %zu\n", acme->loud ? "ACME" : "acme", words->n);
    return 0;
}

const struct command command_acme = {
    .name = "acme",
    .arguments = "[WORD...]",
    .summary = "a command of an imaginary vendor",
    .groups = groups,
    .settings_size = sizeof(struct acme),
    .run = run,
};
