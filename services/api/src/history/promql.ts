import {
  HISTORY,
  type HistoryField,
  type HistoryFieldOf,
  type HistoryKind,
  type HistoryStatistic,
  type HistorySubject,
  MBPS_PER_BYTE,
} from '@mediamtx-monitor/types';
import type { HistoryQuestion } from '../http/history.ts';

/** What an engine has scraped of `/metrics/streams`. */
export interface Scraped {
  /** Time between two scrapes. */
  readonly everySeconds: number;
  /** What series have to match beside the labels of their subject, as in `job="a",site="b"`; '' = nothing. */
  readonly selector: string;
}

/** A question for an engine: each point of its answer is of the step that ends there. */
export interface EngineQuery {
  readonly field: string;
  /** Of `worst` there is a series for each word that was seen, with the word for its only label; else one at most. */
  readonly statistic: HistoryStatistic | 'worst';
  readonly promql: string;
}

const MS_PER_SECOND = 1_000;
const PERCENT_PER_ONE = 100;
const FUNCTIONS = { mean: 'avg', min: 'min', max: 'max' } as const satisfies Record<HistoryStatistic, string>;
/** In the time of so many scrapes there are two samples at least, or one, though they may come a little late. */
const TWO_SAMPLES = 2.5;
const ONE_SAMPLE = 1.5;
const P95_MS = 60_000;
/**
 * An expression is looked at so often in one question at most: VictoriaMetrics refuses more than 30,000 times, and
 * Prometheus takes about a second for 100,000.
 */
const MAX_LOOKS = 20_000;

/** A text as PromQL has it; whatever is in it stays in it. */
export function quoted(text: string): string {
  // The escapes of JSON are those of Go, but for halves of characters, which can't stand in a label.
  return JSON.stringify(Buffer.from(text).toString());
}

/** Series of a metric. @param matchers of its labels */
const series = (metric: string, matchers: readonly string[], { selector }: Scraped): string =>
  `mediamtx_monitor_${metric}{${[...matchers, selector].filter((each) => each !== '').join()}}`;

/** Whatever is exported of streams of this name, on any server. */
export function streamsNamed(stream: string, scraped: Scraped): string {
  return series('stream_state', [`stream=${quoted(stream)}`], scraped);
}

const ofServer = (server: string): string => `server=${quoted(server)}`;

function matchersOf(subject: HistorySubject): readonly string[] {
  if (subject.kind === 'host') return [`host=${quoted(subject.host)}`];
  const server = ofServer(subject.server);
  return subject.kind === 'server' ? [server] : [server, `stream=${quoted(subject.stream)}`];
}

/** What is exported of a server or host as long as there is one. */
export function seriesOf(
  subject: Exclude<HistorySubject, { readonly kind: 'stream' }>,
  scraped: Scraped,
): string {
  return series(subject.kind === 'host' ? 'host_up' : 'server_poll_status', matchersOf(subject), scraped);
}

/**
 * What queries are put together of. Only functions of a stretch of time look at samples: a selector by itself would go
 * on for 5 minutes with what was seen last.
 */
class Parts {
  readonly #subject: HistorySubject;
  readonly #scraped: Scraped;
  readonly #stepMs: number;
  readonly #everyMs: number;
  readonly #lookMs: number;

  constructor({ subject, stepSeconds, fromMs, toMs }: HistoryQuestion, scraped: Scraped) {
    this.#subject = subject;
    this.#scraped = scraped;
    this.#stepMs = stepSeconds * MS_PER_SECOND;
    this.#everyMs = scraped.everySeconds * MS_PER_SECOND;
    this.#lookMs = this.#everyMs * Math.ceil((toMs - fromMs) / this.#everyMs / MAX_LOOKS);
  }

  /** What was scraped of a metric within a step. */
  inStep(metric: string, more = ''): string {
    return this.#samples(metric, more, this.#stepMs);
  }

  /** What was scraped of it within the time of so many scrapes, and no less than so many ms. */
  inScrapes(metric: string, scrapes: number, leastMs = 0): string {
    return this.#samples(metric, '', Math.max(scrapes * this.#everyMs, leastMs));
  }

  /** What was scraped of it last, if it still is. */
  last(metric: string): string {
    return `last_over_time(${this.inScrapes(metric, ONE_SAMPLE)})`;
  }

  /** Within the time of so many scrapes, when the server of a stream was read. */
  readTimes(scrapes: number): string {
    const matchers = this.#subject.kind === 'host' ? [] : [ofServer(this.#subject.server)];
    return `${series('server_collected_timestamp_seconds', matchers, this.#scraped)}[${scrapes * this.#everyMs}ms]`;
  }

  /** What an expression was at the time of each scrape in a step; of much time, of every so many of them. */
  duringStep(expression: string): string {
    // Prometheus before version 3 counts the beginning, too, which is the end of the step before.
    return `(${expression})[${this.#stepMs - 1}ms:${this.#lookMs}ms]`;
  }

