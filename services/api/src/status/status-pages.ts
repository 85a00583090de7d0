import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import { type Clock, FileWatch, type Logger, type Part } from '@mediamtx-monitor/runtime';
import type { Feed } from '../feed/index.ts';
import { type Representation, representDocument, wantsGzip } from '../http/answer.ts';
import type { PublicPages, PublicStatus, StatusPageStats, StatusReader } from '../http/status-page.ts';
import { badge } from './badge.ts';
import { lastDays } from './days.ts';
import { FleetLook, type SeenEntry } from './fleet-look.ts';
import { KeptHistory } from './kept-history.ts';
import { makeHistory } from './make-history.ts';
import { Membership } from './membership.ts';
import { statusPage } from './page.ts';
import { publicStatus } from './public-status.ts';
import { selectionKey, selectionOf, type StreamSelection } from './selection.ts';
import { STATUS_FILE, type StatusEntry, type StatusPage } from './status-file.ts';
import { STYLE } from './style.ts';
import { languageOf, STATUS_TEXTS } from './texts.ts';

const MIN_GZIP_BYTES = 1_024;
const compress = promisify(gzip);

/** A page is made anew after so long, in ms, however many ask. */
const NEW_AFTER_MS = 5_000;
const DAYS = 30;
/** All of these days in any time zone, also where clocks were set. */
const WINDOW_MS = DAYS * 86_400_000 + 2 * 3_600_000;
/** Caches between here and readers may keep an answer for so long. */
const CACHED = 'public, max-age=10';
/** Other pages may read and show it: it holds nothing that isn't for everyone. */
const FOR_ALL = ['Access-Control-Allow-Origin', '*', 'Cross-Origin-Resource-Policy', 'cross-origin'];
/** Opened by itself, a picture may load and run nothing either. */
const BADGE_HEADERS = [...FOR_ALL, 'Content-Security-Policy', "default-src 'none'"];
const PAGE_HEADERS = [
  ...['Refresh', '30'],
  'Content-Security-Policy',
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ...['Referrer-Policy', 'no-referrer'],
];

export interface StatusPagesOptions {
  readonly feed: Feed;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Those of the start. */
  readonly pages: readonly StatusPage[];
  /** Path of the file they are from; `undefined` where none is set. */
  readonly path: string | undefined;
  /** How often that is looked at, in ms. */
  readonly checkMs: number;
}

/** Something that is made anew after a while. */
interface Timed<Value> {
  readonly madeMs: number;
  readonly value: Promise<Value>;
}

/** A page as it was when somebody asked last, and what was made of it: at most that of all items, languages, encodings. */
interface MadePage {
  readonly status: PublicStatus;
  readonly answers: Map<string, Promise<Representation>>;
}

type Selections = ReadonlyMap<StatusEntry, StreamSelection>;

/** Pages that everyone may see, as MONITOR_CONFIG names them. What they cost depends on time, not on how many ask. */
export class StatusPages implements PublicPages, Part {
  readonly name = 'status pages';
  readonly #options: StatusPagesOptions;
  readonly #watch: FileWatch<readonly StatusPage[]> | undefined;
  readonly #styles = new Map<boolean, Representation>();
  #pages: ReadonlyMap<string, StatusPage> = new Map();
  #selections: Selections = new Map();
  #members = new Membership([]);
  readonly #history: KeptHistory;
  #look: Timed<FleetLook> | undefined;
  #made = new Map<string, Timed<MadePage>>();

