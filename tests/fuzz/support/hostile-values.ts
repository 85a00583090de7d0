import { alertRecord, connectionRecord, hostRecord, streamRecord } from '@mediamtx-monitor/testkit';
import type { Choices } from './random.ts';

const HOUR_MS = 3_600_000;

const NESTED = '['.repeat(20_000) + ']'.repeat(20_000);

/** What may take a value's place in JSON; some of it is none. */
const VALUES: readonly string[] = [
  ...['null', 'true', '-1', '0', '1.5', '1e999', '-1e308', '9007199254740991', '18446744073709551616', 'NaN'],
  ...['""', '"x"', '"\\u0000"', '"\\ud800"', '"constructor"', '"2026-W01"', '"9999-12-31T23:59:59Z"'],
  ...['[]', '{}', '[[]]', '[null]', '{"__proto__":{"x":1}}', ',', '"', NESTED],
  JSON.stringify('x'.repeat(100_000)),
];

/** A value anywhere in JSON, as far as that can be told without parsing it. */
const MEMBER = /"\w+":("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|\[\]|\{\})/g;

type Mutation = (json: string, choices: Choices) => string;

const MUTATIONS: readonly Mutation[] = [
  (json, { pick }) => {
    const members = [...json.matchAll(MEMBER)];
    if (members.length === 0) return json;
    const [whole, value = ''] = pick(members);
    return json.replace(whole, () => whole.slice(0, -value.length) + pick(VALUES));
  },
  (json, { pick }) => {
    const members = [...json.matchAll(MEMBER)].map(([whole]) => whole);
    return members.length === 0 ? json : json.replace('{', () => `{${pick(members)},`);
  },
  (json, { pick }) =>
    json.replace('{', () => `{"${pick(['epoch', 'seq', '__proto__', 'x'])}":${pick(VALUES)},`),
  (json, { below }) => json.slice(0, below(json.length + 1)),
  (json, { below }) => {
    const at = below(json.length + 1);
    return json.slice(0, at) + json.slice(at + 1);
  },
  (json, { below, pick }) => {
    const at = below(json.length + 1);
    return json.slice(0, at) + pick(['[', ']', '{', '}', '"', ',', ':', '\\', '\n', '\0']) + json.slice(at);
  },
  (json, { pick }) => json + pick([']', '}', ',', 'x', '{}']),
];

/** JSON as it should be, or mutated once or a few times, perhaps with bytes in it that are no text. */
export function mutated(json: string, choices: Choices): Buffer {
  let text = json;
  while (choices.chance(0.6)) text = choices.pick(MUTATIONS)(text, choices);
  const bytes = Buffer.from(text);
  if (bytes.length > 0 && choices.chance(0.1)) {
    choices.bytes(3).copy(bytes, choices.below(bytes.length));
  }
  return bytes;
}

/** Numbering and times as a publisher of any clock, or of none, would write them. */
function marks({ pick, below }: Choices) {
  const now = Date.now();
  const time = (): string =>
    new Date(now + pick([0, 0, -HOUR_MS, -48 * HOUR_MS, 9_000 * HOUR_MS])).toISOString();
  return {
    epoch: pick([now, now - HOUR_MS, now + HOUR_MS, now + 23 * HOUR_MS, now + 48 * HOUR_MS, 0, 2 ** 53 - 1]),
    seq: pick([1, 2, below(1_000), 10 ** 12, 2 ** 53 - 1]),
    collectedAt: time(),
    publishedAt: time(),
    intervalMs: pick([1_000, 2_000, 1, 60_000, 86_400_000]),
  };
}

/** A head as a collector would write it, but for its marks. */
export function headJson(server: string, choices: Choices): string {
  const { epoch, seq, ...times } = marks(choices);
  const source = { status: 'up', error: null, version: 'v1' };
  const totals = { streams: 1, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null };
  const type = choices.pick(['streams', 'streams', 'connections']);
  return JSON.stringify({
    type,
    v: 1,
    server,
    epoch,
    seq,
    ...times,
    simulated: false,
    source,
    missing: [],
    totals,
    ...(choices.chance(0.5) && { attention: attentionOf(choices) }),
  });
}

/** What needs attention, sometimes of many streams or in another form. */
function attentionOf({ pick, chance }: Choices): unknown {
  const since = pick(['2026-01-01T00:00:00Z', '']);
  const reason = {
    code: 'off-air',
    severity: pick(['critical', 'new', 7]),
    measured: pick([null, -1]),
    limit: null,
  };
  const stream = { name: pick(['cam', ',"streams":[', 7]), state: 'idle', health: 'critical' };
  const worst = new Array(chance(0.05) ? 600 : 2).fill({ ...stream, reasons: [{ ...reason, since }] });
  return pick([null, [], { count: 2, worst: [] }, { count: pick([2, -1]), worst }]);
}

/** An array of records, sometimes a large one. */
export function arrayJson(server: string, choices: Choices): string {
  const length = choices.chance(0.05) ? 2_000 : choices.below(4);
  const record = choices.pick([
    (n: number) => streamRecord({ server, name: `cam-${n}`, state: 'live', restarts: 10 ** 9 }),
    (n: number) => connectionRecord({ server, id: `c${n}`, stream: `cam-${n}` }),
  ]);
  return JSON.stringify(Array.from({ length }, (_each, n) => record(n)));
}

/** A message about a server, mutated in head or array. */
export function serverMessage(server: string, choices: Choices): Buffer {
  const head = mutated(headJson(server, choices), choices);
  const open = choices.chance(0.9) ? head.subarray(0, -1) : head;
  const name = choices.pick([',"streams":', ',"connections":']);
  return Buffer.concat([
    open,
    Buffer.from(name),
    mutated(arrayJson(server, choices), choices),
    Buffer.from('}'),
  ]);
}

/** A message about a host. */
export function hostMessage(host: string, choices: Choices): Buffer {
  const { epoch, seq, ...times } = marks(choices);
  const message = { type: 'hosts', v: 1, host, epoch, seq, ...times, hosts: [hostRecord({ host })] };
  return mutated(JSON.stringify(message), choices);
}

/** A message of alerts. */
export function alertsMessage(choices: Choices): Buffer {
  const { epoch, seq, publishedAt, intervalMs } = marks(choices);
  const counts = { pending: 0, firing: 1, recovering: 0, unknown: 0, resolved: 0, silenced: 0 };
  const alerts = [alertRecord(), alertRecord({ id: 'a2', subject: { kind: 'host', host: 'media-1' } })];
  const head = {
    type: 'alerts',
    v: 1,
    epoch,
    seq,
    publishedAt,
    intervalMs,
    counts,
    targets: [],
    silences: [],
  };
  return mutated(JSON.stringify({ ...head, alerts }), choices);
}
