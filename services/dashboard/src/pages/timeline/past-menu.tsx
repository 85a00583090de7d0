import { useDashboard } from '../../ui/context.ts';
import { CheckList, Menu } from '../../ui/controls.tsx';

interface PastMenuProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly chosen: readonly T[];
  /** What it says instead of the names of what is chosen. */
  readonly shownAs?: string | undefined;
  readonly onChange: (chosen: readonly T[]) => void;
}

/** A button that says what is chosen, and opens the choice. */
export function PastMenu<T extends string>({ label, options, chosen, shownAs, onChange }: PastMenuProps<T>) {
  const { texts } = useDashboard();
  const names = options.filter(({ value }) => chosen.includes(value)).map((option) => option.label);
  const value = shownAs ?? (names.join(', ') || texts.value.filter.all);
  return (
    <Menu label={label} value={value}>
      <CheckList legend={label} options={options} chosen={chosen} onChange={onChange} />
    </Menu>
  );
}

interface ServerMenuProps {
  /** What is asked takes one server only. */
  readonly isSingle?: boolean;
}

/** Of which servers. Nothing where there is only one, unless a link names one. */
export function ServerMenu({ isSingle = false }: ServerMenuProps) {
  const { view, adjust, texts, serverIds } = useDashboard();
  const chosen = isSingle ? view.value.server.slice(0, 1) : view.value.server;
  const servers = [...new Set([...serverIds.value, ...chosen])];
  if (servers.length < 2 && chosen.length === 0) return null;
  return (
    <PastMenu
      label={texts.value.filter.server}
      options={servers.map((value) => ({ value, label: value }))}
      chosen={chosen}
      onChange={(server) => {
        adjust({ server: isSingle ? server.filter((one) => !chosen.includes(one)) : server });
      }}
    />
  );
}
