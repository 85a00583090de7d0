import { expect, test } from '@jest/globals';
import { isContainer, type Surroundings } from '../src/container.ts';

const FIRST = 'pid:[4026531836]';
const DISK = '/dev/vda / ext4 rw 0 0\n';
const OVERLAY = 'overlay / overlay rw 0 0\n/dev/vda1 /etc/hosts ext4 rw 0 0\n';

const surroundings = (marks: readonly string[], mounts = DISK, namespace = FIRST): Surroundings => ({
  exists: (path) => marks.includes(path),
  readFile: () => mounts,
  readLink: () => namespace,
});
const fails = (): never => {
  throw new Error('no');
};

test.each([
  ['Docker', {}, surroundings(['/.dockerenv'], OVERLAY, 'pid:[4026532201]')],
  ['Docker with the host’s processes', {}, surroundings(['/.dockerenv'], OVERLAY)],
  ['Docker on btrfs', {}, surroundings(['/.dockerenv'], DISK, 'pid:[4026532201]')],
  ['Podman', {}, surroundings(['/run/.containerenv'], OVERLAY, 'pid:[4026532201]')],
  ['Kubernetes', { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, surroundings([], OVERLAY, 'pid:[4026532201]')],
  ['one that sees nothing', {}, { exists: () => true, readFile: fails, readLink: fails }],
])('%s is a container', (_what, env, machine) => {
  expect(isContainer(env, machine)).toBe(true);
});

test.each([
  ['a machine', surroundings([])],
  ['a live system', surroundings([], OVERLAY)],
  ['a system container (LXC)', surroundings([], DISK, 'pid:[4026532201]')],
  ['a virtual machine made of an image', surroundings(['/.dockerenv'])],
])('%s is none', (_what, machine) => {
  expect(isContainer({}, machine)).toBe(false);
});
