import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PathConfigurationFact, PathFact } from '../../src/facts.ts';
import {
  type Asked,
  chooseQuestions,
  type KnownAnswers,
  MAX_QUESTIONS,
  type PathQuestion,
  QUESTION_KINDS,
  type QuestionKind,
} from '../../src/poll/questions.ts';

const NOW_MS = 10_000_000;

const path = (fields: Partial<PathFact>): PathFact => ({
  name: 'cam',
  confName: null,
  sourceType: null,
  sourceId: null,
  ready: false,
  online: null,
  readyAtMs: null,
  tracks: [],
  inboundBytes: 0,
  outboundBytes: 0,
  framesInError: 0,
  readerTypes: [],
  ...fields,
});
const live = (fields: Partial<PathFact>): PathFact => path({ ready: true, online: true, ...fields });
const pulled = { sourceType: 'rtspSource' };

interface Before {
  readonly kinds?: readonly QuestionKind[];
  readonly asked?: Partial<Record<QuestionKind, Record<string, Asked>>>;
  readonly configurations?: Record<string, PathConfigurationFact>;
  readonly withForwards?: readonly string[];
}
const knownOf = ({
  kinds = QUESTION_KINDS,
  asked = {},
  configurations = {},
  withForwards = [],
}: Before): KnownAnswers => ({
  kinds: new Set(kinds),
  asked: {
    configuration: new Map(Object.entries(asked.configuration ?? {})),
    source: new Map(Object.entries(asked.source ?? {})),
    forwards: new Map(Object.entries(asked.forwards ?? {})),
  },
  configurations: new Map(Object.entries(configurations)),
  withForwards: new Set(withForwards),
});
const choose = (paths: readonly PathFact[], before: Before = {}): string[] =>
  chooseQuestions(paths, knownOf(before), NOW_MS).map(({ kind, subject }) => `${kind} ${subject}`);
const ago = (ms: number): Asked => ({ atMs: NOW_MS - ms, answeredAtMs: NOW_MS - ms, notBeforeMs: 0 });

describe('the configuration', () => {
  test('is asked for once a name, of publishers too', () => {
    const paths = ['a', 'b', 'c'].map((name) =>
      live({ name, confName: 'all_others', sourceType: 'srtConn' }),
    );
    expect(choose([...paths, path({ name: 'd' })], { kinds: ['configuration'] })).toStrictEqual([
      'configuration all_others',
    ]);
  });

  test('is asked for again after ten minutes', () => {
    const paths = [path({ confName: 'x' })];
    expect(choose(paths, { asked: { configuration: { x: ago(599_999) } } })).toStrictEqual([]);
    expect(choose(paths, { asked: { configuration: { x: ago(600_000) } } })).toStrictEqual([
      'configuration x',
    ]);
  });
});

describe('a static source', () => {
  const ask = (paths: readonly PathFact[], before: Before = {}) =>
    choose(paths, { kinds: ['source'], ...before });

  test.each(['rtspSource', 'RTSPSOURCE', 'hlsSource', 'rpiCameraSource', 'someNewSource'])(
    'is a %s',
    (sourceType) => {
      expect(ask([path({ sourceType })])).toStrictEqual(['source cam']);
    },
  );

  test.each([null, 'rtspSession', 'srtConn', 'redirect', 'sourceless', 'hlsSourceX'])(
    'is no %s: asking for one writes an error into MediaMTX’s log',
    (sourceType) => {
      expect(ask([path({ sourceType }), live({ name: 'b', sourceType })])).toStrictEqual([]);
    },
  );

  test('is asked for each tick while it isn’t live, the filler of an always-available path neither', () => {
    const before = { asked: { source: { a: ago(0), b: ago(0) } } };
    const paths = [path({ name: 'a', ...pulled }), live({ name: 'b', ...pulled, online: false })];
    expect(ask(paths, before)).toStrictEqual(['source a', 'source b']);
  });

  test('is asked for every 10 s while it is live', () => {
    expect(ask([live(pulled)])).toStrictEqual(['source cam']);
    expect(ask([live(pulled)], { asked: { source: { cam: ago(9_999) } } })).toStrictEqual([]);
    expect(ask([live(pulled)], { asked: { source: { cam: ago(10_000) } } })).toStrictEqual(['source cam']);
  });

  test('is asked for once a minute while it rests on demand', () => {
    const configurations = { x: { sourceOnDemand: true, runOnDemand: false } };
    const paths = [path({ confName: 'x', ...pulled })];
    expect(ask(paths, { configurations, asked: { source: { cam: ago(59_999) } } })).toStrictEqual([]);
    expect(ask(paths, { configurations, asked: { source: { cam: ago(60_000) } } })).toStrictEqual([
      'source cam',
    ]);
  });

  test('is left alone as long as its last answer wants', () => {
    const asked = { source: { cam: { ...ago(1), notBeforeMs: NOW_MS + 1 } } };
    expect(ask([path(pulled)], { asked })).toStrictEqual([]);
  });
});

