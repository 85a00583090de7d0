import { afterAll, afterEach } from '@jest/globals';

type Cleanup = () => void | Promise<void>;

const ofTest: Cleanup[] = [];
const ofFile: Cleanup[] = [];

/** Has something done at the end of the test, last one first. */
export function atEnd(ending: Cleanup): void {
  ofTest.unshift(ending);
}

/** Has something done after the last test of the file, last one first. */
export function atEndOfFile(ending: Cleanup): void {
  ofFile.unshift(ending);
}

async function run(endings: Cleanup[]): Promise<void> {
  for (const ending of endings.splice(0)) await ending();
}

afterEach(() => run(ofTest));
afterAll(() => run(ofFile));
