import Joi from 'joi';
import { refusal } from './refusal.ts';

const MS_PER: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

const EXAMPLES = ', as in 30s, 5m or 2h';

/**
 * A time as in `30s`, `5m` or `2h`; becomes ms.
 * @param allowed the bounds in words
 */
export const duration = (minMs: number, maxMs: number, allowed: string): Joi.StringSchema =>
  Joi.string()
    .custom((value: string, helpers) => {
      const [, number, unit = ''] = /^(\d{1,5})([smh])$/.exec(value) ?? [];
      const ms = Number(number) * (MS_PER.get(unit) ?? Number.NaN);
      return ms >= minMs && ms <= maxMs ? ms : refusal(helpers, `${allowed}${EXAMPLES}`);
    })
    .messages({ 'string.base': `{{#label}} is no time with its unit; allowed: ${allowed}${EXAMPLES}` });
