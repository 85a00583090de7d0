import { STATUS_CODES } from 'node:http';
import { errorAnswer, unauthorized, type Reply } from '../http/reply.ts';
import type { Version } from '../versions/version.ts';
import type { Fault } from './fault.ts';

const WEB_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>\n';

/** What comes instead of the API's answer; `null` if the fault lets the API answer. */
export function replyInstead(fault: Fault, version: Version): Reply | null {
  switch (fault.kind) {
    case 'hang':
    case 'down':
      return 'hang';
    case 'cut':
      return 'cut';
    case 'status':
      return errorAnswer(
        version.errors,
        fault.status,
        (STATUS_CODES[fault.status] ?? 'unknown error').toLowerCase(),
      );
    case 'unauthorized':
      return { ...unauthorized(version.unauthorized), delayMs: fault.delayMs ?? 0 };
    case 'html':
      return { status: 200, contentType: 'text/html; charset=utf-8', body: WEB_PAGE };
    case 'slow':
    case 'truncated':
    case 'nulls':
    case 'emptyObject':
    case 'hugeBody':
    case 'endlessPaging':
    case 'shortCount':
    case 'firstNamesGone':
    case 'gone':
    case 'frozen':
    case 'forwardFailing':
      return null;
  }
}
