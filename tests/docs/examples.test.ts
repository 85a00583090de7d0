import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { PROTOCOL_PAGES, readText } from './support/documents.ts';
import { bringsToken, LANGUAGES, type Places, printedIn, programOf, shownIn } from './support/examples.ts';
import { mistakeIn } from './support/json-samples.ts';
import { type CodeBlock, blocksOf } from './support/markdown.ts';
import { publishTicks } from './support/published.ts';
import { runProgram } from './support/run-program.ts';
import { isLike } from './support/shape.ts';
import { type StartedApi, startApi, tokenSetting, whenItHasData } from './support/started-api.ts';
import { missingFor } from './support/tools.ts';

const TOKEN = 'a-token-of-this-test';
/** Marks a block whose program goes on for ever. */
const ENDLESS = 'endless';

/** Blocks that aren't run, by what they begin with, and why. */
const NOT_RUN: readonly (readonly [document: string, start: string, why: string])[] = [
  ['README.md', 'make start', 'starts services that stay'],
  ['README.md', 'MEDIAMTX_API_URL=http://127.0.0.1:9997 make start', 'starts services that stay'],
  ['docs/tour.md', '$ node services/collector/dist/main.js\n', 'starts services that stay'],
  ['docs/tour.md', '$ node services/collector/dist/main.js --once\n', 'needs a MediaMTX'],
  ['docs/tour.md', '$ make token NAME=dashboard\n', 'builds everything first'],
  ['README.md', 'make images', 'needs Docker'],
  ['README.md', "printf '%s\\n' COMPOSE_PROFILES=demo", 'needs Docker'],
  ['README.md', 'tar xzf mediamtx-monitor-', 'installs on this machine'],
  ['docs/live.md', 'const { ticket } = ', 'Node 20 has no EventSource'],
];

interface Example extends CodeBlock {
  readonly document: string;
  readonly name: string;
}

const blocks: readonly Example[] = [...PROTOCOL_PAGES, 'docs/tour.md', 'README.md'].flatMap((document) =>
  blocksOf(readText(document)).map((block) => ({
    ...block,
    document,
    name: `${document}:${block.line} (${block.language})`,
  })),
);
const isListed = ({ document, code }: Example): boolean =>
  NOT_RUN.some(([where, start]) => where === document && code.startsWith(start));
const isProgram = ({ language }: CodeBlock): boolean => LANGUAGES.some((each) => each === language);
const examples = blocks.filter((block) => isProgram(block) && !isListed(block));

let open: StartedApi;
let closed: StartedApi;
let stopPublishing: () => Promise<void>;
const redis = testRedis();

beforeAll(async () => {
  stopPublishing = await publishTicks(redis.url, redis.prefix);
  [open, closed] = [await startApi(redis), await startApi(redis, tokenSetting(TOKEN))];
  await whenItHasData(open);
  await whenItHasData(closed, { Authorization: `Bearer ${TOKEN}` });
});

afterAll(async () => {
  await Promise.all([open.stop(), closed.stop()]);
  await stopPublishing();
});

/** What an example has to have said. */
function expectShown(example: CodeBlock, stdout: string): void {
  const [shown, all] = [shownIn(example), printedIn(stdout)];
  // Of what goes on for ever, only the beginning is shown.
  const printed = example.mark === ENDLESS || shown.length === 0 ? all.slice(0, shown.length) : all;
  // Lines that are alike are taken for the same, so that a failure shows the others.
  const found = printed.map((line, index) => {
    const expected = shown[index];
    return expected !== undefined && isLike(expected, line) ? expected : line;
  });
  expect(found).toStrictEqual(shown);
}

/** Whether an example without end has said as much as is shown, or anything where nothing is. */
function hasSaidEnough(example: CodeBlock, stdout: string): boolean {
  const complete = printedIn(stdout.slice(0, stdout.lastIndexOf('\n') + 1));
  return complete.length >= Math.max(shownIn(example).length, 1) && stdout.trim() !== '';
}

async function run(example: Example): Promise<void> {
  const { url: apiUrl } = bringsToken(example) ? closed : open;
  const places: Places = { apiUrl, redisUrl: redis.url, prefix: redis.prefix, token: TOKEN };
  const isEndless = example.mark === ENDLESS;
  const ending = await runProgram(
    programOf(example, places),
    isEndless ? (stdout) => hasSaidEnough(example, stdout) : undefined,
  );
  const wanted = isEndless ? null : 0;
  expect([ending.exitCode, ending.exitCode === wanted ? '' : ending.stderr]).toStrictEqual([wanted, '']);
  expectShown(example, ending.stdout);
  if (example.language !== 'console') expect(ending.stdout.trim()).not.toBe('');
}

for (const example of examples) {
  const missing = missingFor(example.code);
  if (missing.length === 0) {
    test(`${example.name} does what it says`, () => run(example));
  } else {
    const why = `SKIPPED: ${missing.join(', ')} not installed (scripts/ensure-tools.sh installs it)`;
    process.stderr.write(`${example.name} ${why}\n`);
    test.skip(`${example.name} ${why}`, () => run(example));
  }
}

describe.each(blocks.filter(({ language }) => language === 'json'))('$name', ({ code }) => {
  test('is as its schema wants it', () => {
    expect(mistakeIn(code)).toBeUndefined();
  });
});

test('the blocks that are not run are there, once each', () => {
  const found = NOT_RUN.map(([document, start]) =>
    blocks.filter((block) => block.document === document && block.code.startsWith(start)),
  );
  expect(found.map(({ length }) => length)).toStrictEqual(NOT_RUN.map(() => 1));
});

test('every kind of client is among the examples', () => {
  const codes = examples.map(({ code }) => code);
  for (const word of [
    'curl -i ',
    'curl -s -N ',
    'wscat',
    'websockets.connect',
    'connectMonitor',
    "from 'ws'",
  ]) {
    expect([word, codes.some((code) => code.includes(word))]).toStrictEqual([word, true]);
  }
});
