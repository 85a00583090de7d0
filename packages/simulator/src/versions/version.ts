import type { SimulatedListName } from '../lists/names.ts';

/** How errors are told: not at all, as `{"error":…}` or as `{"status":"error","error":…}`. */
export type ErrorForm = 'empty' | 'error' | 'status-error';

/** Names of an item's members, in order. */
export type MemberNames = readonly string[];

/** How one MediaMTX version differs from the others, as recorded of a real server. */
export interface Version {
  /** As `/v3/info` tells it. */
  readonly release: string;
  /** What it answers, with the members of an item. Anything else is 404. */
  readonly lists: Readonly<Partial<Record<SimulatedListName, MemberNames>>>;
  /** How it spells the type of a WebRTC source or reader. */
  readonly webRTCType: 'webRTCSession' | 'webrtcSession';
  /** Each HLS viewer is a reader, or the path's muxer is one for all of them. */
  readonly hlsReader: 'session' | 'muxer';
  /** Whether a path's sent bytes include what HLS viewers got. */
  readonly hlsInPathBytes: boolean;
  /** Whether a path's readers are in order; they come at random otherwise. */
  readonly sortedReaders: boolean;
  /** How many times SRT counts a lost packet. */
  readonly srtLossTimes: number;
  /** What a page beyond the last holds: nothing, or the list's last item. */
  readonly beyondLastPage: 'nothing' | 'last-item';
  /** What 0 items a page do: the request is refused, or the server exits. */
  readonly zeroItemsPerPage: 'refused' | 'exits';
  /** Whether the API can demand credentials. */
  readonly auth: boolean;
  /** Whether it knows `/v3/srt/conns/list` and its like, beside the first names such as `/v3/srtconns/list`. */
  readonly groupedNames: boolean;
  /** Whether it can be asked for a single static source. */
  readonly staticSources: boolean;
  /** Members of a place that a path is sent on to; `null` where nothing is. */
  readonly forwards: MemberNames | null;
  readonly errors: ErrorForm;
  /** The same for 401. */
  readonly unauthorized: ErrorForm;
}

/** Takes names apart that are written one after the other. */
export function members(names: string): MemberNames {
  return names.trim().split(/\s+/);
}
