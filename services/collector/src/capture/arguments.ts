import { parseArgs } from 'node:util';
import { SettingsError } from '@mediamtx-monitor/runtime';

/** What the program was told to do. */
export interface CaptureArguments {
  readonly help: boolean;
  /** Where to write; `null` = standard output. */
  readonly output: string | null;
  readonly compact: boolean;
  readonly samples: number;
  readonly intervalSeconds: number;
}

export const USAGE = `usage: mediamtx-snapshot [--output FILE] [--samples N] [--interval SECONDS] [--compact]

Writes what a MediaMTX server says of all its lists into one JSON file, without secrets, for a bug report or for the
simulator (SIMULATOR_REPLAY=FILE). It asks the server that MEDIAMTX_API_URL names, as the collector does.

  -o, --output FILE       where to write; standard output unless given
  -n, --samples N         how many times to ask, 1 to 100; 2 unless given, since rates need two
  -i, --interval SECONDS  time between two samples, 1 to 600; 2 unless given
  -c, --compact           one line instead of readable JSON
  -h, --help              this text

REMOTE_ADDR=masked or none hides IP addresses too.
`;

const MAX_SAMPLES = 100;
const MAX_INTERVAL_SECONDS = 600;

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  throw new SettingsError([`--${name} is "${text}"; allowed: a whole number from 1 to ${most}`]);
}

/**
 * Reads the command line.
 * @throws {SettingsError} for what isn't known or allowed
 */
export function readArguments(args: readonly string[]): CaptureArguments {
  const { values } = parse(args);
  return {
    help: values.help,
    output: values.output ?? null,
    compact: values.compact,
    samples: wholeNumber('samples', values.samples, MAX_SAMPLES),
    intervalSeconds: wholeNumber('interval', values.interval, MAX_INTERVAL_SECONDS),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        output: { type: 'string', short: 'o' },
        samples: { type: 'string', short: 'n', default: '2' },
        interval: { type: 'string', short: 'i', default: '2' },
        compact: { type: 'boolean', short: 'c', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    // Its first sentence names the argument; those behind it are about programming.
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new SettingsError([`${reason}; --help shows what is allowed`]);
  }
}
