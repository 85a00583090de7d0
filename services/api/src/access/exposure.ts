import { isThisMachineOnly } from '@mediamtx-monitor/runtime';

/** A sentence for the log where everyone who reaches this machine may read everything; else `undefined`. */
export function exposureWarning(host: string, hasTokens: boolean): string | undefined {
  if (hasTokens || isThisMachineOnly(host)) return undefined;
  return (
    `API_HOST is ${host} and no tokens are set: whoever reaches this port can read everything. ` +
    'Make a token with `make token NAME=…` and set API_TOKENS_FILE, or set API_HOST=127.0.0.1 ' +
    '(of a container, publish the port on 127.0.0.1 only, as compose.yaml does)'
  );
}
