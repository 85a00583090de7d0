import { HealthPort, type HealthPortOptions } from '../../src/health/health-port.ts';
import type { Part } from '../../src/lifecycle/part.ts';
import { createRecordingLogger } from './recording-logger.ts';

const started: Part[] = [];

/** Stops all that this test has started. */
export async function stopHealthPorts(): Promise<void> {
  for (const part of started.splice(0)) await part.stop();
}

/** Starts a health port of this machine; what it logs is collected. */
export async function launchHealthPort(
  options: Partial<HealthPortOptions> & { readonly port: number },
): Promise<{ part: Part; lines: string[] }> {
  const { logger, lines } = createRecordingLogger();
  const defaults = { host: '127.0.0.1', allowedHosts: [], logger, facts: () => ({}) };
  const part = new HealthPort({ ...defaults, ...options });
  started.push(part);
  await part.start();
  return { part, lines };
}
