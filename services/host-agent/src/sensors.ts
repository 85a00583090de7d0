import { Cached, type HostFiles, type SlowReads } from './files.ts';

/** Reads the temperature of a host. */
export class SensorReader {
  readonly #files: HostFiles;
  readonly #slow: SlowReads;
  /** Paths of the sensors. */
  readonly #sensors: Cached<readonly string[]>;

  constructor(files: HostFiles, slow: SlowReads, monotonicMs: () => number) {
    this.#files = files;
    this.#slow = slow;
    this.#sensors = new Cached(() => findSensors(files), monotonicMs);
  }

  /** The hottest of the sensors in °C; `null` where there is none, or one doesn't answer. */
  async read(): Promise<number | null> {
    const sensors = this.#sensors.value;
    return this.#slow.read('sensors', () => this.#readInTurn(sensors));
  }

  /** One after another: behind one may be a device that takes its time. */
  async #readInTurn(sensors: readonly string[]): Promise<number | null> {
    const degrees: (number | null)[] = [];
    for (const path of sensors) degrees.push(parseTemperature((await this.#files.slowText(path)) ?? ''));
    return hottest(degrees);
  }
}

/** The first sensor of a chip speaks for it; the others are its cores, or often not connected to anything. */
const FIRST_SENSORS = ['temp1_input', 'temp2_input', 'temp3_input'];

/** Finds the files of all temperature sensors: thermal zones, and the first of each hwmon chip. */
function findSensors(files: HostFiles): string[] {
  const [zones, chips] = ['/sys/class/thermal', '/sys/class/hwmon'];
  const firstOf = (chip: string): string[] =>
    FIRST_SENSORS.map((name) => `${chips}/${chip}/${name}`)
      .filter((path) => files.exists(path))
      .slice(0, 1);
  return [
    ...(files.names(zones) ?? [])
      .filter((name) => name.startsWith('thermal_zone'))
      .map((name) => `${zones}/${name}/temp`),
    ...(files.names(chips) ?? []).flatMap(firstOf),
  ];
}

/** What a sensor without anything behind it tells is often far from what a machine can be, in °C. */
const COLDEST = -40;
const HOTTEST = 150;

/** Reads a sensor (`temp` of a thermal zone, `temp1_input` of hwmon) in °C; `null` for what no machine has. */
export function parseTemperature(text: string): number | null {
  const milliDegrees = /^-?\d+$/.exec(text.trim())?.[0];
  if (milliDegrees === undefined) return null;
  const degrees = Number(milliDegrees) / 1_000;
  return degrees > COLDEST && degrees < HOTTEST ? degrees : null;
}

/** The highest of those that are known. */
export function hottest(degrees: readonly (number | null)[]): number | null {
  const known = degrees.filter((each) => each !== null);
  return known.length === 0 ? null : Math.max(...known);
}
