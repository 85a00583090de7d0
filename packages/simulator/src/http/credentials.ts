/** A user and password. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** How the credentials of a request compare with those that are demanded. */
export type CredentialsVerdict = 'right' | 'wrong' | 'missing';

/** Judges an `Authorization` header: Basic, or Bearer with `user:password`, as MediaMTX takes them. */
export function judgeCredentials(
  demanded: Credentials | null,
  authorization: string | undefined,
): CredentialsVerdict {
  if (demanded === null) return 'right';
  const [, scheme, token] = /^(basic|bearer) (.+)$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined || token === undefined) return 'missing';
  const given = scheme.toLowerCase() === 'basic' ? Buffer.from(token, 'base64').toString() : token;
  return given === `${demanded.user}:${demanded.password}` ? 'right' : 'wrong';
}
