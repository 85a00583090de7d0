import { appendFileSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  createRelease,
  HOME,
  inRoot,
  keyMistakes,
  listed,
  PROGRAMS,
  run,
  SETTINGS,
  TICKET_KEY,
  UNITS,
} from './support/scratch-root.ts';

describe('an upgrade', () => {
  test('switches to the new release, keeps the one before, and leaves settings and key for tickets', () => {
    run(createRelease('1.0.0-aaaa'), 'install');
    appendFileSync(inRoot(SETTINGS), 'API_PORT=8123\n');
    const key = readFileSync(inRoot(TICKET_KEY), 'utf8');
    run(createRelease('1.1.0-bbbb'), 'upgrade');
    // Installing another release is an upgrade too.
    expect(run(createRelease('1.2.0-cccc'), 'install')).toMatchObject({ status: 0, stderr: '' });
    expect(readlinkSync(inRoot(`${HOME}/lib/current`))).toBe('1.2.0-cccc');
    expect(listed(`${HOME}/lib`)).toStrictEqual(['1.1.0-bbbb', '1.2.0-cccc', 'current', 'node']);
    expect(readFileSync(inRoot(`${HOME}/static/index.html`), 'utf8')).toBe('1.2.0-cccc');
    expect(readFileSync(inRoot(SETTINGS), 'utf8')).toContain('API_PORT=8123');
    expect(readFileSync(inRoot(TICKET_KEY), 'utf8')).toBe(key);
  });

  test('of one that had no key for tickets makes one', () => {
    run(createRelease('1.0.0-aaaa'), 'install');
    rmSync(inRoot(TICKET_KEY));
    run(createRelease('1.1.0-bbbb'), 'upgrade');
    expect(keyMistakes()).toBe('');
  });

  test('takes away the programs that the new release has no more', () => {
    run(createRelease('1.0.0-aaaa'), 'install');
    const next = createRelease('1.1.0-bbbb');
    rmSync(join(next, 'bin/mediamtx-snapshot'));
    run(next, 'upgrade');
    expect(listed(`${HOME}/bin`)).toStrictEqual(PROGRAMS.filter((name) => name !== 'mediamtx-snapshot'));
  });

  test('brings a service that is new, and to go back takes it away', () => {
    const old = createRelease('1.0.0-aaaa');
    rmSync(join(old, 'units/mediamtx-alerter.service'));
    rmSync(join(old, 'bin/mediamtx-alerter'));
    run(old, 'install');
    const before = UNITS.filter((name) => name !== 'mediamtx-alerter.service');
    expect(listed('etc/systemd/system')).toStrictEqual(before);
    expect(run(createRelease('1.1.0-bbbb'), 'upgrade')).toMatchObject({ status: 0, stderr: '' });
    expect(listed('etc/systemd/system')).toStrictEqual(UNITS);
    expect(listed(`${HOME}/bin`)).toStrictEqual(PROGRAMS);
    expect(run(old, 'upgrade')).toMatchObject({ status: 0, stderr: '' });
    expect(listed('etc/systemd/system')).toStrictEqual(before);
    expect(listed(`${HOME}/bin`)).not.toContain('mediamtx-alerter');
  });

  test('of nothing says what to do instead', () => {
    const { status, stderr } = run(createRelease('1.0.0-aaaa'), 'upgrade');
    expect({ status, stderr }).toStrictEqual({
      status: 1,
      stderr: 'Nothing is installed here: use "sudo make install"\n',
    });
  });
});
