import type { ApiAnswers } from './verdict.ts';

const TIMEOUT_MS = 2_000;

async function askJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return await response.json();
  } catch {
    return null;
  }
}

/** Asks the API all that `judge` needs. */
export async function askApi(baseUrl: string): Promise<ApiAnswers> {
  const [readiness, servers, latest] = await Promise.all([
    askJson(`${baseUrl}/readyz`),
    askJson(`${baseUrl}/api/servers`),
    askJson(`${baseUrl}/api/streams/latest`),
  ]);
  return { readiness, servers, latest };
}
