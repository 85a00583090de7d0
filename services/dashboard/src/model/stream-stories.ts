import type { MonitorEvent } from '@mediamtx-monitor/types';
import type { EventOf } from './story.ts';
import { StoryDraft } from './story-draft.ts';
import { beganBefore, isNear } from './story-times.ts';

interface StreamStoriesPorts {
  readonly add: (draft: StoryDraft) => void;
  /** The story of its server that something belongs to. */
  readonly causeOf: (event: MonitorEvent) => StoryDraft | undefined;
}

/** What happened to one stream, and to who publishes it. */
export class StreamStories {
  readonly #ports: StreamStoriesPorts;
  /** It is off air, or stalled. */
  #outage: StoryDraft | undefined;
  /** It came back, began anew, or came on air. */
  #last: StoryDraft | undefined;
  /** What tells of its health, as long as it isn't well. */
  #ill: StoryDraft | undefined;
  /** Its publisher came or went, and nothing else is known of that yet. */
  #loose: StoryDraft | undefined;

  constructor(ports: StreamStoriesPorts) {
    this.#ports = ports;
  }

  /** What an alert about the stream belongs to. */
  get trouble(): StoryDraft | undefined {
    return this.#outage ?? (this.#ill?.isOpen === true ? this.#ill : undefined);
  }

  take(event: Extract<MonitorEvent, { readonly type: `stream.${string}` }>): void {
    switch (event.type) {
      case 'stream.stalled':
      case 'stream.offline':
        if (this.#outage === undefined) this.#fall(event);
        else this.#outage.add(event);
        return;
      case 'stream.online':
        this.#rise(event, null);
        return;
      case 'stream.restarted':
        this.#rise(event, event.gapMs);
        return;
      case 'stream.recovered':
        this.#rise(event, event.stalledMs);
        return;
      case 'stream.health':
        this.#feel(event);
        return;
    }
  }

  /** Its publisher came or went. */
  publish(event: EventOf<'connection.opened' | 'connection.closed'>): void {
    const near = this.#last !== undefined && isNear(this.#last.lastMs, event) ? this.#last : undefined;
    const story = this.#outage ?? near;
    if (story !== undefined) story.add(event);
    else if (this.#loose !== undefined && isNear(this.#loose.lastMs, event)) this.#loose.add(event);
    else this.#loose = this.#begin(new StoryDraft(event, { kind: 'restarts' }));
  }

  lose(): void {
    this.#outage?.lose();
    this.#ill?.lose();
    this.#outage = this.#last = this.#ill = this.#loose = undefined;
  }

  #fall(event: EventOf<'stream.stalled' | 'stream.offline'>): void {
    this.#outage = this.#begin(new StoryDraft(event, { kind: 'outages', isLasting: true }), event);
    this.#takeLoose(this.#outage, event);
    this.#last = undefined;
  }

  /** @param lastedMs what the event says of how long it wasn't there */
  #rise(
    event: EventOf<'stream.online' | 'stream.restarted' | 'stream.recovered'>,
    lastedMs: number | null,
  ): void {
    const outage = this.#outage;
    this.#outage = undefined;
    if (outage !== undefined) {
      // Of a stall and an absence together no event says how long they took.
      outage.end(event, outage.has('stream.stalled') && outage.has('stream.offline') ? null : lastedMs);
      this.#last = outage;
      return;
    }
    const isOutage = event.type === 'stream.recovered';
    const draft = new StoryDraft(event, {
      kind: isOutage ? 'outages' : 'restarts',
      beganMs: beganBefore(event.at, lastedMs),
      isCut: isOutage && lastedMs === null,
    });
    if (isOutage || lastedMs !== null) draft.end(event, lastedMs);
    this.#last = this.#begin(draft, event);
    this.#takeLoose(draft, event);
  }

  #feel(event: EventOf<'stream.health'>): void {
    const ill = this.#ill;
    const isWell = event.to === 'ok';
    if (isWell) this.#ill = undefined;
    if (this.#outage !== undefined) {
      this.#outage.add(event);
      if (isWell && ill?.isOpen === true) ill.end(event);
      else if (!isWell && ill === undefined) this.#ill = this.#outage;
      return;
    }
    if (isWell) {
      if (ill === undefined) this.#wellAgain(event);
      else if (ill.isOpen) ill.end(event);
      else ill.add(event);
    } else if (ill?.isOpen === true) {
      ill.add(event);
    } else {
      const beganMs = Date.parse(event.since ?? event.at);
      const beginning = { kind: 'health', isLasting: true, beganMs, isCut: event.from !== 'ok' } as const;
      // What went on after an outage has no other beginning than that.
      const isCut = beginning.isCut && ill === undefined;
      this.#ill = this.#begin(new StoryDraft(event, { ...beginning, isCut }));
    }
  }

  /** Nothing is known of what it was ill with. */
  #wellAgain(event: EventOf<'stream.health'>): void {
    const draft = new StoryDraft(event, { kind: 'health', isCut: true });
    draft.end(event);
    this.#begin(draft);
  }

  #takeLoose(draft: StoryDraft, event: MonitorEvent): void {
    if (this.#loose !== undefined && isNear(this.#loose.lastMs, event)) draft.takeBefore(this.#loose);
    this.#loose = undefined;
  }

  /** @param event what it begins with, where that may belong to a story of its server */
  #begin(draft: StoryDraft, event?: MonitorEvent): StoryDraft {
    this.#ports.add(draft);
    if (event !== undefined) this.#ports.causeOf(event)?.takePart(draft);
    return draft;
  }
}
