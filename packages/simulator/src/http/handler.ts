import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import type { FaultState } from '../faults/state.ts';
import type { ContentOf } from '../lists/content.ts';
import { questionOf, type Question } from '../details/question.ts';
import type { Version } from '../versions/version.ts';
import { SimulatorError } from '../errors.ts';
import { replyTo } from './api.ts';
import { judgeCredentials, type Credentials } from './credentials.ts';
import { FAULT_SWITCH_PATH, switchFault } from './fault-switch.ts';
import { errorAnswer } from './reply.ts';
import { send } from './send.ts';

/** What the handler serves. */
export interface HandlerContext {
  readonly version: Version;
  readonly faults: FaultState;
  readonly contentOf: ContentOf;
  readonly delayAuth401Ms: number;
  readonly credentials: Credentials | null;
  /** Called for each request that asks for something. */
  readonly count: (question: Question) => void;
  /** @throws {@link SimulatorError} for a fault that this server can't have */
  readonly setFault: (fault: Fault | null) => Promise<void>;
}

/** Serves the API and the fault switch. */
export function createHandler(served: HandlerContext): RequestListener {
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
  served: HandlerContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
): void {
  const { version, faults } = served;
  const search = new URLSearchParams(query);
  const firstNames = faults.current?.kind !== 'firstNamesGone';
  const question = questionOf(path, search, { ...version, firstNames });
  if (question !== null) served.count(question);
  const reply = replyTo(
    {
      method: request.method ?? '',
      query: search,
      credentials: judgeCredentials(served.credentials, request.headers.authorization),
    },
    {
      version,
      content: question === null ? null : served.contentOf(question),
      fault: faults.meet(question?.kind === 'list' ? question.list : null),
      delayAuth401Ms: served.delayAuth401Ms,
    },
  );
  send(response, reply);
}

async function serveSwitch(
  served: HandlerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { answer, fault } = await switchFault(request, served.faults.current);
  if (fault?.kind === 'down') {
    response.once('close', () => void served.setFault(fault));
    send(response, { ...answer, headers: { Connection: 'close' } });
    return;
  }
  try {
    if (fault !== undefined) await served.setFault(fault);
    send(response, answer);
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    send(response, errorAnswer('status-error', 400, error.message));
  }
}
