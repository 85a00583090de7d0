import { rounded } from '@mediamtx-monitor/model';
import { END_OF_TIMES_MS, type HostProcess } from '@mediamtx-monitor/types';
import type { HostFiles } from './files.ts';
import { growth, parseCount, parseKibibytes, perSecond, words } from './numbers.ts';

/** A MediaMTX process. */
export interface ProcessFacts {
  readonly pid: number;
  /** Processor time it took, in clock ticks. */
  readonly cpuTicks: number | null;
  /** When it was started, in clock ticks since the start of the machine. With the pid it tells processes apart. */
  readonly startTicks: number;
  readonly threads: number | null;
  readonly memoryBytes: number | null;
  readonly openFiles: number | null;
}

/** What `proc/<pid>/stat` tells of a process. */
interface ProcessStat {
  readonly name: string;
  /** Processor time in user and kernel mode (utime + stime), in clock ticks. */
  readonly cpuTicks: number | null;
  readonly threads: number | null;
  /** In clock ticks since the start of the machine. */
  readonly startTicks: number | null;
}

/** What the kernel calls the process. */
const NAME = 'mediamtx';
const SCAN_MS = 60_000;

/** Reads the MediaMTX processes. It looks for them once a minute, and when one of them is gone. */
export class ProcessReader {
  readonly #files: HostFiles;
  readonly #monotonicMs: () => number;
  #pids: readonly string[] | null = null;
  #scannedAtMs = -Infinity;

  constructor(files: HostFiles, monotonicMs: () => number) {
    this.#files = files;
    this.#monotonicMs = monotonicMs;
  }

  /** `null` where other users' processes can't be seen. */
  read(): readonly ProcessFacts[] | null {
    const known = this.#readKnown();
    const isComplete = known?.length === this.#pids?.length;
    if (isComplete && this.#monotonicMs() - this.#scannedAtMs < SCAN_MS) return known;
    this.#scannedAtMs = this.#monotonicMs();
    this.#pids = findPids(this.#files);
    return this.#readKnown();
  }

  #readKnown(): readonly ProcessFacts[] | null {
    return this.#pids?.flatMap((pid) => readProcess(this.#files, pid)) ?? null;
  }
}

/** Pids of all MediaMTX processes; `null` where other users' processes are hidden, as the first one then is. */
function findPids(files: HostFiles): string[] | null {
  const nameOf = (pid: string): string | undefined => files.text(`/proc/${pid}/comm`)?.trimEnd();
  if (nameOf('1') === undefined) return null;
  return files.names('/proc')?.filter((name) => /^\d+$/.test(name) && nameOf(name) === NAME) ?? null;
}

/** Reads a process: none when it is gone, or its pid is another's by now. */
function readProcess(files: HostFiles, pid: string): ProcessFacts[] {
  const folder = `/proc/${pid}`;
  const found = files.parsed(`${folder}/stat`, parseProcessStat);
  if (found?.name !== NAME || found.startTicks === null) return [];
  const { cpuTicks, threads, startTicks } = found;
  const memoryBytes = files.parsed(`${folder}/status`, parseResidentBytes);
  const openFiles = countOpenFiles(files, `${folder}/fd`);
  return [{ pid: Number(pid), cpuTicks, startTicks, threads, memoryBytes, openFiles }];
}

/** Since Linux 6.2 the size of the folder is the number of files; before it is 0, and counting needs more rights. */
function countOpenFiles(files: HostFiles, folder: string): number | null {
  const size = files.size(folder);
  return size === 0 ? (files.names(folder)?.length ?? null) : size;
}

/** States of a process that has ended but is still listed: Z and X. */
const ENDED = /^[ZX]$/;

/**
 * Reads proc/<pid>/stat; `null` for a process that has ended. The name is in parentheses and may hold some itself;
 * field 3 comes after the last one.
 */
export function parseProcessStat(text: string): ProcessStat | null {
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')];
  if (open === -1 || close < open) return null;
  const fields = words(text.slice(close + 1));
  if (ENDED.test(fields[0] ?? '')) return null;
  const field = (number: number): number | null => parseCount(fields[number - 3]);
  const [utime, stime] = [field(14), field(15)];
  return {
    name: text.slice(open + 1, close),
    cpuTicks: utime === null || stime === null ? null : utime + stime,
    threads: field(20),
    startTicks: field(22),
  };
}

/** Reads the memory a process occupies from proc/<pid>/status (`VmRSS: 1596 kB`), in bytes. */
export function parseResidentBytes(text: string): number | null {
  return parseKibibytes(text, 'VmRSS');
}

/** Clock ticks in which Linux tells processor time: USER_HZ, 100 on all current architectures. */
const TICKS_PER_SECOND = 100;
const MS_PER_TICK = 1_000 / TICKS_PER_SECOND;

function startTime(bootedAtMs: number | null, startTicks: number): string | null {
  if (bootedAtMs === null) return null;
  const ms = bootedAtMs + startTicks * MS_PER_TICK;
  return ms < END_OF_TIMES_MS ? new Date(ms).toISOString() : null;
}

/** A process as it is shown: processor time from utime and stime, start from starttime and the machine's btime. */
export function deriveProcess(
  before: readonly ProcessFacts[] | null,
  now: ProcessFacts,
  elapsedMs: number,
  bootedAtMs: number | null,
): HostProcess {
  const { pid, cpuTicks, startTicks, threads, memoryBytes, openFiles } = now;
  const same = before?.find((each) => each.pid === pid && each.startTicks === startTicks);
  const ticksPerSecond = perSecond(growth(same?.cpuTicks, cpuTicks), elapsedMs);
  return {
    pid,
    startedAt: startTime(bootedAtMs, startTicks),
    cpuPercent: ticksPerSecond === null ? null : rounded((ticksPerSecond / TICKS_PER_SECOND) * 100, 2),
    memoryBytes,
    threads,
    openFiles,
  };
}
