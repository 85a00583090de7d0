/** How the collector proves to MediaMTX who it is; what is secret in it may change while it runs. */
export type Credentials =
  | { readonly kind: 'basic'; readonly user: string; password: string }
  | { readonly kind: 'bearer'; token: string };

/** The `Authorization` header for these credentials (RFC 7617, RFC 6750); none without. */
export function authorizationHeader(credentials: Credentials | null): Record<string, string> {
  if (credentials === null) return {};
  if (credentials.kind === 'bearer') return { authorization: `Bearer ${credentials.token}` };
  const pair = Buffer.from(`${credentials.user}:${credentials.password}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}

/** How these credentials are called to people. */
export function kindOf(credentials: Credentials | null): 'none' | 'login' | 'token' {
  if (credentials === null) return 'none';
  return credentials.kind === 'bearer' ? 'token' : 'login';
}
