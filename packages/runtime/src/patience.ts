/**
 * Resolves when the work is done, or after so many ms: then whoever waits goes on, and what becomes of it is of no
 * interest any more. Rejects as the work does.
 */
export async function patiently(work: Promise<unknown>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
