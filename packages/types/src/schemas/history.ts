import Joi from 'joi';
import {
  HISTORY,
  HISTORY_HEALTHS,
  type HistoryAnswer,
  type HistoryField,
  type HistoryKind,
  type HistoryNumbers,
} from '../history.ts';
import { time } from './fields.ts';

const numbers = (description: string): Joi.ArraySchema =>
  Joi.array().items(Joi.number().min(0).allow(null)).description(description);

/** A number for each step. */
export const historyNumbersSchema = Joi.object<HistoryNumbers>({
  mean: numbers('Mean of each step').required(),
  min: numbers('Least of each step; left out where it isn’t kept in that precision'),
  max: numbers('Greatest of each step; left out where it isn’t kept in that precision'),
}).description('A number for each step, null = unknown');

const words = (all: readonly string[], description: string): Joi.ObjectSchema =>
  Joi.object({
    worst: Joi.array()
      .items(Joi.string().valid(...all, null))
      .required(),
  }).description(`${description}, the worst of each step; null = unknown`);

function historySchema(kind: HistoryKind): Joi.ObjectSchema<HistoryAnswer> {
  const { states, fields } = HISTORY[kind];
  const all = Object.entries<HistoryField>(fields);
  const meanings = all.map(([name, { unit, description }]) => `${name}: ${description} (${unit})`);
  return Joi.object<HistoryAnswer>({
    from: time.description('Beginning of the first step'),
    to: time.description('End of the last step'),
    stepSeconds: Joi.number().integer().min(1).required().unit('s').description('Length of a step'),
    fields: Joi.object({
      state: words(states, 'What it was doing'),
      health: words(HISTORY_HEALTHS, 'How well it was'),
      ...Object.fromEntries(all.map(([name]) => [name, historyNumbersSchema])),
    })
      .required()
      .description(`Those that were asked for, all lists as long as there are steps. ${meanings.join('; ')}`),
  }).description(`How a ${kind} was`);
}

/** What `…/history` of a stream answers. */
export const streamHistorySchema = historySchema('stream');
/** What `…/history` of a server answers. */
export const serverHistorySchema = historySchema('server');
/** What `…/history` of a host answers. */
export const hostHistorySchema = historySchema('host');
