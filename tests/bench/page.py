"""The results as texts: the table of docs/performance.md, between its two marks, and docs/performance.svg."""
import os
from xml.sax.saxutils import escape

BEGIN, END = '<!-- measured: begin -->', '<!-- measured: end -->'


def seconds(value):
    return '%7.1f ms' % (value * 1000) if value < 1 else '%7.2f s ' % value


def rate(row):
    """MiB/s of large logs, entries or lines a second of others; nothing for ten lines."""
    if not row['lines_per_second'] or row['lines'] < 1000:
        return ''
    if row['goal_lines_per_second'] or not row['bytes']:
        return '%d,%03d/s' % divmod(row['lines_per_second'], 1000)
    return '%.0f MiB/s' % (row['lines_per_second'] / row['lines'] * row['bytes'] / (1 << 20))


def own_goal(row):
    if row['goal_seconds']:
        return '<= %g ms' % (row['goal_seconds'] * 1000)
    if row['goal_lines_per_second']:
        return '>= %d,%03d lines/s' % divmod(row['goal_lines_per_second'], 1000)
    return ''


def peer_goal(peer):
    if peer['at_most'] is None:
        return ''
    return ' (goal <= %.2f, %s)' % (peer['at_most'], 'met' if peer['met'] else 'MISSED')


def own_cell(row):
    goal = own_goal(row)
    return (goal + ', ' if goal else '') + 'met' if row['met'] else (goal + ', ' if goal else '') + '**missed**'


def table(results):
    clock = results['clock']
    lines = ['| work | time | rate | anonymous memory | goals | peers: their time, and the program\'s divided by it |', '| --- | --- | --- | --- | --- | --- |']
    for row in results['rows']:
        if 'skipped_row' in row:
            lines.append('| %s | skipped: %s | | | | |' % (row['what'], row['skipped_row']))
            continue
        peers = ['`%s` %s, %.2f%s' % (p['what'], seconds(p[clock]).strip(), p['ratio'], peer_goal(p)) for p in row['peers']] + ['skipped: ' + text for text in row['skipped']]
        lines.append('| %s | %s | %s | %.1f MiB | %s | %s |' % (row['what'], seconds(row[clock]).strip(), rate(row).strip(), row['anonymous_mib'], own_cell(row), '; '.join(peers)))
    return lines


def introduction(results):
    machine = results['machine']
    return ['%s, %d cores, %s of memory, Linux %s, %s; nodecause %s, %s.' % (
        machine['processor'], machine['cores'], machine['memory'], machine['kernel'], machine['distribution'], machine['nodecause'],
        ', '.join('%s %s' % item for item in sorted(machine['versions'].items()))), '',
        'Text logs of %d MiB at most, a journal of %d,%03d entries, medians of %d runs, ratios of %s time.' % (
        results['size_mib'], *divmod(results['entries'], 1000), results['runs'], {'wall': 'wall', 'cpu': 'processor'}[results['clock']]), '']


# --- the plot: for each row the program's bar and those of its peers, as multiples of the program's time ---

BAR, GAP, LEFT, WIDTH, LARGEST = 13, 10, 330, 620, 8.0


def bars(results):
    """(label, ratio to the program's time, is it the program's) and None between rows."""
    for row in results['rows']:
        if 'skipped_row' in row or not row['peers']:
            continue
        yield row['what'], 1.0, True
        for peer in row['peers']:
            yield peer['what'], 1 / max(peer['ratio'], 1e-6), False
        yield None


def bar(y, label, ratio, ours):
    width = min(ratio, LARGEST) / LARGEST * WIDTH
    cut = ' →' if ratio > LARGEST else ''
    return ['<text x="%d" y="%d" text-anchor="end"%s>%s</text>' % (LEFT - 6, y + BAR - 3, ' font-weight="bold"' if ours else '', escape(label)),
            '<rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>' % (LEFT, y, max(width, 1), BAR - 2, '#1f6feb' if ours else '#9aa4b2'),
            '<text x="%.1f" y="%d">%.2f ×%s</text>' % (LEFT + width + 4, y + BAR - 3, ratio, cut)]


def plot(results):
    body, y = [], 34
    for item in bars(results):
        if item is None:
            y += GAP
        else:
            body += bar(y, *item)
            y += BAR
    head = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">' % (LEFT + WIDTH + 80, y + 10),
            '<rect width="100%" height="100%" fill="white"/>', '<text x="10" y="18" font-size="14">Time, as a multiple of nodecause\'s (blue): longer is slower</text>']
    return '\n'.join(head + body + ['</svg>', ''])


def write(results, folder):
    path = os.path.join(folder, 'performance.md')
    with open(path) as source:
        before, rest = source.read().split(BEGIN)
    after = rest.split(END)[1]
    with open(path, 'w') as out:
        out.write(before + '\n'.join([BEGIN, ''] + introduction(results) + table(results) + ['', '![Time beside the peers](performance.svg)', '', END]) + after)
    with open(os.path.join(folder, 'performance.svg'), 'w') as out:
        out.write(plot(results))
