/** What people put on a server to choose it by, as in `site` → `north`. */
export type ServerLabels = Readonly<Record<string, string>>;

/** Most labels of a server. */
export const MAX_LABELS = 16;
/** Longest name and longest value, in characters. */
export const MAX_LABEL_LENGTH = 100;
/** A name is one that Prometheus takes. */
export const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
