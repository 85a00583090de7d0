import type { MonitorEvent } from '@mediamtx-monitor/types';
import { withMassOutages } from './mass-outages.ts';
import { ServerStories } from './server-stories.ts';
import type { EventOf, Story } from './story.ts';
import { StoryDraft } from './story-draft.ts';
import { beganBefore } from './story-times.ts';
import { StreamStories } from './stream-stories.ts';

/**
 * What happened as stories: what belongs together is one. What isn't told is never made up: a story may lack its beginning,
 * and where events were lost nobody knows how those ended that were open.
 * @param events in order; types that aren't known are passed over
 * @returns those that began last first
 */
export function storiesOf(events: readonly MonitorEvent[]): readonly Story[] {
  const book = new StoryBook();
  for (const event of events) book.take(event);
  return withMassOutages(book.stories())
    .map((story, index) => ({ story, index }))
    .sort((a, b) => b.story.beganMs - a.story.beganMs || b.index - a.index)
    .map(({ story }) => story);
}

/** Takes events in order, and puts together what belongs together. */
class StoryBook {
  readonly #drafts: StoryDraft[] = [];
  readonly #servers: ServerStories;
  readonly #streams = new Map<string, { readonly server: string; readonly stories: StreamStories }>();
  readonly #alerts = new Map<string, StoryDraft>();
  readonly #silences = new Map<string, StoryDraft>();
  readonly #viewers = new Map<string, StoryDraft>();

  constructor() {
    this.#servers = new ServerStories((draft) => this.#drafts.push(draft));
  }

  stories(): readonly Story[] {
    return this.#drafts.filter(({ isTaken }) => !isTaken).map((draft) => draft.story());
  }

  take(event: MonitorEvent): void {
    switch (event.type) {
      case 'stream.online':
      case 'stream.offline':
      case 'stream.stalled':
      case 'stream.recovered':
      case 'stream.restarted':
      case 'stream.health':
        this.#streamOf(event).take(event);
        return;
      case 'connection.opened':
      case 'connection.closed':
        if (event.role === 'publish') this.#streamOf(event).publish(event);
        else this.#takeViewer(event);
        return;
      case 'server.unreachable':
      case 'server.reachable':
      case 'server.restarted':
      case 'server.unobserved':
        this.#servers.take(event);
        return;
      case 'events.trimmed':
        this.#lose(event);
        return;
      case 'alert.firing':
      case 'alert.resolved':
      case 'alert.acknowledged':
        this.#takeAlert(event);
        return;
      case 'silence.added':
      case 'silence.ended':
        this.#takeSilence(event);
        return;
      case 'notification.failed':
        this.#begin(new StoryDraft(event, { kind: 'alerts' }));
    }
  }

  /** An alert is a part of the trouble that it is about, where that is known. */
  #takeAlert(event: EventOf<'alert.firing' | 'alert.resolved' | 'alert.acknowledged'>): void {
    const known =
      this.#alerts.get(event.alert) ?? (event.type === 'alert.firing' ? this.#troubleOf(event) : undefined);
    const isEnd = event.type === 'alert.resolved';
    const isCut = event.since === null && event.type !== 'alert.firing';
    const beginning = {
      kind: 'alerts',
      isLasting: true,
      beganMs: Date.parse(event.since ?? event.at),
      isCut,
    } as const;
    const story = known ?? this.#begin(new StoryDraft(event, beginning));
    if (isEnd) this.#alerts.delete(event.alert);
    else this.#alerts.set(event.alert, story);
    if (isEnd && story.kind === 'alerts') story.end(event);
    else if (known !== undefined) story.add(event);
  }

  #troubleOf({
    server,
    stream,
    host,
  }: EventOf<'alert.firing' | 'alert.resolved' | 'alert.acknowledged'>): StoryDraft | undefined {
    if (host !== undefined) return undefined;
    if (stream === undefined) return this.#servers.open(server);
    return this.#streams.get(keyOf(server, stream))?.stories.trouble;
  }

  #takeSilence(event: EventOf<'silence.added' | 'silence.ended'>): void {
    const known = this.#silences.get(event.silence);
    if (event.type === 'silence.added') {
      this.#silences.set(
        event.silence,
        this.#begin(new StoryDraft(event, { kind: 'alerts', isLasting: true })),
      );
      return;
    }
    this.#silences.delete(event.silence);
    (known ?? this.#begin(new StoryDraft(event, { kind: 'alerts', isCut: true }))).end(event);
  }

  #takeViewer(event: EventOf<'connection.opened' | 'connection.closed'>): void {
    const key = keyOf(event.server, event.connection);
    if (event.type === 'connection.opened') {
      this.#viewers.set(key, this.#begin(new StoryDraft(event, { kind: 'viewers', isLasting: true })));
      return;
    }
    const beganMs = beganBefore(event.at, event.durationMs);
    const beginning = { kind: 'viewers', beganMs, isCut: beganMs === null } as const;
    (this.#viewers.get(key) ?? this.#begin(new StoryDraft(event, beginning))).end(event, event.durationMs);
    this.#viewers.delete(key);
  }

  /** From here on nobody knows what of that server is still as it was. */
  #lose(event: EventOf<'events.trimmed'>): void {
    const { server, until, since } = event;
    this.#servers.lose(server);
    for (const stream of this.#streams.values()) if (stream.server === server) stream.stories.lose();
    for (const [key, viewer] of this.#viewers) {
      if (viewer.events[0]?.server !== server) continue;
      viewer.lose();
      this.#viewers.delete(key);
    }
    const beganMs = Date.parse(since ?? event.at);
    const draft = this.#begin(new StoryDraft(event, { kind: 'servers', beganMs }));
    draft.end(event, Math.max(0, Date.parse(until) - beganMs));
  }

  #streamOf({ server, stream }: { readonly server: string; readonly stream: string }): StreamStories {
    const key = keyOf(server, stream);
    const known = this.#streams.get(key)?.stories;
    if (known !== undefined) return known;
    const stories = new StreamStories({
      add: (draft) => this.#drafts.push(draft),
      causeOf: (event) => this.#servers.causeOf(event),
    });
    this.#streams.set(key, { server, stories });
    return stories;
  }

  #begin(draft: StoryDraft): StoryDraft {
    this.#drafts.push(draft);
    return draft;
  }
}

/** A server's id has no slash. */
function keyOf(server: string, name: string): string {
  return `${server}/${name}`;
}
