import { readFileSync } from 'node:fs';

/** Ticks of the kernel's clock in a second: USER_HZ, 100 on Linux. */
const KERNEL_TICKS_PER_SECOND = 100;
const MS_PER_SECOND = 1_000;
const KIB_PER_MIB = 1_024;
/** Places of utime and stime after the name in /proc/<pid>/stat (proc(5)). */
const UTIME = 11;
const STIME = 12;

/** CPU time a process has used so far, user and system, in ms. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[UTIME]) + Number(fields[STIME]);
  return (ticks * MS_PER_SECOND) / KERNEL_TICKS_PER_SECOND;
}

/** Resident memory of a process in MiB. */
export function residentMib(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1]) / KIB_PER_MIB;
}
