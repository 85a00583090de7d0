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