  #samples(metric: string, more: string, ms: number): string {
    const matchers = [...matchersOf(this.#subject), more];
    return `${series(`${this.#subject.kind}_${metric}`, matchers, this.#scraped)}[${ms}ms]`;
  }
}

type NumbersOf = (parts: Parts, statistic: HistoryStatistic) => string;

/** A number that was scraped. What was scraped several times over is taken together. */
const scrapedNumber =
  (metric: string, factor = 1, more?: string): NumbersOf =>
  (parts, statistic) => {
    const name = FUNCTIONS[statistic];
    return `${name}(${name}_over_time(${parts.inStep(metric, more)})) * ${factor}`;
  };

/** A number that is made of what was scraped shortly before. */
const derivedNumber =
  (expressionOf: (parts: Parts) => string, factor: number): NumbersOf =>
  (parts, statistic) =>
    `${FUNCTIONS[statistic]}_over_time(${parts.duringStep(expressionOf(parts))}) * ${factor}`;

/**
 * What is counted by second of the time in which it was counted: scrapes come at other times than ticks, and nothing is
 * counted while nobody looks. Before that time was exported it is the time between scrapes.
 */
const rateOf = (metric: string): NumbersOf =>
  derivedNumber((parts) => {
    const passed = `max(irate(${parts.readTimes(TWO_SAMPLES)}))`;
    const perSecond = `max(irate(${parts.inScrapes(metric, TWO_SAMPLES)})) / (${passed} > 0 or vector(1) unless ${passed})`;
    return `${perSecond} and max(${parts.last(metric)})`;
  }, MBPS_PER_BYTE);

const ofInterfaces = (metric: string): NumbersOf =>
  derivedNumber((parts) => `sum(max by (interface) (${parts.last(metric)}))`, MBPS_PER_BYTE);

/** How each field is made of what is exported; `null` where it isn't. */
const NUMBERS: {
  readonly [Kind in HistoryKind]: Readonly<Record<HistoryFieldOf<Kind>, NumbersOf | null>>;
} = {
  stream: {
    inboundMbps: rateOf('received_bytes_total'),
    outboundMbps: rateOf('sent_bytes_total'),
    readers: scrapedNumber('readers'),
    rttP95Ms: derivedNumber((parts) => {
      const samples = parts.inScrapes('rtt_seconds', ONE_SAMPLE, P95_MS);
      return `max(quantile_over_time(0.95, ${samples})) and max(${parts.last('rtt_seconds')})`;
    }, MS_PER_SECOND),
    lossPercent: scrapedNumber('link_loss_ratio', PERCENT_PER_ONE),
    discardsPerSecond: null,
  },
  server: {
    liveStreams: scrapedNumber('streams_by_state', 1, 'state="live"'),
    readers: scrapedNumber('readers'),
    inboundMbps: scrapedNumber('received_bytes_per_second', MBPS_PER_BYTE),
    outboundMbps: scrapedNumber('sent_bytes_per_second', MBPS_PER_BYTE),
  },
  host: {
    cpuPercent: scrapedNumber('cpu_usage_ratio', PERCENT_PER_ONE),
    memoryPercent: derivedNumber((parts) => {
      const [available, size] = ['memory_available_bytes', 'memory_size_bytes'].map((name) =>
        parts.last(name),
      );
      return `1 - max(${available}) / max(${size})`;
    }, PERCENT_PER_ONE),
    inboundMbps: ofInterfaces('network_received_bytes_per_second'),
    outboundMbps: ofInterfaces('network_sent_bytes_per_second'),
  },
};

/** The words that were seen in a step. */
const wordsOf =
  (metric: string, label: string) =>
  (parts: Parts): string =>
    `max by (${label}) (max_over_time(${parts.inStep(metric)}))`;

const WORDS: Readonly<Record<HistoryKind, Readonly<Record<'state' | 'health', (parts: Parts) => string>>>> = {
  stream: { state: wordsOf('state', 'state'), health: wordsOf('health', 'health') },
  server: {
    state: wordsOf('poll_status', 'status'),
    // Its own reasons, and the worst of its streams. That nothing is heard of it is no health: nothing is known then.
    health: (parts) => {
      const reasons = `label_replace(max_over_time(${parts.inStep('reason', 'reason!="no-data"')}), "health", "$1", "severity", "(.+)")`;
      const troubled = `max_over_time(${parts.inStep('streams_by_health', 'health=~"warning|critical"')}) > 0`;
      const known = `max_over_time(${parts.inStep('streams_by_health', 'health="ok"')})`;
      return `max by (health) (${reasons} or ${troubled} or ${known})`;
    },
  },
  host: {
    state: (parts) => `label_replace(max(max_over_time(${parts.inStep('up')})) > 0, "state", "up", "", "")`,
    health: wordsOf('health', 'health'),
  },
};

/** What brings the fields that are asked for, as far as they are exported; state and health together. */
export function queriesFor(question: HistoryQuestion, scraped: Scraped): readonly EngineQuery[] {
  const { subject, fields: asked } = question;
  const parts = new Parts(question, scraped);
  const numbersOf = new Map<string, NumbersOf | null>(Object.entries(NUMBERS[subject.kind]));
  const words = (['state', 'health'] as const).map((field) => {
    return { field, statistic: 'worst', promql: WORDS[subject.kind][field](parts) } as const;
  });
  const numbers = Object.entries<HistoryField>(HISTORY[subject.kind].fields).flatMap(([field, { kept }]) => {
    const promqlOf = asked.includes(field) ? (numbersOf.get(field) ?? null) : null;
    if (promqlOf === null) return [];
    return kept.map((statistic) => ({ field, statistic, promql: promqlOf(parts, statistic) }));
  });
  return [...(words.some(({ field }) => asked.includes(field)) ? words : []), ...numbers];
}
