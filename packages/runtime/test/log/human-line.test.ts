import { describe, expect, test } from '@jest/globals';
import { humanLine } from '../../src/log/human-line.ts';

const info = {
  level: 'info',
  message: 'polled',
  timestamp: '2026-01-01T12:34:56.789Z',
  service: 'collector',
};

describe('humanLine', () => {
  test('shows time, service and message', () => {
    expect(humanLine(info)).toBe('12:34:56.789 [collector] polled');
  });

  test.each(['error', 'warn', 'debug'])('shows the level %s, which is not info', (level) => {
    expect(humanLine({ ...info, level })).toBe(`12:34:56.789 [collector] ${level.toUpperCase()} polled`);
  });

  test('shows fields after the message, texts bare and all else as JSON', () => {
    const fields = { server: 'main', streams: 12, late: false, missing: ['paths'], none: null };
    expect(humanLine({ ...info, ...fields })).toBe(
      '12:34:56.789 [collector] polled server=main streams=12 late=false missing=["paths"] none=null',
    );
  });

  test('shows fields below a message of several lines, which stay as they are', () => {
    const message = 'put into mediamtx.yml:\napi: yes';
    expect(humanLine({ ...info, message, status: 'down', missing: ['paths'] })).toBe(
      '12:34:56.789 [collector] put into mediamtx.yml:\napi: yes\nstatus=down missing=["paths"]',
    );
  });

  test('shows a stack below the line', () => {
    const line = humanLine({ ...info, level: 'error', stack: 'Error: polled\n    at poll' });
    expect(line).toBe('12:34:56.789 [collector] ERROR polled\nError: polled\n    at poll');
  });
});
