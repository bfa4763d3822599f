/* Values of klog that span several records:
 *
 *   I0207 22:20:04.917220   12997 swap_util.go:115] "Swap is on" /proc/swaps contents=<
 *   	Filename				Type		Size		Used		Priority
 *   	/dev/sda5                               partition	998396		0		-1
 *    >
 *
 * and blocks of gRPC, whose last line contains the reason:
 *
 *   W0927 21:01:18.020243    8388 logging.go:59] [core] grpc: ... failed to connect to {
 *     "Addr": "",
 *   }. Err: connection error: desc = "transport: Error while dialing dial unix: missing address"
 */

#include "entry/multiline.h"

static bool opens_block(struct span record)
{
    return span_ends(record, SPAN(" {")) && multiline_starts_anew(record);
}

bool multiline_opens(struct span record)
{
    return span_ends(record, SPAN("=<")) || opens_block(record);
}

bool multiline_may_continue(struct span record)
{
    return record.size && record.data[0] && strchr("\t >}", record.data[0]);
}

bool multiline_ends(struct span opener, struct span record)
{
    return opens_block(opener) ? span_starts(record, SPAN("}")) : multiline_closes(record);
}

bool multiline_closes(struct span record)
{
    if (span_starts(record, SPAN(" "))) {
        record = span_skip(record, 1);
    }
    return span_is(record, ">") || span_starts(record, SPAN("> "));
}

bool multiline_starts_anew(struct span record)
{
    if (record.size < 6 || span_find_byte(SPAN("IWEF"), record.data[0]) < 0 ||
        record.data[5] != ' ') {
        return false;
    }
    for (size_t i = 1; i < 5; i++) {
        if (record.data[i] < '0' || record.data[i] > '9') {
            return false;
        }
    }
    return true;
}
