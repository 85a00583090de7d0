import { expect, test } from '@jest/globals';
import { type AlertSubject, REASON_CODES } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import type { DeliveryAttempt } from '../../../src/deliver/attempt.ts';
import type { HttpKind } from '../../../src/deliver/http-kind.ts';
import { ALERTMANAGER } from '../../../src/deliver/kinds/alertmanager.ts';
import { DISCORD } from '../../../src/deliver/kinds/discord.ts';
import { NTFY } from '../../../src/deliver/kinds/ntfy.ts';
import { SLACK } from '../../../src/deliver/kinds/slack.ts';
import { TELEGRAM } from '../../../src/deliver/kinds/telegram.ts';
import { WEBHOOK } from '../../../src/deliver/kinds/webhook.ts';
import { type TargetKind, type TargetMessage, TEXT_LANGUAGES } from '../../../src/model.ts';
import { type Style, writeMessage } from '../../../src/text/index.ts';
import { alert, AT, news, reason, resolved, target } from '../../support/messages.ts';

/** What anybody may call something: any code units, halves of characters too. */
const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('<!here>', '@all', '*'));
const subject: fc.Arbitrary<AlertSubject> = fc.oneof(
  fc.record({ kind: fc.constant('stream' as const), server: name, stream: name }),
  fc.record({ kind: fc.constant('server' as const), server: name }),
  fc.record({ kind: fc.constant('host' as const), host: name }),
);
const anyReason = fc
  .record({
    code: fc.constantFrom(...REASON_CODES),
    severity: fc.constantFrom('warning' as const, 'critical' as const),
    measured: fc.option(fc.double()),
    limit: fc.option(fc.double()),
    detail: fc.option(name),
  })
  .map(reason);
const anyAlert = fc
  .record({ subject, reasons: fc.array(anyReason, { maxLength: 4 }), returns: fc.nat(9) })
  .map(alert);
const alerts = fc.array(anyAlert, { maxLength: 15 });
const message: fc.Arbitrary<TargetMessage> = fc.oneof(
  fc
    .tuple(alerts, alerts, alerts)
    .map(([fired, repeated, over]) => news({ fired, repeated, resolved: over.map((one) => resolved(one)) })),
  name.map((goneTarget) => ({ ...news({}), kind: 'gone' as const, goneTarget })),
);

type SentBody = Readonly<Record<string, unknown>>;

/** The text of a body that a service has a limit for, how long it is as the service counts, and the limit. */
interface Limit {
  readonly lengthOf: (body: SentBody) => number;
  readonly max: number;
}

const KINDS: readonly (readonly [kind: TargetKind, http: HttpKind, limit: Limit | null])[] = [
  ['slack', SLACK, { lengthOf: ({ text }) => String(text).length, max: 4_000 }],
  ['discord', DISCORD, { lengthOf: ({ content }) => String(content).length, max: 2_000 }],
  ['telegram', TELEGRAM, { lengthOf: ({ text }) => String(text).length, max: 4_096 }],
  ['ntfy', NTFY, { lengthOf: ({ message: text }) => Buffer.byteLength(String(text)), max: 4_096 }],
  ['webhook', WEBHOOK, null],
  ['alertmanager', ALERTMANAGER, null],
];

/** Texts that people see, of one message; Telegram's names are kept apart from their @ by what can't be seen. */
const shownIn = (body: SentBody): string =>
  Object.values(body)
    .filter((value) => typeof value === 'string')
    .join('')
    .replaceAll('@\u2060', '@')
    .replaceAll('\n', '');

test('whatever things are called, each service gets JSON that it takes, without what hides or turns text', () => {
  fc.assert(
    fc.property(message, fc.constantFrom(...TEXT_LANGUAGES), (one, language) => {
      for (const [kind, http, limit] of KINDS) {
        const style = (escape: Style['escape']): Style => ({
          ...{ language, timeZone: 'Europe/Berlin', dashboardUrl: 'https://monitor.example.com/', escape },
        });
        const attempt: DeliveryAttempt = {
          ...{
            target: target(kind, { chat: '1' }),
            message: one,
            firing: one.fired,
            ended: one.repeated,
            style,
          },
          wallMs: Date.parse(AT),
          access: { url: 'https://example.com/topic', secrets: kind === 'telegram' ? ['1:a'] : [] },
          write: (escape) => writeMessage(one, style(escape)),
        };
        for (const request of http.requests(attempt)) {
          const body = JSON.parse(request.body) as SentBody;
          if (limit === null) continue;
          expect(limit.lengthOf(body)).toBeGreaterThan(0);
          expect(limit.lengthOf(body)).toBeLessThanOrEqual(limit.max);
          expect(shownIn(body)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        }
      }
    }),
    { numRuns: 300 },
  );
});
