/** What JSON texts look like: for each place the types and, of objects, the orders of keys seen there. */
export type JsonShape = ReadonlyMap<string, ReadonlySet<string>>;

/** The shape of values, places written like `source.type` and `readers[]`. */
export function shapeOf(values: readonly unknown[]): JsonShape {
  const shape = new Map<string, Set<string>>();
  for (const value of values) collect(value, '', shape);
  return shape;
}

/** Every place and look in `shape` that `allowed` doesn't have. */
export function strangers(shape: JsonShape, allowed: JsonShape): string[] {
  return [...shape].flatMap(([place, looks]) =>
    [...looks].filter((look) => !allowed.get(place)?.has(look)).map((look) => `${place}: ${look}`),
  );
}

function collect(value: unknown, place: string, shape: Map<string, Set<string>>): void {
  const looks = shape.get(place) ?? new Set<string>();
  shape.set(place, looks);
  if (Array.isArray(value)) {
    looks.add('array');
    for (const element of value) collect(element, `${place}[]`, shape);
  } else if (typeof value === 'object' && value !== null) {
    looks.add(`{${Object.keys(value).join(',')}}`);
    for (const [key, member] of Object.entries(value)) collect(member, `${place}.${key}`, shape);
  } else {
    looks.add(value === null ? 'null' : typeof value);
  }
}
