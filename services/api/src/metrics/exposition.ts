import { setImmediate as breath } from 'node:timers/promises';

/** A metric and its values of now, each with its labels as `labelled` writes them. */
export interface Family {
  readonly type: 'counter' | 'gauge';
  /** With its base unit; that of a counter ends in `_total`. */
  readonly name: string;
  /** What it means, for people; on one line. */
  readonly help: string;
  readonly samples: Iterable<readonly [labels: string, value: number]>;
}

/** Labels as Prometheus' text format (0.0.4) has them between the braces. */
export function labelled(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

/**
 * Writes families in Prometheus' text format; one without values is left out. prom-client does the same, but for
 * thousands of series it takes five times as long. Between families everything else gets its turn.
 */
export async function exposition(families: readonly Family[]): Promise<string> {
  const texts: string[] = [];
  for (const family of families) {
    texts.push(textOf(family));
    await breath();
  }
  return texts.join('');
}

/** One family in the same format. */
export function textOf({ type, name, help, samples }: Family): string {
  let lines = '';
  for (const [labels, value] of samples) lines += `${name}{${labels}} ${value}\n`;
  return lines === '' ? '' : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines}`;
}

const SPECIAL = /["\\\n]/;

function escaped(value: string): string {
  if (!SPECIAL.test(value)) return value;
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
