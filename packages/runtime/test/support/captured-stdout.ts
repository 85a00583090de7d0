import { jest } from '@jest/globals';

/** Collects the lines that winston writes to standard output until `end` is called. */
export interface CapturedStdout {
  readonly lines: string[];
  readonly end: () => void;
}

/** winston writes to the stream behind `console.log`, which within jest isn't `process.stdout`. */
export function captureStdout(): CapturedStdout {
  const lines: string[] = [];
  const { _stdout: stream } = console as unknown as {
    readonly _stdout: { write: (text: string) => boolean };
  };
  const spy = jest.spyOn(stream, 'write').mockImplementation((text) => {
    lines.push(...text.trimEnd().split('\n'));
    return true;
  });
  return {
    lines,
    end: () => {
      spy.mockRestore();
    },
  };
}
