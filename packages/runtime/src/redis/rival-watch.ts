import type { PublishReply } from './publish-reply.ts';

/** A publisher that took over from us and then stayed silent for so many of our ticks is gone. */
const SILENT_TICKS = 5;

/** Watches the publisher that took over from us, by what our own ticks are answered. */
export class RivalWatch {
  #epoch = 0;
  #seq = 0;
  #silentTicks = 0;

  /** Takes in the answer to a tick that was superseded; tells whether whoever took over is gone. */
  isGone({ storedEpoch, storedSeq }: PublishReply): boolean {
    const isSilent = this.#epoch === storedEpoch && this.#seq === storedSeq;
    this.#epoch = storedEpoch;
    this.#seq = storedSeq;
    this.#silentTicks = isSilent ? this.#silentTicks + 1 : 0;
    return this.#silentTicks >= SILENT_TICKS;
  }
}
