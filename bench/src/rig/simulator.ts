import type { Ending } from './ending.ts';
import { type Program, startScript } from './programs.ts';

/** How often a simulator was asked. */
export interface AskedFor {
  /** For a list, or what the server is. */
  readonly lists: number;
  /** About a single path. */
  readonly questions: number;
}

/** A simulator in a process of its own. */
export interface SimulatorProgram extends Program {
  readonly url: string;
  /** Requests so far. */
  readonly requests: () => Promise<AskedFor>;
}

/**
 * Starts a simulator.
 * @param kind streams of all protocols with one reader each, or published by SRT and RTSP without readers
 */
export async function startSimulatorProgram(
  ending: Ending,
  streams: number,
  kind: 'all' | 'srt-rtsp' = 'all',
): Promise<SimulatorProgram> {
  const script = startScript(ending, 'rig/simulator-script.js', {}, String(streams), kind);
  const url = String(await script.message());
  return { ...script, url, requests: async () => (await script.ask('requests')) as AskedFor };
}
