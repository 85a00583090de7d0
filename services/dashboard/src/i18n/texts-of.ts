/** The shape of a language's texts, with any words in it: a table of another language has to have all of it. */
export type TextsOf<T> = T extends string
  ? string
  : T extends (...parts: never[]) => string
    ? T
    : { readonly [Name in keyof T]: TextsOf<T[Name]> };
