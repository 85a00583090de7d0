import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Absolute path of a file of the project. */
export const inProject = (path: string): string => `${root}${path}`;

/** Text of a file of the project. */
export const readText = (path: string): string => readFileSync(inProject(path), 'utf8');

/** Everything written for people, by its path in the project. */
export const DOCUMENTS: readonly string[] = [
  ...readdirSync(root).filter((name) => /^(README.*|CONTRIBUTING|CHANGELOG|SECURITY)\.md$/.test(name)),
  ...readdirSync(inProject('docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The pages that docs/protocol.md is made of, by their paths in the project. */
export const PROTOCOL_PAGES: readonly string[] = [
  ...readText('docs/protocol.md').matchAll(/\]\(([a-z]+\.md)\)/g),
].map(([, name = '']) => `docs/${name}`);

/** Text of all of them. */
export const protocolText = (): string => PROTOCOL_PAGES.map(readText).join('\n');
