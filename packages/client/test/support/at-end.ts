import { afterEach } from '@jest/globals';

const ends: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Runs at the end of the test, the last one given first. */
export function atEnd(end: () => void | Promise<void>): void {
  ends.push(end);
}
