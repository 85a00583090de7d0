import https from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';

/** Which certificate of MediaMTX is believed. */
export type Trust =
  | { readonly kind: 'system' }
  /** One that these authorities (PEM) stand for. */
  | { readonly kind: 'authority'; readonly pem: string }
  /** The one with this SHA-256, as 64 hexadecimal digits in upper case with colons, whoever it is for. */
  | { readonly kind: 'fingerprint'; readonly fingerprint: string };

export const SYSTEM_TRUST: Trust = { kind: 'system' };

/** A handshake takes a few round trips; what takes longer is given up. */
const HANDSHAKE_MS = 10_000;

/** The server has another certificate than the one that is believed; the message is its fingerprint. */
class FingerprintError extends Error {
  readonly code = 'fingerprint-differs';
}

/** The agent that makes TLS connections, which are kept alive. */
export function createTlsAgent(trust: Trust): https.Agent {
  switch (trust.kind) {
    case 'system':
      return new https.Agent({ keepAlive: true });
    case 'authority':
      return new https.Agent({ keepAlive: true, ca: trust.pem });
    case 'fingerprint':
      return new PinnedAgent(trust.fingerprint);
  }
}

/**
 * Believes one certificate, by its fingerprint. A request gets its connection once that is known to be right, so that
 * no credential is sent to anybody else.
 */
class PinnedAgent extends https.Agent {
  readonly #fingerprint: string;

  constructor(fingerprint: string) {
    super({ keepAlive: true });
    this.#fingerprint = fingerprint;
  }

  override createConnection(
    options: ConnectionOptions,
    done: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    const socket: TLSSocket = connect({ ...options, rejectUnauthorized: false });
    const giveUp = setTimeout(() => {
      socket.destroy(new Error(`no TLS within ${HANDSHAKE_MS} ms`));
    }, HANDSHAKE_MS);
    const fail = (error: Error): void => {
      clearTimeout(giveUp);
      done(error);
    };
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      const { fingerprint256: found } = socket.getPeerCertificate();
      if (found !== this.#fingerprint) {
        socket.destroy(new FingerprintError(found));
        return;
      }
      clearTimeout(giveUp);
      socket.off('error', fail);
      done(null, socket);
    });
    return undefined;
  }
}
