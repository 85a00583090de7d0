/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { host, hostsMessage } from '../support/hosts.ts';
import { openPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

const DISK = {
  mount: '/',
  device: '/dev/sda1',
  type: 'ext4',
  sizeBytes: 1e11,
  usedBytes: 9.6e10,
  freeBytes: 4e9,
  usedPercent: 96,
  inodes: null,
  freeInodes: null,
};

test('beside a server, a disk is named when it is nearly full; colour isn’t all that says so', () => {
  const { root, tell } = openPage();
  tell(({ onStreams }) => onStreams?.(snapshot([stream()])));
  tell(({ onHosts }) => onHosts?.(hostsMessage(host({ host: 'main', disks: [DISK] }))));
  expect(textOf(root, '.server-load')).toBe('Critical: CPU 12 %, memory 25 %, disk / 96 %');
  expect(root.querySelector('.server-load .mark-critical')).not.toBeNull();
  tell(({ onHosts }) => onHosts?.(hostsMessage(host({ host: 'main' }), { seq: 2 })));
  expect(textOf(root, '.server-load')).toBe('CPU 12 %, memory 25 %');
});
