interface TimeFieldProps {
  readonly label: string;
  /** Unix ms. */
  readonly value: number | null;
  /** Called with what is no time as `null`. */
  readonly onChange: (ms: number | null) => void;
}

/** A date and time of day, as this browser writes it, in its time zone. */
export function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <label class="time-field">
      <span>{label}</span>
      <input
        class="field"
        type="datetime-local"
        step="1"
        value={value === null ? '' : localTime(value)}
        onChange={({ currentTarget }) => {
          const ms = Date.parse(currentTarget.value);
          onChange(Number.isNaN(ms) ? null : ms);
        }}
      />
    </label>
  );
}

/** As such fields have it: local time without its zone, to the second. */
function localTime(ms: number): string {
  const date = new Date(ms);
  const local = new Date(ms - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
