import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { SimulatorError } from '../errors.ts';
import type { Fault } from '../faults/fault.ts';
import { parseFault } from '../faults/parse.ts';
import { errorAnswer, json, type SimulatorAnswer } from './reply.ts';

/** Where faults are switched over HTTP. */
export const FAULT_SWITCH_PATH = '/simulator/fault';

/** What a request to the switch leads to. */
export interface SwitchOutcome {
  readonly answer: SimulatorAnswer;
  /** The fault to set once the answer is out; absent if nothing changes. */
  readonly fault?: Fault | null;
}

/** `PUT` sets a fault, `DELETE` takes it away, `GET` tells which is on. */
export async function switchFault(request: IncomingMessage, current: Fault | null): Promise<SwitchOutcome> {
  if (request.method === 'GET') return { answer: faultAnswer(current) };
  if (request.method === 'DELETE') return { answer: faultAnswer(null), fault: null };
  if (request.method === 'PUT') return await putFault(request);
  return {
    answer: {
      ...errorAnswer('status-error', 405, 'use GET, PUT or DELETE'),
      headers: { Allow: 'GET, PUT, DELETE' },
    },
  };
}

async function putFault(request: IncomingMessage): Promise<SwitchOutcome> {
  try {
    const fault = parseFault(await text(request));
    return { answer: faultAnswer(fault), fault };
  } catch (error) {
    if (error instanceof SimulatorError) return { answer: errorAnswer('status-error', 400, error.message) };
    throw error;
  }
}

function faultAnswer(fault: Fault | null): SimulatorAnswer {
  return json(JSON.stringify({ fault }));
}
