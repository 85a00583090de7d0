import { ChoiceMenu } from '../../ui/choice-menu.tsx';
import { useDashboard } from '../../ui/context.ts';

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
    <ChoiceMenu
      label={texts.value.filter.server}
      options={servers.map((value) => ({ value, label: value }))}
      chosen={chosen}
      onChange={(server) => {
        adjust({ server: isSingle ? server.filter((one) => !chosen.includes(one)) : server });
      }}
    />
  );
}
