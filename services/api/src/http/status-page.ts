import type { Availability } from '@mediamtx-monitor/types';
import { availabilitySchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import type { Representation } from './answer.ts';

/**
 * How what a status page names does, for people outside: `up`; `disrupted` in part, or badly; `down`; `maintenance` not up,
 * and that is planned; `unscheduled` not up, and nothing says that it should be; `unknown`.
 */
export const STATUS_STATES = ['up', 'disrupted', 'down', 'maintenance', 'unscheduled', 'unknown'] as const;
export type StatusState = (typeof STATUS_STATES)[number];

/** A day by the clocks of the page's time zone: of that of it which was scheduled. */
export interface StatusDay extends Availability {
  /** As in `2026-11-29`. */
  readonly date: string;
}

export interface StatusItem {
  /** What stands for it in URLs. */
  readonly id: string;
  readonly title: string;
  readonly group: string | null;
  readonly state: StatusState;
  /** Of the last 30 days, as far as they were scheduled; `null` until what was before was read. */
  readonly availability: Availability | null;
  /** The last 30, today last; none until what was before was read. */
  readonly days: readonly StatusDay[];
}

/** A time in which something was known to be down. */
export interface StatusIncident {
  /** Id of what was down. */
  readonly item: string;
  readonly title: string;
  /** RFC 3339, UTC. */
  readonly from: string;
  /** `null` = it isn't known to be over. */
  readonly to: string | null;
  /** From its beginning to its end, or up to now, in seconds. */
  readonly lengthSeconds: number;
  /** How much of that isn't known, in seconds. */
  readonly unknownSeconds: number;
}

/** All that a public status page tells. */
export interface PublicStatus {
  readonly title: string;
  readonly state: StatusState;
  /** When the oldest data that it is made of was published (RFC 3339, UTC); `null` = none is known. */
  readonly updatedAt: string | null;
  /** Whether the monitor itself has no fresh data of some of it. */
  readonly isStale: boolean;
  /** When what was before was read last (RFC 3339, UTC); `null` = it couldn't be read yet. */
  readonly historyAt: string | null;
  /** Whether what was before of some items is just being read, or will be soon. */
  readonly isHistoryComing: boolean;
  /** Name of the time zone (IANA) of its days. */
  readonly timeZone: string;
  readonly items: readonly StatusItem[];
  /** Of the last 30 days, the newest first; at most 50. */
  readonly incidents: readonly StatusIncident[];
}

const text = Joi.string().required();
const time = Joi.string().isoDate().required();
const seconds = Joi.number().min(0).required().unit('s');
const state = Joi.string().valid(...STATUS_STATES);

/** Of {@link PublicStatus}. */
export const publicStatusSchema = Joi.object<PublicStatus>({
  title: text.description('Of the page'),
  state: state.required().description('Of all items together'),
  updatedAt: time.allow(null).description('When the oldest data it is made of was published'),
  isStale: Joi.boolean().required().description('Whether the monitor itself has no fresh data of some of it'),
  historyAt: time.allow(null).description('When what was before was read; null = not yet'),
  isHistoryComing: Joi.boolean()
    .required()
    .description('Whether what was before of some items is just being read, or will be soon'),
  timeZone: text.description('IANA name of the time zone of the days'),
  items: Joi.array()
    .items(
      Joi.object<StatusItem>({
        id: text.description('What stands for it in URLs'),
        title: text,
        group: text.allow(null),
        state: state.required(),
        availability: availabilitySchema
          .allow(null)
          .required()
          .description(
            'Of the last 30 days, as far as they were scheduled; null until what was before was read',
          ),
        days: Joi.array()
          .items(
            availabilitySchema.append<StatusDay>({
              date: text.description('By the clocks of the time zone'),
            }),
          )
          .required()
          .description('The last 30, today last; none until what was before was read'),
      }),
    )
    .required(),
  incidents: Joi.array()
    .items(
      Joi.object<StatusIncident>({
        item: text.description('Id of what was down'),
        title: text,
        from: time,
        to: time.allow(null).description('null = it isn’t known to be over'),
        lengthSeconds: seconds.description('From its beginning to its end, or up to now'),
        unknownSeconds: seconds.description('How much of that isn’t known'),
      }),
    )
    .required()
    .description('Of the last 30 days, the newest first; at most 50'),
});

/** What of a request the answer depends on. */
export interface StatusReader {
  readonly acceptLanguage: string | undefined;
  readonly acceptEncoding: string | undefined;
}

/** Public status pages, as routes ask for them. What isn't there is `undefined`. */
export interface PublicPages {
  /** A page, or the same as JSON. */
  readonly page: (
    name: string,
    form: 'html' | 'json',
    reader: StatusReader,
  ) => Promise<Representation | undefined>;
  /** A picture that tells the state of one of its items. */
  readonly badge: (name: string, item: string, reader: StatusReader) => Promise<Representation | undefined>;
  /** The stylesheet of all pages. */
  readonly style: (reader: StatusReader) => Representation;
}

/** What is told of them in metrics. */
export interface StatusPageStats {
  readonly isFileWrong: boolean;
  readonly pages: number;
  readonly histories: number;
}
