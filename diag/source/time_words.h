#ifndef NODECAUSE_SOURCE_TIME_WORDS_H
#define NODECAUSE_SOURCE_TIME_WORDS_H

#include "base/error.h"

#include <stdint.h>

/* Parses the argument of -S and -U, with the meaning of systemd.time(7): `now`, `today`,
 * `yesterday`, `tomorrow`, `-2h`, `+1h`, `2 hours ago`, `1h left`, `@1700000000`, `10:00`,
 * `2026-11-20`, `2026-11-20 10:00`, `Fri 2026-11-20 10:00:00.5`, each except the relative ones also
 * with ` UTC`; and RFC 3339. Without a zone it is local time. `now_us` is the time that relative
 * times refer to. Returns UTC microseconds. -EINVAL with a message. */
int time_words_parse(const char *words, int64_t now_us, int64_t *ret_us, struct error *reterr);

#endif
