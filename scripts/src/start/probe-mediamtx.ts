const TIMEOUT_MS = 3_000;
const LIST_PATH = '/v3/paths/list?itemsPerPage=1';

function isList(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Array.isArray(Reflect.get(body, 'items'));
}

/** Whether a MediaMTX answers at `url`: with a list of paths, or with its refusal to show it. */
export async function mediamtxAnswers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}${LIST_PATH}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 401) {
      await response.body?.cancel();
      return true;
    }
    return response.status === 200 && isList(await response.json());
  } catch {
    return false;
  }
}
