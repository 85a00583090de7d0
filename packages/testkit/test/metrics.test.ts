import { describe, expect, test } from '@jest/globals';
import { parseMetrics } from '../src/index.ts';

const HEAD = '# HELP mediamtx_monitor_x What it is.\n# TYPE mediamtx_monitor_x gauge\n';

describe('parseMetrics', () => {
  test('reads labels as they were before they were escaped', () => {
    const text = `${HEAD}mediamtx_monitor_x{a="1",b="a \\"b\\" \\\\ \\n } é"} 0.5\nmediamtx_monitor_x 2e+21\n`;
    expect(parseMetrics(text).get('mediamtx_monitor_x')).toStrictEqual({
      name: 'mediamtx_monitor_x',
      type: 'gauge',
      help: 'What it is.',
      samples: [
        { name: 'mediamtx_monitor_x', labels: { a: '1', b: 'a "b" \\ \n } é' }, value: 0.5 },
        { name: 'mediamtx_monitor_x', labels: {}, value: 2e21 },
      ],
    });
  });

  test('reads the parts of a histogram as one metric', () => {
    const name = 'mediamtx_monitor_x_seconds';
    const text = `# HELP ${name} How long.\n# TYPE ${name} histogram\n${name}_bucket{le="+Inf"} 1\n${name}_sum 2\n`;
    expect(
      parseMetrics(text)
        .get(name)
        ?.samples.map((sample) => sample.name),
    ).toStrictEqual([`${name}_bucket`, `${name}_sum`]);
  });

  test.each([
    ['no end of line', `${HEAD}mediamtx_monitor_x 1`],
    ['no help', '# TYPE mediamtx_monitor_x gauge\nmediamtx_monitor_x 1\n'],
    ['help of another', '# HELP mediamtx_monitor_y The other.\n# TYPE mediamtx_monitor_x gauge\n'],
    ['no description', 'mediamtx_monitor_x 1\n'],
    ['another name', `${HEAD}mediamtx_monitor_y 1\n`],
    ['a series twice', `${HEAD}mediamtx_monitor_x{a="1",b="2"} 1\nmediamtx_monitor_x{b="2",a="1"} 1\n`],
    ['a metric twice', `${HEAD}mediamtx_monitor_x 1\n${HEAD}`],
    ['a quote as it is', `${HEAD}mediamtx_monitor_x{a="""} 1\n`],
    ['a backslash as it is', `${HEAD}mediamtx_monitor_x{a="\\d"} 1\n`],
    ['a broken line', `${HEAD}mediamtx_monitor_x{a="\n"} 1\n`],
    ['a label twice', `${HEAD}mediamtx_monitor_x{a="1",a="2"} 1\n`],
    ['no number', `${HEAD}mediamtx_monitor_x null\n`],
    ['a foreign prefix', '# HELP mtx_x What it is.\n# TYPE mtx_x gauge\n'],
    ['no base unit', '# HELP mediamtx_monitor_rtt_ms What.. it is.\n# TYPE mediamtx_monitor_rtt_ms gauge\n'],
    [
      'a gauge with _total',
      '# HELP mediamtx_monitor_x_total What it is.\n# TYPE mediamtx_monitor_x_total gauge\n',
    ],
    ['a counter without', `${HEAD.replace('gauge', 'counter')}mediamtx_monitor_x 1\n`],
    ['an unknown type', HEAD.replace('gauge', 'number')],
  ])('refuses %s', (_what, text) => {
    expect(() => parseMetrics(text)).toThrow();
  });
});
