import Joi from 'joi';
import {
  HISTORY,
  type HistoryAnswer,
  type HistoryKind,
  type HistoryField,
  HISTORY_HEALTHS,
} from '../history.ts';
import { time } from './fields.ts';

const list = (item: Joi.Schema, description: string): Joi.ArraySchema =>
  Joi.array().items(item).description(description);

const numbers = ({ unit, description }: HistoryField): Joi.ObjectSchema => {
  const value = Joi.number().min(0).allow(null).unit(unit);
  return Joi.object({
    mean: list(value, 'Mean of each step').required(),
    min: list(value, 'Least of each step; left out where it isn’t kept in that precision'),
    max: list(value, 'Greatest of each step; left out where it isn’t kept in that precision'),
  }).description(`${description} (${unit}); null = unknown`);
};

const words = (all: readonly string[], description: string): Joi.ObjectSchema =>
  Joi.object({
    worst: list(Joi.string().valid(...all, null), 'The worst of each step').required(),
  }).description(`${description}, the worst of each step: ${all.join(', ')}; null = unknown`);

/** What `…/history` of a stream, server or host answers. */
export function historySchema(kind: HistoryKind): Joi.ObjectSchema<HistoryAnswer> {
  const { states, fields } = HISTORY[kind];
  const all = Object.entries<HistoryField>(fields).map(([name, field]) => [name, numbers(field)] as const);
  return Joi.object<HistoryAnswer>({
    from: time.description('Beginning of the first step'),
    to: time.description('End of the last step'),
    stepSeconds: Joi.number().integer().min(1).required().unit('s').description('Length of a step'),
    fields: Joi.object({
      state: words(states, 'What it was doing'),
      health: words(HISTORY_HEALTHS, 'How well it was'),
      ...Object.fromEntries(all),
    })
      .required()
      .description('Those that were asked for; all lists are as long as there are steps'),
  }).description(`How a ${kind} was`);
}
