import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface CheckListProps<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}

/** Any of a few. */
export function CheckList<T extends string>({ legend, options, chosen, onChange }: CheckListProps<T>) {
  return (
    <fieldset class="choice">
      <legend class="visually-hidden">{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ currentTarget }) => {
              const others = chosen.filter((one) => one !== value);
              onChange(currentTarget.checked ? [...others, value] : others);
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

/** One of a few. */
export function Choice<T extends string>({ legend, options, chosen, onChoose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={value === chosen}
            onChange={() => {
              onChoose(value);
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

interface MenuProps {
  /** Name of the button; shown beside the icon unless `icon` is all there is to show. */
  readonly label: string;
  readonly icon?: ComponentChildren;
  /** What is chosen, behind the label. */
  readonly value?: string;
  /** Which edge of the button the panel keeps to. */
  readonly align?: 'start' | 'end';
  readonly children: ComponentChildren;
}

/** A button that opens a panel below it; Escape and a click elsewhere close it. */
export function Menu({ label, icon, value, align = 'start', children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    function onPointer(event: Event): void {
      const inside = event.target instanceof Node && menu.current?.contains(event.target);
      if (menu.current?.open && inside !== true) menu.current.open = false;
    }
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('focusin', onPointer);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('focusin', onPointer);
    };
  }, []);

  return (
    <details
      class={`menu menu-${align}`}
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        event.stopPropagation();
        menu.current.open = false;
        menu.current.querySelector('summary')?.focus();
      }}
    >
      {icon === undefined ? (
        <summary class="button">
          {label}
          {value !== undefined && <span class="menu-value">{value}</span>}
        </summary>
      ) : (
        <summary class="button button-icon" aria-label={label} title={label}>
          {icon}
        </summary>
      )}
      {/* A press on what takes no focus gives it to what is around: to the page, which would close this meanwhile. */}
      <div class="panel" tabIndex={-1}>
        {children}
      </div>
    </details>
  );
}
