import type { MemberNames, Version } from '../versions/version.ts';
import { hlsmuxers } from './hlsmuxers.ts';
import { hlssessions } from './hlssessions.ts';
import type { SimulatedList } from './list.ts';
import { moqsessions } from './moqsessions.ts';
import { LIST_NAMES, type SimulatedListName } from './names.ts';
import { paths } from './paths.ts';
import { rtmpconns } from './rtmpconns.ts';
import { rtspconns } from './rtspconns.ts';
import { rtspsessions } from './rtspsessions.ts';
import { srtconns } from './srtconns.ts';
import { webrtcsessions } from './webrtcsessions.ts';

/** The lists that one version answers. */
export type Lists = Readonly<Partial<Record<SimulatedListName, SimulatedList>>>;

const MAKERS: Readonly<
  Partial<Record<SimulatedListName, (members: MemberNames, version: Version) => SimulatedList>>
> = {
  paths,
  srtconns,
  rtspconns: (members) => rtspconns(members, 'rtspSession'),
  rtspsessions: (members) => rtspsessions(members, 'rtspSession'),
  rtspsconns: (members) => rtspconns(members, 'rtspsSession'),
  rtspssessions: (members) => rtspsessions(members, 'rtspsSession'),
  rtmpconns: (members) => rtmpconns(members, 'rtmpConn'),
  rtmpsconns: (members) => rtmpconns(members, 'rtmpsConn'),
  hlsmuxers,
  hlssessions,
  webrtcsessions,
  moqsessions,
};

/** Makes the lists that a version has; the others are off, or unknown to it. */
export function createLists(version: Version): Lists {
  return Object.fromEntries(
    LIST_NAMES.flatMap((name) => {
      const members = version.lists[name];
      const list = members && MAKERS[name]?.(members, version);
      return list === undefined ? [] : [[name, list]];
    }),
  );
}
