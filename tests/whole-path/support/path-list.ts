import {
  constructedBody,
  constructedList,
  recordedList,
  type ReplayedVersion,
  type ReplayServer,
} from '@mediamtx-monitor/testkit';

/** A path of MediaMTX's list, as far as scenes change it. */
export type PathItem = Readonly<Record<string, unknown>>;

/** A recorded (of 1.21: constructed) path list that goes on from there. */
export interface PathList {
  /** Changes members of a path; `null` takes it out of the list. */
  readonly change: (name: string, members: PathItem | null) => void;
  /** Puts a path back as it was recorded, as a run that began at this time. */
  readonly renew: (name: string, atIso: string) => void;
  /** From now on no byte comes for a path, though it stays as it is. */
  readonly freeze: (name: string) => void;
  /** Lets bytes come for every path that is ready, and answers with what there is then. */
  readonly flow: () => void;
}

/** What MediaMTX says of a path that nothing publishes any more: its configuration names it. */
export const IDLE: PathItem = {
  ...{ ready: false, readyTime: null, available: false, availableTime: null },
  ...{ online: false, onlineTime: null, source: null, tracks: [], tracks2: [], readers: [] },
  ...{ inboundBytes: 0, outboundBytes: 0, bytesReceived: 0, bytesSent: 0 },
};

/** The same of a path whose static source isn't there. */
export const WITHOUT_SOURCE: PathItem = {
  ...IDLE,
  ...{ online: true, onlineTime: '0001-01-01T00:00:00Z', source: { type: 'rtspSource', id: '' } },
};

const BYTES_A_TICK = 100_000;
const NO_FORWARDS = '{"itemCount":0,"pageCount":0,"items":[]}';

/** What is kept of an entry in the configuration. */
export const configurationOf = (sourceOnDemand: boolean): string =>
  JSON.stringify({ sourceOnDemand, runOnDemand: '' });

/** Answers about single paths: no forwards, and pulls as they are constructed. */
function answerDetails(server: ReplayServer, version: ReplayedVersion, paths: Iterable<PathItem>): void {
  for (const { name, confName } of paths) {
    const configuration = configurationOf(name === 'ondemand');
    server.setAnswer(`config/paths/get/${String(confName)}`, { body: configuration });
    const forwards = version === '1.20.1' ? 'paths/forward/list' : 'paths/forward-dests/list';
    server.setAnswer(`${forwards}?path=${String(name)}`, { body: NO_FORWARDS });
  }
  if (version === '1.20.1') return;
  for (const name of ['pulled', 'ondemand', 'unready']) {
    server.setAnswer(`paths/static-sources/get/${name}`, {
      body: constructedBody(`static-sources.${name}.json`),
    });
  }
}

export function pathListOf(server: ReplayServer, version: Exclude<ReplayedVersion, 'nothing'>): PathList {
  const body =
    version === '1.21.0-constructed' ? constructedList('paths', 't0') : recordedList(version, 'paths', 't0');
  const { items } = JSON.parse(body ?? '') as { items: readonly PathItem[] };
  const recorded = new Map(items.map((item) => [String(item['name']), item]));
  const paths = new Map(recorded);
  const frozen = new Set<string>();

  const answer = (): void => {
    const all = [...paths.values()];
    server.setBody('paths', JSON.stringify({ itemCount: all.length, pageCount: 1, items: all }));
  };
  const setPath = (name: string, item: PathItem | null): void => {
    if (item === null) paths.delete(name);
    else paths.set(name, item);
    frozen.delete(name);
    answer();
  };
  answer();
  answerDetails(server, version, recorded.values());
  return {
    change: (name, members) => {
      setPath(name, members === null ? null : { ...paths.get(name), ...members });
    },
    renew: (name, atIso) => {
      const times = { readyTime: atIso, availableTime: atIso, onlineTime: atIso };
      setPath(name, { ...recorded.get(name), ...times, inboundBytes: 1_000, bytesReceived: 1_000 });
    },
    freeze: (name) => {
      frozen.add(name);
    },
    flow: () => {
      for (const [name, item] of paths) {
        if (item['ready'] !== true || frozen.has(name)) continue;
        const inboundBytes = Number(item['inboundBytes']) + BYTES_A_TICK;
        paths.set(name, { ...item, inboundBytes, bytesReceived: inboundBytes });
      }
      answer();
    },
  };
}
