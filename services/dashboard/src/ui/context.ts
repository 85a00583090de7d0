import type { MonitorApi } from '@mediamtx-monitor/client';
import type { Preview } from '@mediamtx-monitor/types';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Bell } from '../data/bell.ts';
import type { Favourites } from '../data/favourites.ts';
import type { LinkedToken } from '../data/linked-token.ts';
import type { Router } from '../data/router.ts';
import type { Theme } from '../data/view.ts';
import type { AllTexts } from '../i18n/en/all.ts';
import type { Texts } from '../i18n/en/index.ts';
import { type TextContext, textContextOf } from '../i18n/fleet-text.ts';
import type { Format } from '../i18n/format.ts';
import type { Language } from '../i18n/languages.ts';
import type { LabelValues } from '../model/labels.ts';
import type { Notifier } from '../model/notifier.ts';
import type { Shown, Wanted } from '../worker/exchange.ts';
import type { SignalsOf } from '../worker/mirror.ts';
import type { TableColumns } from './table-columns.ts';
import type { Viewport } from './viewport.ts';

/** What of a large fleet is wanted beside what the view says; written by its page. */
export type FleetWants = { readonly [Name in 'found' | 'worst']: Signal<Wanted[Name]> };

/** All that components share: data, what is made of it, and how it is said. */
export interface Dashboard extends Pick<Router, 'view' | 'go' | 'adjust' | 'href'> {
  /** What the worker sends. */
  readonly shown: SignalsOf<Shown>;
  readonly viewport: Viewport;
  /** How streams in view were in the last 24 hours, as a background, by their keys. */
  readonly ribbons: Signal<ReadonlyMap<string, string>>;
  readonly notifier: Notifier;
  readonly favourites: Favourites;
  readonly tableColumns: TableColumns;
  readonly bell: Bell;
  readonly openLink: Router['open'];
  /** Changes only when a server comes. */
  readonly serverIds: ReadonlySignal<readonly string[]>;
  /** Labels that servers have, or a link names; changes with them only. */
  readonly labels: ReadonlySignal<LabelValues>;
  /** What the page of a large fleet found, and shows first. */
  readonly fleetWants: FleetWants;
  /** Whether it has to be said on which server a stream is. */
  readonly hasManyServers: ReadonlySignal<boolean>;
  /** That of the texts: another that was chosen follows when its texts are there. */
  readonly language: ReadonlySignal<Language>;
  readonly texts: ReadonlySignal<Texts>;
  /** With those that are loaded when they are wanted: `undefined` until then, `null` when they can't be loaded. */
  readonly allTexts: ReadonlySignal<AllTexts | null | undefined>;
  readonly wantAllTexts: () => void;
  /** Once the page speaks its language, and may be drawn. */
  readonly isReady: Promise<void>;
  readonly format: ReadonlySignal<Format>;
  readonly theme: ReadonlySignal<Theme>;
  readonly chooseLanguage: (language: Language) => void;
  readonly chooseTheme: (theme: Theme) => void;
  readonly now: () => number;
  readonly monotonicMs: () => number;
  /** Address of this page, and of the API below it. */
  readonly url: string;
  /** Whether the line is hidden that says how to get a WebSocket through; kept for this tab. */
  readonly isEventsNoteHidden: ReadonlySignal<boolean>;
  readonly hideEventsNote: () => void;
  /** What was, and changes. */
  readonly api: MonitorApi;
  /** Where streams can be played. */
  readonly previews: () => Promise<readonly Preview[]>;
  /** Whether the page was opened with one; that may have been refused. */
  readonly hasToken: boolean;
  /** Of a link that brought another token. */
  readonly linkedToken: Pick<LinkedToken, 'step' | 'accept' | 'decline'>;
  /**
   * Begins anew with a token. @param staysInBrowser whether it is kept for all tabs until someone signs out, not only
   * for this one @returns whether the browser keeps it
   */
  readonly signIn: (token: string, staysInBrowser: boolean) => boolean;
  /** Begins anew without a token. */
  readonly signOut: () => void;
  readonly reload: () => void;
}

export const DashboardContext = createContext<Dashboard | undefined>(undefined);

/** What all components share. @throws outside of the page */
export function useDashboard(): Dashboard {
  const dashboard = useContext(DashboardContext);
  if (dashboard === undefined) throw new Error('Components live inside DashboardContext');
  return dashboard;
}

/** What sentences about servers need, with ages that go on each second where one is said. */
export function useTextContext(): TextContext {
  const { texts, format, shown, hasManyServers } = useDashboard();
  return textContextOf(texts.value, format.value, hasManyServers.value, () => shown.silenceAges.value);
}

/** The same for what is read out, which would chatter with each second. */
export function useCalmTextContext(): TextContext {
  const { texts, format, hasManyServers } = useDashboard();
  return textContextOf(texts.value, format.value, hasManyServers.value, null);
}