  constructor(options: StatusPagesOptions) {
    const { feed, clock, pages, path, logger, checkMs } = options;
    this.#options = options;
    this.#history = new KeptHistory({
      ...{ clock, logger },
      make: (reader) => {
        const toMs = clock.wallMs();
        const window = { fromMs: toMs - WINDOW_MS, toMs };
        return makeHistory(feed, this.#members, window, reader, clock.monotonicMs);
      },
    });
    this.#take(pages);
    if (path === undefined) return;
    this.#watch = new FileWatch({
      file: STATUS_FILE,
      path,
      logger,
      checkMs,
      meanwhile: 'the status pages stay as they were',
      onRead: (read, isMended) => {
        this.#read(read, isMended);
      },
    });
  }

  start(): void {
    this.#watch?.start();
  }

  stop(): void {
    this.#watch?.stop();
    this.#history.stop();
  }

  /** Whether the file is wrong, how many pages there are, and how often what was before was read since the start. */
  get stats(): StatusPageStats {
    return {
      isFileWrong: this.#watch?.isWrong ?? false,
      pages: this.#pages.size,
      histories: this.#history.count,
    };
  }

  readonly page: PublicPages['page'] = async (name, form, reader) => {
    const page = this.#pages.get(name);
    if (page === undefined) return undefined;
    const made = await this.#current(page);
    if (form === 'json') {
      const make = (): string => JSON.stringify(made.status);
      return answerOf(
        made,
        { key: 'json', type: 'application/json; charset=utf-8', headers: FOR_ALL, make },
        reader,
      );
    }
    const language = page.language ?? languageOf(reader.acceptLanguage);
    const make = (): string => statusPage(name, made.status, language);
    const varies = page.language === null;
    const parts = { key: `html ${language}`, type: 'text/html; charset=utf-8', headers: PAGE_HEADERS, make };
    return answerOf(made, { ...parts, varies }, reader);
  };

  readonly badge: PublicPages['badge'] = async (name, id, reader) => {
    const page = this.#pages.get(name);
    if (page?.items.some((item) => item.id === id) !== true) return undefined;
    const made = await this.#current(page);
    const item = made.status.items.find((each) => each.id === id);
    if (item === undefined) return undefined;
    const language = page.language ?? languageOf(reader.acceptLanguage);
    const make = (): string => badge(item.title, item.state, STATUS_TEXTS[language].states[item.state]);
    const parts = { key: `badge ${language} ${id}`, type: 'image/svg+xml; charset=utf-8', make };
    return answerOf(made, { ...parts, headers: BADGE_HEADERS, varies: page.language === null }, reader);
  };

  readonly style: PublicPages['style'] = ({ acceptEncoding }) => {
    const isGzip = wantsGzip(acceptEncoding, STYLE.length);
    const kept = this.#styles.get(isGzip);
    if (kept !== undefined) return kept;
    const body = isGzip ? gzipSync(STYLE) : Buffer.from(STYLE);
    const parts = { cacheControl: 'no-cache', isNegotiated: true, isGzip };
    const made = representDocument('text/css; charset=utf-8', body, parts);
    this.#styles.set(isGzip, made);
    return made;
  };

  /** What was made of the pages before is let go, but not what was read of before. */
  #take(pages: readonly StatusPage[]): void {
    const entries = pages.flatMap(({ items }) => items);
    this.#pages = new Map(pages.map((page) => [page.name, page]));
    this.#selections = new Map(entries.map((entry) => [entry, selectionOf(entry)]));
    this.#members = new Membership(entries);
    this.#made = new Map();
    this.#look = undefined;
  }

  #read(pages: readonly StatusPage[], isMended: boolean): void {
    const isSame = JSON.stringify(pages) === JSON.stringify([...this.#pages.values()]);
    if (isSame && !isMended) return;
    if (!isSame) this.#take(pages);
    this.#options.logger.info(`status pages read again: ${isSame ? 'the same as before' : pages.length}`);
  }

  /** The page as it is now, or was a moment ago: made once for all who ask. */
  #current(page: StatusPage): Promise<MadePage> {
    const made = this.#made.get(page.name);
    if (made !== undefined && this.#isNew(made)) return made.value;
    const next = this.#timed(this.#make(page));
    this.#made.set(page.name, next);
    next.value.catch(() => {
      if (this.#made.get(page.name) === next) this.#made.delete(page.name);
    });
    return next.value;
  }

  async #make(page: StatusPage): Promise<MadePage> {
    const { feed, clock } = this.#options;
    const selections = this.#selections;
    const history = await this.#history.now(page.items.map(selectionKey));
    if (this.#look === undefined || !this.#isNew(this.#look)) {
      const members = this.#members;
      const chosen = { isChosen: (server: string) => members.concern(server) };
      this.#look = this.#timed(FleetLook.take(feed, chosen));
    }
    const look = await this.#look.value;
    const days = lastDays(history.newest?.atMs ?? clock.wallMs(), page.timeZone, DAYS);
    const seen = (entry: StatusEntry): SeenEntry =>
      look.entry(entry, selections.get(entry) ?? selectionOf(entry));
    return { status: publicStatus(page, seen, history, days), answers: new Map() };
  }

  #timed<Value>(value: Promise<Value>): Timed<Value> {
    return { madeMs: this.#options.clock.monotonicMs(), value };
  }

  #isNew({ madeMs }: Timed<unknown>): boolean {
    return this.#options.clock.monotonicMs() - madeMs < NEW_AFTER_MS;
  }
}

interface AnswerToMake {
  /** Tells it from others of the same page. */
  readonly key: string;
  readonly type: string;
  readonly headers: readonly string[];
  /** Whether it is another in another language. */
  readonly varies?: boolean;
  readonly make: () => string;
}

/** An answer of a page, put together once for all who ask for it. */
function answerOf(
  { answers }: MadePage,
  { key, type, headers, varies = false, make }: AnswerToMake,
  { acceptEncoding }: StatusReader,
): Promise<Representation> {
  const isGzip = wantsGzip(acceptEncoding, MIN_GZIP_BYTES);
  const place = `${key} ${isGzip}`;
  const kept = answers.get(place);
  if (kept !== undefined) return kept;
  const toMake = async (): Promise<Representation> => {
    const plain = Buffer.from(make());
    const body = isGzip ? await compress(plain) : plain;
    const vary = `Accept-Encoding${varies ? ', Accept-Language' : ''}`;
    return representDocument(type, body, { cacheControl: CACHED, isGzip, varies: vary, headers });
  };
  const made = toMake();
  answers.set(place, made);
  return made;
}
