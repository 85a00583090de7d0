import { afterAll, afterEach } from '@jest/globals';

type Ending = () => void | Promise<void>;

const ofTest: Ending[] = [];
const ofFile: Ending[] = [];

/** Has something done at the end of the test, last one first. */
export function atEnd(ending: Ending): void {
  ofTest.unshift(ending);
}

/** Has something done after the last test of the file, last one first. */
export function atEndOfFile(ending: Ending): void {
  ofFile.unshift(ending);
}

async function run(endings: Ending[]): Promise<void> {
  for (const ending of endings.splice(0)) await ending();
}

afterEach(() => run(ofTest));
afterAll(() => run(ofFile));
