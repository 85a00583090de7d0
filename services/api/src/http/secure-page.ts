import helmet from 'helmet';

const SELF = "'self'";
const NONE = "'none'";

export interface PageSources {
  /** Where a page may send requests to, beside this service. Its WebSocket is of this service too. */
  readonly connect?: readonly string[];
  /** Where it may play media from; nothing unless given. */
  readonly media?: readonly string[];
}

/**
 * Middleware that gives a page its headers: nothing from anywhere else, and nothing inline. TLS is the matter of
 * whoever stands in front.
 */
export function securePage({ connect = [], media }: PageSources = {}): ReturnType<typeof helmet> {
  return helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: [NONE],
        scriptSrc: [SELF],
        styleSrc: [SELF],
        imgSrc: [SELF, 'data:'],
        connectSrc: [SELF, ...connect],
        ...(media && { mediaSrc: media }),
        baseUri: [NONE],
        formAction: [NONE],
        frameAncestors: [NONE],
      },
    },
  });
}
