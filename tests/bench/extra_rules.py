"""Rules in addition to the shipped ones, to see how the program grows with their number: each has the shape of a shipped rule,
and like most rules on most days none of them matches."""
import os, random, shutil

VERBS = 'allocate attach bind decode encode expand export fetch fence flush handshake lease load lock map mount notify parse probe pull push recycle register renew replicate resize resolve restore rotate route sign snapshot stage sync trim unmount verify watch'.split()
NOUNS = 'adapter address agent annotation backend bridge broker bucket cache channel checkpoint claim codec collector controller credential cursor daemon dataset descriptor digest driver endpoint engine exporter fabric gateway handle index journal keyring layer ledger listener manifest mapper member metric mirror namespace overlay peer pipe plugin policy pool proxy queue quota region registry replica resolver ring schema segment session shard sidecar slot socket spool stream subnet table tenant ticket token tunnel vault volume worker zone'.split()
STATES = 'already revoked|broken pipe|checksum differs|exhausted after retries|gone away|held by another owner|lost quorum|malformed header|missing capability|never became ready|not in the index|out of order|rejected by the peer|stale generation|too far behind|too many in flight|unexpected version|unreachable for too long|unsigned|without a leader'.split('|')

RULE = """title: The {title} does not work
severity: error
signals:
  - name: failed
    stream: [kubelet, runtime]
    pattern: '{a}: (?<error>.*)|{b} (?<name>\\S+)'
    role: proof
  - name: retried
    stream: kubelet
    pattern: '"{c}" .*retries=(?<retries>\\d+)'
    role: sign
  - name: kernel
    stream: kernel
    pattern: '{d}(?: on (?<device>\\w+))?: {e}'
    role: proof
facts:
  retries: integer
explain: >
  The {title} of this node reported {{error}} after {{retries}} attempts.
remedies:
  - {{ kind: inspect, do: 'Look at the {title}', run: ['systemctl status {unit}'] }}
references: ['https://example.org/{unit}']
tests:
  - name: not tested
    input: |
      nothing
    expect_none: [{id}]
"""


def words(rng):
    return '%s %s %s' % (rng.choice(NOUNS), rng.choice(NOUNS), rng.choice(STATES))


def write(shipped, folder, n):
    """A copy of the shipped rules, with as many more as make `n`. Returns how many were shipped."""
    temporary = folder + '.new'
    shutil.rmtree(temporary, ignore_errors=True)
    shutil.copytree(shipped, temporary)
    files = [f for root, _, names in os.walk(shipped) for f in names if f.endswith('.yaml') and f not in ('streams.yaml', 'common.yaml')]
    os.makedirs(os.path.join(temporary, 'bench'))
    rng = random.Random(7)
    for i in range(len(files), n):
        title = '%s %s' % (rng.choice(NOUNS), rng.choice(NOUNS))
        name = '%s-%03d' % (title.replace(' ', '-'), i)
        text = RULE.format(title=title, id='bench/' + name, unit=name, a='could not %s %s' % (rng.choice(VERBS), words(rng)), b='%s: %s' % (rng.choice(NOUNS), words(rng)),
                           c='Unable to %s %s' % (rng.choice(VERBS), words(rng)), d='%s %s' % (rng.choice(NOUNS), rng.choice(VERBS)), e=words(rng))
        with open(os.path.join(temporary, 'bench', name + '.yaml'), 'w') as out:
            out.write(text)
    shutil.rmtree(folder, ignore_errors=True)
    os.rename(temporary, folder)
    return len(files)
