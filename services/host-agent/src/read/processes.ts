import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessFacts } from '../facts.ts';
import { parseProcessStat, parseResidentBytes } from '../parse/process.ts';
import { listNames, readParsed, readText } from './files.ts';

/** What the kernel calls the process. */
const NAME = 'mediamtx';
const SCAN_MS = 60_000;

const nameOf = (proc: string, pid: string): string | undefined =>
  readText(join(proc, pid, 'comm'))?.trimEnd();

/** Pids of all MediaMTX processes; `null` where other users' processes are hidden, as the first one then is. */
function findPids(proc: string): string[] | null {
  if (nameOf(proc, '1') === undefined) return null;
  return listNames(proc).filter((name) => /^\d+$/.test(name) && nameOf(proc, name) === NAME);
}

/** Since Linux 6.2 the size of the folder is the number of files; before it is 0, and counting needs more rights. */
function countOpenFiles(folder: string): number | null {
  try {
    const { size } = statSync(folder);
    return size > 0 ? size : readdirSync(folder).length;
  } catch {
    return null;
  }
}

/** Reads a process: none when it is gone, or its pid is another's by now. */
function readProcess(proc: string, pid: string): ProcessFacts[] {
  const folder = join(proc, pid);
  const found = readParsed(join(folder, 'stat'), parseProcessStat);
  if (found?.name !== NAME || found.startTicks === null) return [];
  const { cpuTicks, threads, startTicks } = found;
  const memoryBytes = readParsed(join(folder, 'status'), parseResidentBytes);
  const openFiles = countOpenFiles(join(folder, 'fd'));
  return [{ pid: Number(pid), cpuTicks, startTicks, threads, memoryBytes, openFiles }];
}

/** Makes a reader of the MediaMTX processes. It looks for them once a minute, and when one of them is gone. */
export function createProcessReader(
  proc: string,
  monotonicMs: () => number,
): () => readonly ProcessFacts[] | null {
  let pids: readonly string[] | null = null;
  let scannedAtMs = -Infinity;
  const readAll = (): readonly ProcessFacts[] | null =>
    pids?.flatMap((pid) => readProcess(proc, pid)) ?? null;

  return () => {
    const known = readAll();
    const isComplete = known?.length === pids?.length;
    if (isComplete && monotonicMs() - scannedAtMs < SCAN_MS) return known;
    scannedAtMs = monotonicMs();
    pids = findPids(proc);
    return readAll();
  };
}
