import type { MonitorEvent } from '@mediamtx-monitor/types';
import { beganBefore, isNear } from './story-times.ts';
import { StoryDraft } from './story-draft.ts';

type ServerEvent = Extract<MonitorEvent, { readonly type: `server.${string}` }>;

/** What happened to servers, and to which streams for that. */
export class ServerStories {
  readonly #add: (draft: StoryDraft) => void;
  readonly #open = new Map<string, StoryDraft>();
  /** The newest of each server. */
  readonly #last = new Map<string, StoryDraft>();

  constructor(add: (draft: StoryDraft) => void) {
    this.#add = add;
  }

  /** That of a server that can't be read now. */
  open(server: string): StoryDraft | undefined {
    return this.#open.get(server);
  }

  take(event: ServerEvent): void {
    const { server } = event;
    switch (event.type) {
      case 'server.unreachable': {
        const open = this.#open.get(server);
        if (open !== undefined) open.add(event);
        else this.#open.set(server, this.#begin(new StoryDraft(event, { kind: 'servers', isLasting: true })));
        return;
      }
      case 'server.reachable': {
        const open = this.#open.get(server);
        this.#open.delete(server);
        if (open !== undefined) open.end(event, event.unreachableMs);
        else this.#ended(event, beganBefore(event.at, event.unreachableMs), event.unreachableMs);
        return;
      }
      case 'server.restarted': {
        const story = this.#open.get(server) ?? this.#near(event);
        if (story !== undefined) story.add(event);
        else this.#begin(new StoryDraft(event, { kind: 'servers' }));
        return;
      }
      case 'server.unobserved': {
        const { unseenSince } = event;
        if (unseenSince === null) this.#begin(new StoryDraft(event, { kind: 'servers' }));
        else this.#ended(event, Date.parse(unseenSince), null);
        return;
      }
    }
  }

  /** Which story of a server this belongs to: what could not be seen before, or that all streams had to begin anew. */
  causeOf(event: MonitorEvent): StoryDraft | undefined {
    const isOfServer = event.unseenSince !== null || event.cause?.source === 'server-restarted';
    return isOfServer ? this.#near(event) : undefined;
  }

  lose(server: string): void {
    this.#open.get(server)?.lose();
    this.#open.delete(server);
  }

  #near(event: MonitorEvent): StoryDraft | undefined {
    const last = this.#last.get(event.server);
    return last !== undefined && isNear(last.lastMs, event) ? last : undefined;
  }

  /** Only its end is told. */
  #ended(event: ServerEvent, beganMs: number | null, lastedMs: number | null): void {
    const draft = new StoryDraft(event, { kind: 'servers', beganMs, isCut: beganMs === null });
    draft.end(event, lastedMs);
    this.#begin(draft);
  }

  #begin(draft: StoryDraft): StoryDraft {
    const [{ server } = { server: '' }] = draft.events;
    this.#last.set(server, draft);
    this.#add(draft);
    return draft;
  }
}
