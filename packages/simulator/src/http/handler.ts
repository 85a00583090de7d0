import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import type { FaultState } from '../faults/state.ts';
import type { ContentOf } from '../lists/content.ts';
import type { ListName } from '../lists/names.ts';
import type { Version } from '../versions/version.ts';
import { listOfPath, replyTo } from './api.ts';
import { judgeCredentials, type Credentials } from './credentials.ts';
import { FAULT_SWITCH_PATH, switchFault } from './fault-switch.ts';
import { send } from './send.ts';

/** What the handler serves. */
export interface Served {
  readonly version: Version;
  readonly faults: FaultState;
  readonly contentOf: ContentOf;
  readonly delayAuth401Ms: number;
  readonly credentials: Credentials | null;
  /** Called for each request for a list. */
  readonly count: (list: ListName) => void;
  readonly setFault: (fault: Fault | null) => Promise<void>;
}

/** Serves the API and the fault switch. */
export function createHandler(served: Served): RequestListener {
  return (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (path === FAULT_SWITCH_PATH) {
      serveSwitch(served, request, response).catch(() => response.destroy());
    } else {
      serveApi(served, request, response, path, query);
    }
  };
}

function serveApi(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
): void {
  const list = listOfPath(path);
  if (list !== null) served.count(list);
  const reply = replyTo(
    {
      method: request.method ?? '',
      query: new URLSearchParams(query),
      credentials: judgeCredentials(served.credentials, request.headers.authorization),
    },
    {
      version: served.version,
      content: list === null ? null : served.contentOf(list),
      fault: served.faults.meet(list),
      delayAuth401Ms: served.delayAuth401Ms,
    },
  );
  send(response, reply);
}

async function serveSwitch(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { answer, fault } = await switchFault(request, served.faults.current());
  if (fault?.kind === 'down') {
    response.once('close', () => void served.setFault(fault));
    send(response, { ...answer, headers: { Connection: 'close' } });
    return;
  }
  if (fault !== undefined) await served.setFault(fault);
  send(response, answer);
}
