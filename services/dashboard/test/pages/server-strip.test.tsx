/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { FULL_DISK } from '@mediamtx-monitor/testkit';
import { host, hostsMessage } from '../support/hosts.ts';
import { openPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

test('beside a server, a disk is named when it is nearly full; colour isn’t all that says so', () => {
  const { root, deliver } = openPage();
  deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
  deliver(({ onHosts }) => onHosts?.(hostsMessage(host({ host: 'main', disks: [FULL_DISK] }))));
  expect(textOf(root, '.server-load')).toBe('Critical: CPU 12 %, memory 25 %, disk / 96 %');
  expect(root.querySelector('.server-load .mark-critical')).not.toBeNull();
  deliver(({ onHosts }) => onHosts?.(hostsMessage(host({ host: 'main' }), { seq: 2 })));
  expect(textOf(root, '.server-load')).toBe('CPU 12 %, memory 25 %');
});

test('a server has the mark of its machine, and only what is tight the colour of that', () => {
  const { root, deliver } = openPage();
  const { cpu } = host();
  deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
  deliver(({ onHosts }) => onHosts?.(hostsMessage(host({ host: 'main', cpu: { ...cpu, percent: 100 } }))));
  expect(root.querySelector('.server-chip > .mark-warning')).not.toBeNull();
  const words = [...root.querySelectorAll('.server-load .words-warning')].map(
    ({ textContent }) => textContent,
  );
  expect(words).toStrictEqual(['CPU 100 %']);
});
