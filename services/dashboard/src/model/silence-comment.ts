/** What is kept as the reason of a silence for which nobody gave one; in any language it says nothing. */
export const DEFAULT_COMMENTS = {
  en: 'Silenced in the dashboard',
  de: 'Im Dashboard stummgeschaltet',
} as const;

/** The reason that somebody gave for a silence; empty where nobody did. */
export function givenComment(comment: string | null): string {
  return comment === null || Object.values<string>(DEFAULT_COMMENTS).includes(comment) ? '' : comment;
}
