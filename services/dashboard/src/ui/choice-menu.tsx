import { useDashboard } from './context.ts';
import { CheckList, Menu } from './controls.tsx';

interface ChoiceMenuProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly chosen: readonly T[];
  /** What it says instead of the names of what is chosen. */
  readonly shownAs?: string | undefined;
  readonly onChange: (chosen: readonly T[]) => void;
}

/** A button that says what is chosen, and opens the choice. */
export function ChoiceMenu<T extends string>({
  label,
  options,
  chosen,
  shownAs,
  onChange,
}: ChoiceMenuProps<T>) {
  const { texts } = useDashboard();
  const names = options.filter(({ value }) => chosen.includes(value)).map((option) => option.label);
  const value = shownAs ?? (names.join(', ') || texts.value.filter.all);
  return (
    <Menu label={label} value={value}>
      <CheckList legend={label} options={options} chosen={chosen} onChange={onChange} />
    </Menu>
  );
}
