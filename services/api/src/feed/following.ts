import type { Clock } from '@mediamtx-monitor/runtime';
import {
  DEFAULT_SERVER_ID,
  type RedisNames,
  type ServerTopic,
  type TopicHead,
} from '@mediamtx-monitor/types';
import type { KnownHead } from '../tick/index.ts';
import type { Channel } from './channel.ts';
import { type Choice, Interest } from './interest.ts';
import { OlderCollectors } from './older-collectors.ts';

/** What is followed of servers or hosts, beside their heads. */
export interface Following<Topic extends string> {
  /** A request wants it. */
  readonly want: (topic: Topic, choice: Choice) => void;
  /** A client wants it, until it calls what is returned. */
  readonly hold: (topics: readonly Topic[], choice: Choice) => () => void;
  /** Whether a topic of one of them is followed, or will be as soon as that one is known. */
  readonly isFollowed: (topic: Topic, subject: string) => boolean;
  /** Something of it is known that is new, such as labels. */
  readonly see: (subject: string) => void;
  /** Its head came by itself. */
  readonly headCame: (subject: string) => void;
  /** Looks at something that is published. */
  readonly look: (known: KnownHead<TopicHead>) => void;
  /** Nothing is known of it any more. */
  readonly forget: (subject: string) => void;
  /** Leaves what nobody wants any more. Time in ms until something else may be left. */
  readonly review: () => number;
}

/** What following has to do with what is known. */
export interface FollowingEvents<Topic extends string> {
  /** What takes in a topic's messages. */
  readonly receiverOf: (topic: Topic) => (message: Buffer) => void;
  /** Channels are followed from now on: what was published on them before was missed. */
  readonly onFollowed: (topic: Topic) => void;
  /** What comes of it is wanted from now on. */
  readonly onWanted: (topic: Topic, subject: string) => void;
  /** Nothing comes of it any more. */
  readonly onLeft: (topic: Topic, subject: string) => void;
}

/** Follows all there is, whether anybody wants it or not. */
export function followAll<Topic extends string>(
  topics: readonly Topic[],
  channel: Channel,
  channelOf: (topic: Topic) => string,
  { receiverOf }: Pick<FollowingEvents<Topic>, 'receiverOf'>,
): Following<Topic> {
  for (const topic of topics) channel.receive(channelOf(topic), receiverOf(topic));
  const nothing = (): void => undefined;
  return {
    ...{ want: nothing, see: nothing, headCame: nothing, look: nothing, forget: nothing },
    hold: () => nothing,
    isFollowed: () => true,
    review: () => Infinity,
  };
}

export interface FollowWantedOptions {
  /** The first one has the heads of collectors that publish none by themselves. */
  readonly topics: readonly [ServerTopic, ...ServerTopic[]];
  readonly clock: Clock;
  readonly channel: Channel;
  readonly names: Pick<RedisNames, 'channel' | 'channelOf' | 'onlyMain'>;
  /** `review` is to be called in so many ms. */
  readonly ringWithin: (ms: number) => void;
}

/** Follows of each server what somebody wants. */
export class FollowWanted implements Following<ServerTopic> {
  readonly #options: FollowWantedOptions;
  readonly #events: FollowingEvents<ServerTopic>;
  readonly #interest: Interest<ServerTopic>;
  readonly #older: OlderCollectors;
  /** Channels that are followed, with their topics. */
  readonly #channels = new Map<string, ServerTopic>();
  /** Whether they may have to be others. */
  #isChanged = false;

  constructor(options: FollowWantedOptions, events: FollowingEvents<ServerTopic>) {
    const { clock, ringWithin } = options;
    this.#options = options;
    this.#events = events;
    this.#older = new OlderCollectors(clock);
    this.#interest = new Interest<ServerTopic>({
      clock,
      ringWithin,
      onChange: (topic, subject, isWanted) => {
        this.#isChanged = true;
        if (isWanted) events.onWanted(topic, subject);
        else events.onLeft(topic, subject);
      },
    });
    // It has the plain names, and is read whether it is listed or not.
    this.#interest.see(DEFAULT_SERVER_ID);
  }

  want(topic: ServerTopic, choice: Choice): void {
    this.#interest.want(topic, choice);
    this.#adjust();
  }

  hold(topics: readonly ServerTopic[], choice: Choice): () => void {
    const release = this.#interest.hold(topics, choice);
    this.#adjust();
    return release;
  }

  isFollowed(topic: ServerTopic, subject: string): boolean {
    return this.#interest.isWanted(topic, subject);
  }

  see(subject: string): void {
    this.#interest.see(subject);
    this.#adjust();
  }

  headCame(subject: string): void {
    this.#isChanged = this.#older.headCame(subject) || this.#isChanged;
    this.#adjust();
  }

  look(known: KnownHead<TopicHead>): void {
    this.#isChanged = this.#older.look(known) || this.#isChanged;
    this.#adjust();
  }

  forget(subject: string): void {
    this.#isChanged = this.#older.forget(subject) || this.#isChanged;
    if (subject !== DEFAULT_SERVER_ID) this.#interest.forget(subject);
    this.#adjust();
  }

  /** While Redis is away, what is held is all there is: nothing is left. */
  review(): number {
    if (!this.#options.channel.isOpen) return Infinity;
    const untilMs = this.#interest.review();
    this.#adjust();
    return untilMs;
  }

  #adjust(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const { channel, names, topics } = this.#options;
    const { receiverOf, onFollowed } = this.#events;
    const wanted = this.#wantedChannels();
    for (const name of this.#channels.keys()) {
      if (wanted.has(name)) continue;
      this.#channels.delete(name);
      channel.leave(name);
    }
    const plain = new Map(topics.map((topic) => [names.channel(topic), names.onlyMain(topic)]));
    for (const [name, topic] of wanted) {
      if (this.#channels.has(name)) continue;
      this.#channels.set(name, topic);
      channel.follow(name, {
        receive: receiverOf(topic),
        onSubscribed: () => {
          onFollowed(topic);
        },
        mark: plain.get(name),
      });
    }
  }

  /** Collectors of 0.2 and before know the plain ones only, and have their heads in messages of the first topic. */
  #wantedChannels(): ReadonlyMap<string, ServerTopic> {
    const { names, topics } = this.#options;
    const older = this.#older.subjects;
    const channels = new Map<string, ServerTopic>();
    if (older.size > 0) channels.set(names.channel(topics[0]), topics[0]);
    for (const topic of topics) {
      for (const server of this.#interest.wantedOf(topic)) {
        channels.set(names.channelOf(topic, server), topic);
        if (older.has(server)) channels.set(names.channel(topic), topic);
      }
    }
    return channels;
  }
}
