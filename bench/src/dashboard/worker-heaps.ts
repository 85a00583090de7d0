import type { CDPSession } from 'playwright-core';

/** Asks a page's workers over the page's own session: Playwright gives none of a worker. */
export class WorkerHeaps {
  readonly #session: CDPSession;
  readonly #workers = new Set<string>();
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #lastId = 0;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(session: CDPSession): Promise<WorkerHeaps> {
    const heaps = new WorkerHeaps(session);
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') heaps.#workers.add(sessionId);
    });
    session.on('Target.detachedFromTarget', ({ sessionId }) => {
      heaps.#workers.delete(sessionId);
    });
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as { readonly id?: number; readonly result?: unknown };
      if (id !== undefined) heaps.#waiting.get(id)?.(result);
    });
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    return heaps;
  }

  /** What all workers keep together, in bytes, when all that could be thrown away has been. */
  async usedBytes(): Promise<number> {
    let sum = 0;
    for (const worker of this.#workers) {
      await this.#ask(worker, 'HeapProfiler.collectGarbage');
      const { usedSize } = (await this.#ask(worker, 'Runtime.getHeapUsage')) as { readonly usedSize: number };
      sum += usedSize;
    }
    return sum;
  }

  async #ask(sessionId: string, method: string): Promise<unknown> {
    const id = (this.#lastId += 1);
    const answered = new Promise((resolve) => this.#waiting.set(id, resolve));
    await this.#session.send('Target.sendMessageToTarget', {
      sessionId,
      message: JSON.stringify({ id, method }),
    });
    const result = await answered;
    this.#waiting.delete(id);
    return result;
  }
}
