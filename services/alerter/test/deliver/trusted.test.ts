import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Target, TryResult } from '../../src/model.ts';
import { alert, news, target } from '../support/messages.ts';
import { certificateOfTest } from '../support/certificate.ts';
import { filesOfTest } from '../support/files.ts';
import { type SmtpOfTest, startSmtp } from '../support/smtp.ts';

const BUILT = new URL('../../dist/deliver/index.js', import.meta.url);
/** What a process does that knows the authority from its start, as Node wants it. */
const SCRIPT = `
  const { TargetDelivery } = await import('${BUILT.href}');
  const { targets, message } = JSON.parse(process.env.GIVEN);
  const delivery = new TargetDelivery({
    logger: console, wallMs: () => Date.now(), dashboardUrl: null,
  });
  delivery.offer(targets.map((target) => ({ target, queued: { message } })), () => ({ firing: [], ended: [] }));
  const results = [];
  while (results.length < targets.length) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    results.push(...delivery.takeResults());
  }
  process.stdout.write(JSON.stringify(results));
`;

const certificate = certificateOfTest();
const file = filesOfTest();
const smtps: SmtpOfTest[] = [];
let requests = 0;
const https = createServer(certificate, (_request, response) => {
  requests += 1;
  response.end();
});

beforeAll(async () => {
  if (!existsSync(fileURLToPath(BUILT))) throw new Error(`${BUILT.href} is missing: run "make build" first`);
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
  const keys = { key: certificate.key, cert: certificate.cert };
  const asked = {
    authOptional: false,
    allowInsecureAuth: false,
    onAuth: (
      _auth: unknown,
      _session: unknown,
      done: (error: null, answer: { readonly user: string }) => void,
    ) => {
      done(null, { user: 'monitor' });
    },
  };
  smtps.push(
    await startSmtp({ ...keys, ...asked, secure: true }),
    await startSmtp({ ...keys, ...asked, hideSTARTTLS: false }),
  );
});
afterAll(async () => {
  https.closeAllConnections();
  https.close();
  await Promise.all(smtps.map(({ close }) => close()));
});

test('over TLS, from the start or later, a host is told that somebody known vouches for', async () => {
  const address = https.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const mail = {
    from: 'monitor@example.com',
    to: ['ops@example.com'],
    secretFile: file('password', 'secret'),
  };
  const targets: readonly Target[] = [
    target('webhook', { url: `https://localhost:${port}/` }, { name: 'https' }),
    target('email', { ...mail, url: `smtps://monitor@localhost:${smtps[0]?.port ?? 0}` }, { name: 'smtps' }),
    target(
      'email',
      { ...mail, url: `smtp://monitor@localhost:${smtps[1]?.port ?? 0}` },
      { name: 'starttls' },
    ),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    env: {
      NODE_EXTRA_CA_CERTS: certificate.path,
      GIVEN: JSON.stringify({ targets, message: news({ fired: [alert()] }) }),
    },
  });
  const results = JSON.parse(stdout) as readonly TryResult[];
  expect(results.map(({ target: name, outcome, error }) => [name, outcome, error]).toSorted()).toStrictEqual([
    ['https', 'delivered', null],
    ['smtps', 'delivered', null],
    ['starttls', 'delivered', null],
  ]);
  expect([requests, smtps.map(({ mails }) => mails.map(({ secure, user }) => [secure, user]))]).toStrictEqual(
    [1, [[[true, 'monitor']], [[true, 'monitor']]]],
  );
});
