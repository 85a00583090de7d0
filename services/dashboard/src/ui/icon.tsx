import type { Look } from '../model/streams.ts';

/** Drawn on a grid of 16 × 16, in lines of the text's colour. */
const PATHS = {
  pulse: 'M1 9h2.6l1.6-4.6L8 12.4l1.8-5L11 9h4',
  ok: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5M5.2 8.2l2 2l3.7-4.2',
  rest: 'M8 3.25a4.75 4.75 0 1 0 0 9.5a4.75 4.75 0 0 0 0-9.5',
  warning: 'M8 2.2L14.4 13.4H1.6ZM8 6.4v3.2M8 11.4v.1',
  critical: 'M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3ZM5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2',
  unknown:
    'M4.4 2.8A6.2 6.2 0 0 1 8 1.8M11.6 2.8A6.2 6.2 0 0 1 14.1 7M14 9.6a6.2 6.2 0 0 1-3.2 4M7.9 14.2A6.2 6.2 0 0 1 3.2 12M1.9 8.8a6.2 6.2 0 0 1 .8-3.9M6.2 6.4a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.7-.9 1.3M8 11.3v.1',
  search: 'M7 2.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 0 0 0-9.6M10.6 10.6l3.4 3.4',
  help: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5M6.2 6.4a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.7-.9 1.3M8 11.3v.1',
  settings: 'M2 4.5h5M11 4.5h3M9 2.7v3.6M2 11.5h3M9 11.5h5M7 9.7v3.6',
  bell: 'M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.5H2.8ZM6.6 14.2h2.8',
  'bell-off': 'M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.5H2.8ZM6.6 14.2h2.8M2 2l12 12',
  table: 'M2 3.5h12M2 8h12M2 12.5h12',
  cards: 'M2.5 2.5h4.5v4.5H2.5ZM9 2.5h4.5v4.5H9ZM2.5 9h4.5v4.5H2.5ZM9 9h4.5v4.5H9Z',
  play: 'M5 3.2v9.6l7.5-4.8Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  link: 'M6.4 9.6l3.2-3.2M7.2 4.9l1.5-1.5a2.75 2.75 0 0 1 3.9 3.9l-1.5 1.5M8.8 11.1l-1.5 1.5a2.75 2.75 0 0 1-3.9-3.9l1.5-1.5',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  back: 'M9.5 3.5L5 8l4.5 4.5',
  down: 'M4 6.2l4 4l4-4',
  up: 'M4 9.8l4-4l4 4',
  close: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4',
  offline:
    'M2 2l12 12M5.2 10.2a4 4 0 0 1 2.3-1.2M3 7.5a7.5 7.5 0 0 1 2.6-1.7M8.6 5.1A7.4 7.4 0 0 1 13 7.5M8 12.6v.1',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words: readers pass over it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

interface HealthMarkProps {
  readonly health: Look;
  /** Its word, for readers; left out where it stands beside the mark. */
  readonly label?: string | undefined;
}

/** Health as a shape and a colour. */
export function HealthMark({ health, label }: HealthMarkProps) {
  return (
    <>
      <span class={`mark mark-${health}`}>
        <Icon name={health} />
      </span>
      {label !== undefined && <span class="visually-hidden">{label}: </span>}
    </>
  );
}
