import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hottest, parseTemperature } from '../parse/temperature.ts';
import { exists, listNames } from './files.ts';

/** The first sensor of a chip speaks for it; the others are its cores, or often not connected to anything. */
const FIRST_SENSORS = ['temp1_input', 'temp2_input', 'temp3_input'];

function firstSensor(chip: string): string[] {
  return FIRST_SENSORS.map((name) => join(chip, name))
    .filter(exists)
    .slice(0, 1);
}

/** Finds the files of all temperature sensors: thermal zones, and the first of each hwmon chip. */
export function findSensors(sys: string): string[] {
  const zones = join(sys, 'class/thermal');
  const chips = join(sys, 'class/hwmon');
  return [
    ...listNames(zones)
      .filter((name) => name.startsWith('thermal_zone'))
      .map((name) => join(zones, name, 'temp')),
    ...listNames(chips).flatMap((name) => firstSensor(join(chips, name))),
  ];
}

async function readSensor(path: string): Promise<number | null> {
  try {
    return parseTemperature(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Reads the hottest of the sensors in °C, one after another: behind one may be a device that takes its time. */
export async function readHottest(sensors: readonly string[]): Promise<number | null> {
  const degrees: (number | null)[] = [];
  for (const path of sensors) degrees.push(await readSensor(path));
  return hottest(degrees);
}
