import { type Style, writeMessage, type WrittenMessage } from '../../src/text/index.ts';
import type { TargetMessage } from '../../src/model.ts';

/** English, with links, and nothing to escape. */
export const STYLE: Style = {
  language: 'en',
  timeZone: 'UTC',
  dashboardUrl: 'https://monitor.example.com/',
  escape: (text) => text,
};

/** A message in that style, or another. */
export const write = (message: TargetMessage, change: Partial<Style> = {}): WrittenMessage =>
  writeMessage(message, { ...STYLE, ...change });
