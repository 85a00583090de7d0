import { isIll, tightLoads } from '@mediamtx-monitor/model';
import type { ServerStanding } from '../model/server-standing.ts';
import { fleetReasonText, silenceText, type TextContext } from './fleet-text.ts';
import { reasonText } from './reason-text.ts';

/** What is wrong with a server, its machine and its streams, a sentence each, beside its name. */
export function standingTexts(standing: ServerStanding, context: TextContext): readonly string[] {
  const { head, reasons, silence, host, illCount } = standing;
  const { texts, format } = context;
  const quiet = silence?.level === 'quiet' ? [silenceText(head.server, silence, context)] : [];
  const own = reasons.map((reason) => {
    switch (reason.code) {
      case 'server-unreachable':
        return `MediaMTX ${texts.serverProblems[reason.problem]}`;
      case 'list-missing':
        return texts.serversPage.missing(format.list(reason.lists));
      case 'other':
        return reasonText(reason.published, texts, format);
      case 'no-data':
      case 'host-load':
        return fleetReasonText(reason, context);
    }
  });
  const loads = host === undefined ? [] : tightLoads(host).filter(({ severity }) => isIll(severity));
  const machine = loads.map(({ kind, mount, percent }) =>
    texts.fleet.loads[kind](format.percent(percent), mount ?? ''),
  );
  const streams = illCount === 0 ? [] : [texts.summary.streams(illCount, format.count(illCount))];
  return [...quiet, ...own, ...streams, ...machine];
}
