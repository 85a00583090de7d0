/**
 * For `node --import`: a process whose wall clock is set by CLOCK_STEP_MS when it gets SIGUSR2, as an administrator, NTP or
 * a resumed virtual machine sets it. Timers and the monotonic clock don't notice.
 */
import process from 'node:process';

const RealDate = Date;
let offsetMs = 0;
process.on('SIGUSR2', () => {
  offsetMs += Number(process.env.CLOCK_STEP_MS);
});

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offsetMs);
    else super(...args);
  }
  static now() {
    return RealDate.now() + offsetMs;
  }
};
