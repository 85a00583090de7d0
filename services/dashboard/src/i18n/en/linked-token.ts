/** What is said of a link that brought a token. */
export const enLinkedToken = {
  title: 'Token of the link',
  asked:
    'This link brings a token. Sign in with it in this tab? Only do so if you trust where the link comes from.',
  askedInstead: (name: string) =>
    `This link brings another token. Sign in with it in this tab, instead of as ${name}? Only do so if you trust where the link comes from.`,
  accept: 'Use the link’s token',
  keep: 'Stay signed in as now',
  decline: 'Don’t use it',
  tried: 'Asking whether the token is right …',
  refused: 'The token of the link was refused. It may have been mistyped, replaced or revoked.',
  unanswered: 'The monitor didn’t say whether the token of the link is right. Try again?',
  stays: 'You are signed in as before.',
  close: 'Close',
} as const;
