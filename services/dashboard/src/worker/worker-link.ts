import type { PageMessage, WorkerMessage } from './exchange.ts';

/** What of a worker is used. */
export type WorkerEnd = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

export interface WorkerLinkPorts {
  /** @throws where there are no workers */
  readonly startWorker: () => WorkerEnd;
  /** Does the worker's work in the page, for what is at the other end of this port. */
  readonly runHere: (port: MessagePort) => void;
}

/**
 * The page's way to its worker. Where none runs, since the browser has none or its script doesn't come, the page does its
 * work itself.
 */
export class WorkerLink {
  readonly #take: (message: WorkerMessage) => void;
  readonly #ports: WorkerLinkPorts;
  /** What was sent before the worker has said anything: by then it runs. */
  #unheard: PageMessage[] | undefined = [];
  #post: ((message: PageMessage) => void) | undefined;

  constructor(take: (message: WorkerMessage) => void, ports: WorkerLinkPorts) {
    this.#take = take;
    this.#ports = ports;
    try {
      const worker = ports.startWorker();
      worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
        this.#unheard = undefined;
        take(data);
      });
      worker.addEventListener('error', () => {
        if (this.#unheard === undefined) return;
        worker.terminate();
        this.#workHere();
      });
      this.#post = (message) => {
        worker.postMessage(message);
      };
    } catch {
      this.#workHere();
    }
  }

  send(message: PageMessage): void {
    this.#unheard?.push(message);
    this.#post?.(message);
  }

  #workHere(): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      this.#take(data);
    };
    this.#post = (message) => {
      port1.postMessage(message);
    };
    for (const message of this.#unheard ?? []) this.#post(message);
    this.#unheard = undefined;
    this.#ports.runHere(port2);
  }
}
