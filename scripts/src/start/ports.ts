import { createServer } from 'node:http';
import { closeServer, listen } from '@mediamtx-monitor/runtime';

/**
 * Finds out whether a port can be listened on, and gives it free again.
 * @param port 0 = any free one
 * @param settings names of the settings that say where, for the message
 * @throws {StartError} with a sentence that names address and settings
 */
export async function usablePort(host: string, port: number, settings: string): Promise<number> {
  const server = createServer();
  const found = await listen(server, host, port, settings);
  await closeServer(server);
  return found;
}
