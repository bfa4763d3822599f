#ifndef NODECAUSE_FORMAT_DATES_H
#define NODECAUSE_FORMAT_DATES_H

#include "base/calendar.h"
#include "base/span.h"

#include <stdbool.h>

/* Cuts off *rest up to and with the next date that has a year from 2000 to 2099: `2019-08-20`,
 * `2019/08/20`, `04 Mar 2022`. Only year, month and day of *ret are set. False if none is left. */
bool dates_next(struct span *rest, struct civil *ret);

#endif
