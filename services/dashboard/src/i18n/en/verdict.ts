import type { CauseSite } from '@mediamtx-monitor/model';
import type { ChainPartKind } from '../../model/chain.ts';

/** Where the cause sits; of sites without trouble, what is said instead of it. */
const causes: Readonly<Record<CauseSite, string>> = {
  none: 'No trouble found',
  rest: 'At rest: not live, and not expected to be',
  host: 'No trouble found in the stream, but its host is at its limits',
  publisher: 'Upstream of the server: the publisher or its link',
  source: 'Upstream of the server: the source, or the link to it',
  server: 'The server or its network',
  viewers: 'Individual viewers, or the links to them',
  'one-viewer': 'Its only viewer, or the link to it',
  'both-viewers': 'Both viewers, or the links to them',
  forwards: 'Forwarding to another server: the stream itself arrives',
  unknown: 'Too little is known to say where the trouble is',
};

const parts: Readonly<Record<ChainPartKind, string>> = {
  publisher: 'Publisher',
  source: 'Source',
  server: 'Server',
  viewers: 'Viewers',
  forwards: 'Forwards',
};

/** What a stream's page says first, in English. */
export const enVerdict = {
  causes,
  verdict: {
    title: 'Verdict',
    since: 'Since',
    sinceAt: (time: string, age: string): string => `${time}, for ${age}`,
    ended: 'Ended',
    endedAt: (time: string, age: string): string => `${time}, ${age} ago`,
    wasLive: 'Was live for',
    publishedBy: 'Last published by',
    cause: 'Cause',
    affected: 'Affected',
    whatToDo: 'What to do',
    whatItMeans: 'What it means',
    speaks: 'Evidence',
    serverIs: (problem: string): string => `MediaMTX ${problem}`,
  },
  affected: {
    all: (count: string): string => (count === '1' ? 'The only viewer' : `All ${count} viewers`),
    some: (count: string, total: string): string =>
      total === '1' ? 'The only viewer' : `${count} of ${total} viewers`,
    watched: (count: string): string =>
      count === '1' ? '1 viewer, who was watching then' : `${count} viewers, who were watching then`,
    nobody: 'Nobody is watching',
    anyone: 'Whoever wants to watch',
    elsewhere: 'Only viewers of the other server',
    unknown: 'Not known; streams may be fine',
  },
  chain: {
    title: 'From the publisher to the viewers',
    parts,
    here: 'The trouble is here',
    nobody: 'nobody publishes',
    last: (who: string): string => `Last: ${who}`,
    answers: 'answers',
    noNews: 'no data',
    cpu: (percent: string): string => `CPU ${percent}`,
    rtt: (ms: string): string => `RTT ${ms}`,
    lost: (percent: string): string => `${percent} lost`,
    inTrouble: (count: string): string => `${count} in trouble`,
    failing: (count: string): string => `${count} failing`,
    watched: (count: string): string => `${count} when it was last live`,
    onDemand: 'fetched on demand',
    always: 'fetched all the time',
    fetched: 'fetched by the server',
  },
  latencyBar: {
    column: 'RTT and latency',
    now: (ms: string): string => `RTT ${ms}`,
    p95: (ms: string): string => `p95 ${ms}`,
    set: (ms: string): string => `latency ${ms}`,
    better: (ms: string): string => `better ${ms}`,
    howSo: 'How this is calculated',
  },
  player: {
    onDemand: 'It is fetched on demand: playing starts it.',
    notLive: 'It isn’t live, so there may be nothing to play.',
  },
  kept: {
    title: 'What the monitor knows of it',
    asking: 'Loading …',
    nothing: 'Nothing is kept of a stream of this name.',
    why: 'Why it ended',
    program: 'Program',
    causes: {
      'last-error': 'MediaMTX said',
      'path-changed': 'its configuration changed',
      'missing-from-list': 'MediaMTX didn’t list it any more',
      'server-restarted': 'MediaMTX was restarted',
      'stream-ended': 'the stream had ended',
      unknown: 'not known',
    },
  },
} as const;
