import type { Logform } from 'winston';

const HIDDEN_FIELDS = new Set(['level', 'message', 'timestamp', 'service', 'stack']);

/**
 * One log line for people: time, level where it isn't info, message, fields, stack. Below a message of several lines
 * the fields have a line of their own: its last ones are often meant to be copied.
 */
export function humanLine(info: Logform.TransformableInfo): string {
  const time = String(info['timestamp']).slice(11, 23);
  const level = info.level === 'info' ? '' : `${info.level.toUpperCase()} `;
  const message = String(info.message);
  const fields = Object.entries(info)
    .filter(([key]) => !HIDDEN_FIELDS.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  const gap = fields === '' ? '' : message.includes('\n') ? '\n' : ' ';
  const stack = typeof info['stack'] === 'string' ? `\n${info['stack']}` : '';
  return `${time} [${String(info['service'])}] ${level}${message}${gap}${fields}${stack}`;
}
