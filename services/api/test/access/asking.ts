import { expect } from '@jest/globals';
import supertest from 'supertest';
import type { AccessSettings } from '../../src/access/index.ts';
import { type ParsedAnswer, ask } from '../http/ask.ts';
import { startGate } from './bench.ts';

/** Every request comes from a proxy on this machine. */
export const BEHIND_PROXY = { TRUST_PROXY: ['loopback'] };

export interface GateRequest {
  readonly method?: 'get' | 'head' | 'post' | 'options';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a gate of its own. */
export async function answerOf(
  settings: Partial<AccessSettings>,
  { method = 'get', path = '/x', headers = {} }: GateRequest,
) {
  const { url } = await startGate(settings);
  return ask(supertest(url)[method](path).set(headers));
}

export function expectRefusal(answer: ParsedAnswer, status: number, code: string): void {
  expect(answer).toMatchObject({ status, body: { code, status, detail: expect.any(String) } });
  expect(answer.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
}
