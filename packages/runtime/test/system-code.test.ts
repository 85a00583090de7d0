import { expect, test } from '@jest/globals';
import { systemCode } from '../src/system-code.ts';

test('the code of a system error; nothing of anything else', () => {
  expect(systemCode(Object.assign(new Error('no'), { code: 'ENOSPC' }))).toBe('ENOSPC');
  for (const other of [new Error('no'), { code: 7 }, 'ENOSPC', null, undefined]) {
    expect(systemCode(other)).toBe('');
  }
});
