import { ChoiceMenu } from '../../ui/choice-menu.tsx';
import { useDashboard } from '../../ui/context.ts';
import { LabelMenus } from '../../ui/label-menu.tsx';

interface ServerMenuProps {
  /** What is asked takes one server only. */
  readonly isSingle?: boolean;
}

/** Of which servers, by name and by label. Nothing where there is only one without labels, unless a link names one. */
export function ServerMenu({ isSingle = false }: ServerMenuProps) {
  const { view, adjust, texts, serverIds } = useDashboard();
  const chosen = isSingle ? view.value.server.slice(0, 1) : view.value.server;
  const servers = [...new Set([...serverIds.value, ...chosen])];
  return (
    <>
      {(servers.length > 1 || chosen.length > 0) && (
        <ChoiceMenu
          label={texts.value.filter.server}
          options={servers.map((value) => ({ value, label: value }))}
          chosen={chosen}
          onChange={(server) => {
            adjust({ server: isSingle ? server.filter((one) => !chosen.includes(one)) : server });
          }}
        />
      )}
      <LabelMenus
        chosen={view.value.label}
        onChoose={(label) => {
          adjust({ label });
        }}
      />
    </>
  );
}
