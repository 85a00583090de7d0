import { readFileSync } from 'node:fs';

/** Ticks of the kernel's clock in a second: USER_HZ, 100 on Linux. */
const KERNEL_TICKS_PER_SECOND = 100;
const MS_PER_SECOND = 1_000;
const BYTES_PER_KIB = 1_024;
const BYTES_PER_MB = 1_000_000;
/** Places of utime and stime after the name in /proc/<pid>/stat (proc(5)). */
const UTIME = 11;
const STIME = 12;

/** CPU time a process has used so far, user and system, in ms. @throws when it has ended */
export function cpuMs(pid: number): number {
  const stat = read(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[UTIME]) + Number(fields[STIME]);
  return (ticks * MS_PER_SECOND) / KERNEL_TICKS_PER_SECOND;
}

/** Resident memory of a process in MB. @throws when it has ended */
export function residentMb(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(read(pid, 'status'));
  return (Number(match?.[1]) * BYTES_PER_KIB) / BYTES_PER_MB;
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (cause) {
    throw new Error(`process ${pid} ended while it was measured`, { cause });
  }
}
