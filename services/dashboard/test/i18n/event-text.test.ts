import { expect, test } from '@jest/globals';
import type { MonitorEvent } from '@mediamtx-monitor/types';

import { eventText } from '../../src/i18n/event-text.ts';
import { createFormat } from '../../src/i18n/format.ts';
import { TEXTS } from '../support/texts.ts';

test.each(['__proto__', 'constructor', 'worse'])(
  'a health that isn’t known, %s, is told as it is spelt',
  (to) => {
    const event = {
      id: '1-0',
      type: 'stream.health',
      at: '2026-01-01T00:00:00Z',
      to,
      reasons: [{ code: to, severity: 'warning' }],
    } as unknown as MonitorEvent;
    const text = eventText(event, [event], { texts: TEXTS.en, format: createFormat('en') });
    expect(text.split(to)).toHaveLength(3);
    expect(text).not.toMatch(/undefined|object/);
  },
);
