/** What the page wants of its worker; `id` is that of a socket. */
export type SocketOrder =
  | { readonly id: number; readonly order: 'open'; readonly url: string }
  | { readonly id: number; readonly order: 'send'; readonly text: string }
  | { readonly id: number; readonly order: 'close'; readonly code: number };

/** What the worker tells of a socket. */
export type SocketNews =
  | { readonly id: number; readonly news: 'open' }
  | { readonly id: number; readonly news: 'message'; readonly data: unknown }
  | { readonly id: number; readonly news: 'close'; readonly code: number; readonly reason: string };
