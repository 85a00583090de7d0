import { SimulatorError } from '../errors.ts';
import type { Fault, FaultKind } from './fault.ts';
import { readMembers, type MemberReader } from './members.ts';

const MAX_SECONDS = 3600;
const MAX_DELAY_MS = 600_000;
const MAX_BYTES = 4 * 1024 ** 3;

/** How each kind is read. A `down` must end by itself, since nothing can be asked to end it. */
const READERS: Readonly<Record<FaultKind, (members: MemberReader) => Fault>> = {
  down: (m) => ({ kind: 'down', seconds: m.number('seconds', 0.1, MAX_SECONDS) }),
  hang: (m) => ({ kind: 'hang', ...m.list() }),
  slow: (m) => ({ kind: 'slow', delayMs: m.number('delayMs', 0, MAX_DELAY_MS), ...m.list() }),
  status: (m) => ({ kind: 'status', status: m.integer('status', 400, 599), ...m.list() }),
  unauthorized: (m) => ({
    kind: 'unauthorized',
    delayMs: m.has('delayMs') ? m.number('delayMs', 0, MAX_DELAY_MS) : 0,
    ...m.list(),
  }),
  html: (m) => ({ kind: 'html', ...m.list() }),
  truncated: (m) => ({ kind: 'truncated', ...m.list() }),
  nulls: (m) => ({ kind: 'nulls', ...m.list() }),
  emptyObject: (m) => ({ kind: 'emptyObject', ...m.list() }),
  hugeBody: (m) => ({ kind: 'hugeBody', bytes: m.integer('bytes', 1, MAX_BYTES), ...m.list() }),
  endlessPaging: (m) => ({ kind: 'endlessPaging', ...m.list() }),
  shortCount: (m) => ({ kind: 'shortCount', ...m.list() }),
  cut: (m) => ({
    kind: 'cut',
    ...(m.has('times') ? { times: m.integer('times', 1, Number.MAX_SAFE_INTEGER) } : {}),
    ...m.list(),
  }),
  firstNamesGone: () => ({ kind: 'firstNamesGone' }),
  gone: (m) => ({ kind: 'gone', stream: m.text('stream') }),
  frozen: (m) => ({ kind: 'frozen', stream: m.text('stream') }),
  forwardFailing: (m) => ({ kind: 'forwardFailing', stream: m.text('stream') }),
};

/**
 * Reads a fault that came over HTTP.
 * @throws {@link SimulatorError} `invalid-fault`, whose message says what is allowed.
 */
export function parseFault(json: string): Fault {
  const members = readMembers(json);
  const kind = members.oneOf('kind', Object.keys(READERS) as FaultKind[]);
  const fault = READERS[kind](members);
  const unknown = members.unread();
  if (unknown.length > 0) {
    throw new SimulatorError('invalid-fault', `A fault of kind ${kind} has no ${unknown.join(', ')}.`);
  }
  return fault;
}
