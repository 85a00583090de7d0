/** One value of a metric. */
export interface MetricSample {
  /** Name as it stands before the braces; of a histogram with `_bucket`, `_sum` or `_count`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric as it is told. */
export interface MetricFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

const NAME = /^(?:mediamtx_monitor|process|nodejs)_[a-z0-9]+(?:_[a-z0-9]+)*$/;
const HELP = /^# HELP (\S+) (\S+ .+)$/;
const TYPE = /^# TYPE (\S+) (\S+)$/;
const SAMPLE = /^([a-z0-9_]+)(?:\{(.*)\})? (\S+)$/s;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\[\\"n])*)"(?:,|$)/y;
type Refuse = (why: string) => never;
const TYPES: readonly string[] = ['counter', 'gauge', 'histogram'];
/** Units that aren't base units, and words that the type says already. */
const WRONG_WORD = /_(?:ms|milliseconds|percent|mbps|kilobytes|counter|gauge|histogram)(?:_|$)/;

/**
 * Reads Prometheus' text format (0.0.4), more strictly than Prometheus does: no series twice, each metric described
 * and in one piece, names and units by the rules.
 * @throws {Error} that quotes the line
 */
export function parseMetrics(text: string): ReadonlyMap<string, MetricFamily> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, MetricFamily>();
  const series = new Set<string>();
  let help: RegExpExecArray | undefined;
  let samples: MetricSample[] = [];
  let current: MetricFamily | undefined;
  for (const line of text.split('\n')) {
    const refuse: Refuse = (why) => {
      throw new Error(`${why}: ${line}`);
    };
    const type = TYPE.exec(line);
    if (line.startsWith('# HELP ')) help = HELP.exec(line) ?? refuse('help that says nothing');
    else if (type !== null) {
      samples = [];
      current = familyOf(type, help, samples, refuse);
      if (families.has(current.name)) refuse('told twice');
      families.set(current.name, current);
    } else if (line !== '') {
      const sample = sampleIn(line, refuse);
      if (current === undefined || baseOf(sample.name, current.type) !== current.name) {
        return refuse('not below its description');
      }
      const key = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (series.has(key)) refuse('the same series twice');
      series.add(key);
      samples.push(sample);
    }
  }
  return families;
}

function familyOf(
  [, name = '', type = '']: RegExpExecArray,
  help: RegExpExecArray | undefined,
  samples: readonly MetricSample[],
  refuse: Refuse,
): MetricFamily {
  if (help?.[1] !== name) refuse('no help before');
  if (!NAME.test(name)) refuse('a name against the rules');
  if (!TYPES.includes(type)) refuse('an unknown type');
  if (WRONG_WORD.test(name)) refuse('no base unit, or a word too many');
  if ((type === 'counter') !== name.endsWith('_total')) refuse('_total is for counters');
  return { name, type, help: help[2] ?? '', samples };
}

function baseOf(sample: string, type: string): string {
  return type === 'histogram' ? sample.replace(/_(?:bucket|sum|count)$/, '') : sample;
}

function sampleIn(line: string, refuse: Refuse): MetricSample {
  const [, name = '', labelText = '', number = ''] = SAMPLE.exec(line) ?? refuse('not a sample');
  const value = number === '+Inf' ? Infinity : Number(number);
  if (Number.isNaN(value)) refuse('not a number');
  return { name, labels: labelsIn(labelText, refuse), value };
}

function labelsIn(text: string, refuse: Refuse): Readonly<Record<string, string>> {
  const labels = new Map<string, string>();
  LABEL.lastIndex = 0;
  for (let end = 0; end < text.length; end = LABEL.lastIndex) {
    const [, name = '', value = ''] = LABEL.exec(text) ?? refuse('a label against the rules');
    if (labels.has(name)) refuse('a label twice');
    labels.set(
      name,
      value.replace(/\\(.)/g, (_whole, escaped: string) => (escaped === 'n' ? '\n' : escaped)),
    );
  }
  return Object.fromEntries(labels);
}
