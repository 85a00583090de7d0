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
