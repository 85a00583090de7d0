import type { AlertCause, ReasonCode, Severity } from '@mediamtx-monitor/types';
import type { ReasonMeasures } from './measures.ts';

/** What is said of a reason. */
export interface ReasonTexts {
  /** What is wrong, in a few words. */
  readonly what: (measures: ReasonMeasures) => string;
  /** What that comes from or means, in a sentence. */
  readonly cause: string;
  /** What to do, in a sentence. */
  readonly todo: string;
}

/** All that is written in a language. Names and numbers come written already. */
export interface AlertTexts {
  /** For numbers and times. */
  readonly locale: string;
  readonly reasons: Readonly<Record<ReasonCode, ReasonTexts>>;
  /** Of a stream of which it is known why it went, in the place of what is said of its reason. */
  readonly causes: Readonly<Record<AlertCause, Pick<ReasonTexts, 'cause' | 'todo'>>>;
  readonly severities: Readonly<Record<Severity, string>>;
  /** Of what a newer collector may tell: nothing is known of its code. */
  readonly unknownReason: Pick<ReasonTexts, 'cause' | 'todo'>;
  readonly subject: {
    readonly server: (server: string) => string;
    readonly host: (host: string) => string;
    readonly streamsOf: (written: string, server: string) => string;
    readonly streams: (count: number, written: string) => string;
    readonly servers: (count: number, written: string) => string;
    readonly hosts: (count: number, written: string) => string;
    /** Of what isn't listed as a whole. */
    readonly alerts: (written: string) => string;
  };
  /** Of several that don't have the same reason. */
  readonly inTrouble: string;
  readonly simulated: string;
  readonly titles: {
    readonly fired: (what: string) => string;
    readonly repeated: (what: string) => string;
    readonly resolved: (what: string) => string;
  };
  /** Behind the title, where there is more than it says. */
  readonly besides: {
    readonly repeated: (written: string) => string;
    readonly resolved: (written: string) => string;
  };
  /** Heads of the parts of a text that has several. */
  readonly sections: {
    readonly fired: string;
    readonly repeated: string;
    readonly resolved: string;
  };
  readonly labels: {
    readonly stream: string;
    readonly server: string;
    readonly host: string;
    readonly since: (time: string, duration: string) => string;
    readonly was: (what: string) => string;
    readonly lasted: (from: string, to: string, duration: string) => string;
    readonly comesAndGoes: (written: string) => string;
    readonly also: (reasons: string) => string;
    readonly detail: (detail: string) => string;
    readonly todo: (todo: string) => string;
  };
  readonly items: {
    readonly ill: (name: string, what: string, duration: string) => string;
    readonly resolved: (name: string, what: string, duration: string) => string;
    readonly streamAt: (name: string, server: string) => string;
    readonly more: (written: string) => string;
  };
  readonly test: { readonly title: (target: string) => string; readonly lines: readonly string[] };
  readonly gone: { readonly title: (target: string) => string; readonly lines: readonly string[] };
  /** Title of a message that has nothing to tell. */
  readonly nothing: string;
}
