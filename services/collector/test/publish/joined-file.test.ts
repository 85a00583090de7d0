import { afterEach, expect, test } from '@jest/globals';
import { createLogRecorder, eventually } from '@mediamtx-monitor/testkit';
import { JoinedFile } from '../../src/publish/index.ts';

let stop = async (): Promise<void> => {
  // Nothing runs yet.
};
afterEach(() => stop());

function create(intervalMs: number) {
  const written: string[] = [];
  let failure: Error | null = null;
  const log = createLogRecorder();
  const file = new JoinedFile({
    write: (json) => {
      if (failure !== null) return Promise.reject(failure);
      written.push(json.toString());
      return Promise.resolve();
    },
    logger: log.logger,
    intervalMs,
  });
  const fail = (error: Error | null): void => {
    failure = error;
  };
  stop = () => file.stop();
  return { file, written, log, fail };
}
const HOUR_MS = 3_600_000;
const put = (file: JoinedFile, server: string, array: string): void => {
  file.put(server, Buffer.from(array));
};

test('has the newest array of each server, by their ids', async () => {
  const { file, written } = create(HOUR_MS);
  put(file, 'south', '[3]');
  put(file, 'east', '[]');
  put(file, 'north', '[{"a":"]["},2]');
  put(file, 'south', '[4]');
  expect(await file.flush()).toBeNull();
  file.remove('north');
  await file.flush();
  file.remove('south');
  await file.flush();
  expect(written).toStrictEqual(['[{"a":"]["},2,4]', '[4]', '[]']);
});

test('is written once for all that is new, and not where nothing is', async () => {
  const { file, written } = create(5);
  put(file, 'a', '[1]');
  put(file, 'b', '[2]');
  file.start();
  await eventually(() => {
    expect(written).toHaveLength(1);
  });
  put(file, 'b', '[3]');
  await eventually(() => {
    expect(written).toStrictEqual(['[1,2]', '[1,3]']);
  });
  await file.flush();
  expect(written).toHaveLength(2);
});

test('that can’t be written is told once, and written later with what is new', async () => {
  const { file, written, log, fail } = create(HOUR_MS);
  fail(new Error('the disk is full'));
  put(file, 'a', '[1]');
  expect((await file.flush())?.message).toBe('the disk is full');
  await file.flush();
  expect(log.messages('error')).toStrictEqual(['the disk is full']);
  fail(null);
  expect(await file.flush()).toBeNull();
  expect(written).toStrictEqual(['[1]']);
});
