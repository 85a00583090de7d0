/** What people put on a server to choose it by, as in `site` → `north`. */
export type ServerLabels = Readonly<Record<string, string>>;

/** Most labels of a server, and most that one question may name. */
export const MAX_LABELS = 16;
/** Longest name and longest value, in characters. */
export const MAX_LABEL_LENGTH = 100;
/** A name is one that Prometheus takes. */
export const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** What a name may be, as a sentence for people. */
export const LABEL_NAME_RULE = '1 to 100 letters, digits or underscores, of which the first is no digit';
/** A name and a value, as questions have them: `site:north`. */
export const LABEL_CHOICE = /^[a-zA-Z_][a-zA-Z0-9_]{0,99}:[\s\S]{1,100}$/;

/** What a choice may be, as a sentence for people. */
export const LABEL_CHOICE_RULE =
  'name:value as in site:north; a name of letters, digits and _, a value of 1 to 100 characters';

/** Whether a server has all labels of another list of them. */
export function hasAllLabels(labels: ServerLabels, wanted: ServerLabels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

/** Whether a server has all labels of a choice, each as `name:value`; without any, every server does. */
export function hasLabels(labels: ServerLabels, choice: readonly string[]): boolean {
  return choice.every((text) => {
    const colon = text.indexOf(':');
    return labels[text.slice(0, colon)] === text.slice(colon + 1);
  });
}