describe('forwards', () => {
  const ask = (paths: readonly PathFact[], before: Before = {}) =>
    choose(paths, { kinds: ['forwards'], ...before });

  test('are asked for once a live path, and again after ten minutes', () => {
    expect(ask([live({}), path({ name: 'b' })])).toStrictEqual(['forwards cam']);
    expect(ask([live({})], { asked: { forwards: { cam: ago(599_999) } } })).toStrictEqual([]);
    expect(ask([live({})], { asked: { forwards: { cam: ago(600_000) } } })).toStrictEqual(['forwards cam']);
  });

  test('are asked for each tick where there were some', () => {
    expect(ask([live({})], { asked: { forwards: { cam: ago(0) } }, withForwards: ['cam'] })).toStrictEqual([
      'forwards cam',
    ]);
  });
});

describe('of more than can be asked in a tick', () => {
  const names = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}${index}`);

  test('what isn’t live comes first, but not alone', () => {
    const dead = names('dead', 100).map((name) => path({ name, ...pulled }));
    const alive = names('live', 100).map((name) => live({ name }));
    const questions = choose([...alive, ...dead]);
    expect(questions).toHaveLength(MAX_QUESTIONS);
    expect(questions.slice(0, 16)).toStrictEqual(names('dead', 16).map((name) => `source ${name}`));
    expect(questions.slice(16)).toStrictEqual(names('live', 4).map((name) => `forwards ${name}`));
  });

  test('what isn’t live has all of them where nothing else is due', () => {
    const dead = names('dead', 100).map((name) => path({ name, ...pulled }));
    expect(choose(dead)).toStrictEqual(names('dead', 20).map((name) => `source ${name}`));
  });

  test('the kinds take turns, so that none waits for another to end', () => {
    const paths = names('a', 100).map((name) => path({ name, confName: name, ...pulled }));
    const questions = choose(paths);
    expect(questions.filter((each) => each.startsWith('configuration'))).toHaveLength(10);
    expect(questions.filter((each) => each.startsWith('source'))).toHaveLength(10);
  });

  test('who has waited longest comes first', () => {
    const paths = names('a', 30).map((name) => path({ name, ...pulled }));
    const source = Object.fromEntries(names('a', 29).map((name, index) => [name, ago(1_000 + index)]));
    expect(choose(paths, { asked: { source } }).slice(0, 3)).toStrictEqual([
      'source a29',
      'source a28',
      'source a27',
    ]);
  });

  test('all are asked in the end, also those that wait behind others', () => {
    const paths = [
      ...names('dead', 50).map((name) => path({ name, confName: name, ...pulled })),
      ...names('live', 200).map((name) => live({ name, confName: 'all_others' })),
    ];
    const asked: Record<QuestionKind, Map<string, Asked>> = {
      configuration: new Map(),
      source: new Map(),
      forwards: new Map(),
    };
    for (let tick = 0; tick < 60; tick += 1) {
      const atMs = NOW_MS + tick * 2_000;
      for (const { kind, subject } of chooseQuestions(paths, { ...knownOf({}), asked }, atMs)) {
        asked[kind].set(subject, { atMs, answeredAtMs: atMs, notBeforeMs: 0 });
      }
    }
    expect(asked.configuration.size).toBe(51);
    expect(asked.source.size).toBe(50);
    expect(asked.forwards.size).toBe(200);
  });
});

test('whatever is listed, there are at most 20, each once, and only of the kinds that are answered', () => {
  const anyPath = fc
    .record({
      name: fc.string({ maxLength: 3 }),
      confName: fc.option(fc.constantFrom('a', 'b', 'all_others')),
      sourceType: fc.option(fc.constantFrom('rtspSource', 'srtConn', 'redirect')),
      ready: fc.boolean(),
      online: fc.option(fc.boolean()),
    })
    .map((fields) => path(fields));
  const anyPaths = fc.uniqueArray(anyPath, { selector: ({ name }) => name, maxLength: 60 });
  fc.assert(
    fc.property(anyPaths, fc.subarray([...QUESTION_KINDS]), (paths, kinds) => {
      const questions: PathQuestion[] = chooseQuestions(paths, knownOf({ kinds }), NOW_MS);
      expect(questions.length).toBeLessThanOrEqual(MAX_QUESTIONS);
      expect(new Set(questions.map(({ kind, subject }) => `${kind} ${subject}`)).size).toBe(questions.length);
      expect(questions.every(({ kind }) => kinds.includes(kind))).toBe(true);
    }),
  );
});

test('a name that came shortened can’t be asked for', () => {
  const name = 'x'.repeat(977);
  expect(choose([path({ name, confName: name, ...pulled }), live({ name: `${name}y` })])).toStrictEqual([]);
});
