import { deserialize, serialize } from 'node:v8';
import type { PageMessage, WorkerMessage } from '../../src/worker/exchange.ts';
import { FleetWorker, type FleetWorkerPorts } from '../../src/worker/fleet-worker.ts';

/** A page and its worker in one program: what they say to each other is copied, and waits until the test passes it on. */
export class TestExchange {
  readonly #ports: FleetWorkerPorts;
  readonly #due: (() => void)[] = [];

  constructor(ports: FleetWorkerPorts) {
    this.#ports = ports;
  }

  get isWaiting(): boolean {
    return this.#due.length > 0;
  }

  /** Passes on all that was said so far. */
  pass(): void {
    for (const deliver of this.#due.splice(0)) deliver();
  }

  /** Starts the worker, as the page does. */
  readonly start = (take: (message: WorkerMessage) => void): ((message: PageMessage) => void) => {
    let worker: FleetWorker | undefined;
    return (message) => {
      this.#later(message, (copy) => {
        if (copy.type !== 'start') worker?.take(copy);
        else {
          worker = new FleetWorker(copy, this.#ports, (answer) => {
            this.#later(answer, take);
          });
        }
      });
    };
  };

  #later<T>(message: T, take: (copy: T) => void): void {
    const bytes = serialize(message);
    this.#due.push(() => {
      take(deserialize(bytes) as T);
    });
  }
}
