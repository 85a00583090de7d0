/** How the collector proves to MediaMTX who it is. */
export type Credentials =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** The `Authorization` header for these credentials (RFC 7617, RFC 6750); none without. */
export function authorizationHeader(credentials: Credentials | null): Record<string, string> {
  if (credentials === null) return {};
  if (credentials.kind === 'bearer') return { authorization: `Bearer ${credentials.token}` };
  const pair = Buffer.from(`${credentials.user}:${credentials.password}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}
