import { describe, expect, test } from '@jest/globals';
import { CLOSE_CODES, EXIT_CODES, PROBLEMS } from '../src/index.ts';

describe('PROBLEMS', () => {
  test.each(Object.entries(PROBLEMS))('%s is a code with a title and an error status', (code, problem) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(problem.title).toMatch(/^[A-Z].*[^.\s]$/);
    expect(Number.isInteger(problem.status)).toBe(true);
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.status).toBeLessThan(600);
  });

  test('no two codes share a title', () => {
    const titles = Object.values(PROBLEMS).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('the codes that clients build on keep their status', () => {
    expect(PROBLEMS['server-required'].status).toBe(400);
    expect(PROBLEMS['unknown-server'].status).toBe(404);
    expect(PROBLEMS['method-not-allowed'].status).toBe(405);
    expect(PROBLEMS['internal-error'].status).toBe(500);
  });
});

describe('CLOSE_CODES', () => {
  test('are all different, and either registered or of our own ranges', () => {
    const codes: number[] = Object.values(CLOSE_CODES);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => code !== 1012 && (code < 4000 || code > 4199))).toStrictEqual([]);
  });

  test('tell a client whether to come back', () => {
    expect(CLOSE_CODES.serviceRestart).toBe(1012);
    expect(CLOSE_CODES.badMessage).toBeGreaterThanOrEqual(4000);
    expect(CLOSE_CODES.badMessage).toBeLessThan(4100);
  });
});

test('EXIT_CODES are what scripts and systemd units rely on', () => {
  expect(EXIT_CODES).toStrictEqual({
    done: 0,
    failed: 1,
    wrongSetting: 2,
    redisUnreachable: 3,
    fileNotWritten: 4,
  });
});
