"""Measures nodecause beside its peers, on the same data in the same run: one warm-up and at least five counted runs of each
in turns, medians, ratios, and the peak of anonymous memory. docs/performance.md says more. Exits 1 when a goal is missed."""
import argparse, json, os, sys

import data, machine, measure, page
from rows import Rows

MEMORY_MIB = 64  # the goal of every row


def judge_peer(mine, peer, theirs, clock):
    ratio = mine[clock] / max(theirs[clock], 1e-6)
    return {'what': peer.name, 'wall': theirs['wall'], 'cpu': theirs['cpu'], 'ratio': ratio, 'at_most': peer.at_most,
            'met': peer.at_most is None or ratio <= peer.at_most}


def refuses(peer, result):
    return peer.command.stages[0][0] in ('grep', 'rg') and result['code'] == 2


def measure_row(row, work, options):
    """One row as a map, which is also what --json writes."""
    peers = [peer for peer in work.peers if not peer.missing()]
    skipped = ['%s: no %s here' % (peer.name, peer.missing()) for peer in work.peers if peer.missing()]
    mine, *theirs = measure.alternate([work.command] + [peer.command for peer in peers], options.runs)
    if not 0 <= mine['code'] <= 5 or mine['code'] in (2, 3):
        raise SystemExit('bench: %s: nodecause exits %d' % (row.name, mine['code']))
    skipped += [peer.name + ': it refuses the patterns' for peer, result in zip(peers, theirs) if refuses(peer, result)]
    memory = measure.peak_mib(work.command, runs=5 if mine['wall'] < 0.1 else 1)
    rate = work.lines / mine[options.clock] if work.lines else None
    result = {'name': row.name, 'what': row.what, 'wall': mine['wall'], 'cpu': mine['cpu'], 'lines': work.lines, 'bytes': work.size, 'lines_per_second': rate, 'anonymous_mib': memory,
              'peers': [judge_peer(mine, p, t, options.clock) for p, t in zip(peers, theirs) if not refuses(p, t)], 'skipped': skipped,
              'goal_seconds': row.seconds, 'goal_lines_per_second': row.lines_per_second}
    result['met'] = bool((not row.seconds or mine[options.clock] <= row.seconds) and (not row.lines_per_second or rate >= row.lines_per_second)
                         and memory <= MEMORY_MIB and all(peer['met'] for peer in result['peers']))
    return result


def show(row):
    if 'skipped_row' in row:
        print('%-24s skipped: %s' % (row['name'], row['skipped_row']))
        return
    goal = page.own_goal(row)
    print('%-24s %s  cpu %s %12s %8.1f MiB  %s%s' % (row['name'], page.seconds(row['wall']), page.seconds(row['cpu']), page.rate(row), row['anonymous_mib'], goal and 'goal ' + goal + '  ',
                                                '' if row['met'] else 'MISSED'))
    for peer in row['peers']:
        print('%-24s %s  cpu %s   x %.2f%s  %s' % ('', page.seconds(peer['wall']), page.seconds(peer['cpu']), peer['ratio'], page.peer_goal(peer), peer['what']))
    for text in row['skipped']:
        print('%-24s skipped: %s' % ('', text))


def arguments():
    parser = argparse.ArgumentParser(prog='./dev bench', description=__doc__)
    parser.add_argument('--size', type=int, default=256, metavar='MIB', help='size of the largest text log (256)')
    parser.add_argument('--entries', type=int, default=300000, metavar='N', help='entries of the journal (300,000)')
    parser.add_argument('--runs', type=int, default=5, metavar='N', help='counted runs of each (5)')
    parser.add_argument('--json', metavar='FILE', help='also write the results there')
    parser.add_argument('--write-docs', action='store_true', help='also write the table and plot of docs/performance.md')
    parser.add_argument('--from-json', metavar='FILE', help='measure nothing: use the results of this file for --write-docs')
    parser.add_argument('--only', default='', metavar='ROW,...', help='only these rows; a row begins with the name')
    parser.add_argument('--list', action='store_true', help='list the rows')
    parser.add_argument('--clock', choices=('wall', 'cpu'), default='wall', help='what ratios are made of; cpu on a busy machine')
    parser.add_argument('--program', default='build/nodecause')
    return parser.parse_args()


def chosen(rows, only):
    """Unknown names are an error, so that a wrong one does not measure nothing."""
    names = [name for name in only.split(',') if name]
    for name in names:
        if not any(row.name.startswith(name) for row in rows):
            raise SystemExit('bench: no row begins with "%s"; the rows: %s' % (name, ' '.join(row.name for row in rows)))
    return [row for row in rows if not names or any(row.name.startswith(name) for name in names)]


def measure_all(options):
    program = os.path.abspath(options.program)
    made = data.Data(os.path.dirname(program), options.size, options.entries)
    results = []
    for row in chosen(Rows(program, made).all(), options.only):
        work = row.prepare()
        results.append({'name': row.name, 'what': row.what, 'skipped_row': work} if isinstance(work, str) else measure_row(row, work, options))
        show(results[-1])
        sys.stdout.flush()
    return {'machine': machine.describe(program), 'size_mib': options.size, 'entries': options.entries, 'runs': options.runs, 'clock': options.clock, 'rows': results}


def main():
    options = arguments()
    if options.list:
        for row in Rows('', None).all():
            print('%-24s %s' % (row.name, row.what))
        return 0
    if options.from_json:
        with open(options.from_json) as source:
            results = json.load(source)
    else:
        results = measure_all(options)
    if options.json:
        with open(options.json, 'w') as out:
            json.dump(results, out, indent=1)
    if options.write_docs:
        page.write(results, os.path.join(data.SOURCE, 'docs'))
    missed = [row['name'] for row in results['rows'] if not row.get('met', True)]
    print('goals missed: ' + ' '.join(missed) if missed else 'all goals are met')
    return 1 if missed else 0


sys.exit(main())
