/* What is a secret, and what only looks like one. */

#include "finding/redact.h"
#include "finding/redactor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_redact(void **state)
{
    static const struct {
        const char *text, *expected; /* NULL: stays */
    } cases[] = {
        { "Authorization: Bearer abcdefgh12345678", "Authorization: Bearer [redacted]" },
        { "authorization: Basic dXNlcjpwYXNz", "authorization: Basic [redacted]" },
        { "got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl back", "got [redacted] back" },
        { "kubeadm join --token abcdef.0123456789abcdef --port 1",
          "kubeadm join --token [redacted] --port 1" },
        { "--bootstrap-token=abcdef.0123456789abcdef", "--bootstrap-token=[redacted]" },
        { "GET /?token=abc&x=1", "GET /?token=[redacted]&x=1" },
        { "dial postgres://admin:s3cret@db:5432/x", "dial postgres://admin:[redacted]@db:5432/x" },
        { "--db-password=\"s3cret\" rest", "--db-password=\"[redacted]\" rest" },
        { "aws_secret_access_key=abc/def+ghi", "aws_secret_access_key=[redacted]" },
        { "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
          "-----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY-----" },
        { "cut -----BEGIN PRIVATE KEY-----\nMII", "cut -----BEGIN PRIVATE KEY-----[redacted]" },
        { "two://a:b@h two://c:d@h", "two://a:[redacted]@h two://c:[redacted]@h" },

        { "", NULL },
        { "Couldn't get secret kube-system/token-x: secret \"token-x\" not found", NULL },
        { "Failed to fetch token: cannot use serviceaccount", NULL },
        { "FLAG: --token-auth-file=/etc/x --tls-private-key-file=/etc/y", NULL },
        { "https://10.0.0.1:6443/api/v1/nodes?x=a@b", NULL },
        { "the bearer of this", NULL },
    };
    CLEANUP(redactor_free_at) struct redactor *redactor = redactor_new();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct span text = span_of(cases[i].text);
        struct span after = redact(redactor, text, arena);

        if (cases[i].expected) {
            assert_string_equal(after.data, cases[i].expected);
        } else {
            assert_ptr_equal(after.data, text.data);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_redact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
