import { startRoutes } from '../routes/start-routes.ts';

/** Serves the descriptions, by their paths; resolves with the base address. */
export async function serveDescriptions(): Promise<string> {
  return (await startRoutes()).url;
}
