import type { Texts } from '../i18n/en/index.ts';
import type { Format } from '../i18n/format.ts';
import { type StreamGroup, withToggled } from '../model/groups.ts';
import { useDashboard } from '../ui/context.ts';
import { HealthMark, Icon } from '../ui/icon.tsx';

interface GroupLineProps {
  readonly group: StreamGroup;
  /** Place among all rows, the head's included, from 1. */
  readonly rowIndex: number;
  /** Whether the tab key stops here; arrow keys lead to the others. */
  readonly isTabStop: boolean;
}

/** Stands over the streams of a group. */
export function GroupLine({ group, rowIndex, isTabStop }: GroupLineProps) {
  return (
    <tr aria-rowindex={rowIndex} class="row group-row" data-key={group.key}>
      <td>
        <GroupToggle group={group} isTabStop={isTabStop} />
      </td>
    </tr>
  );
}

/** How the worst of a group is, and how many there are; opens and closes it. */
export function GroupToggle({ group, isTabStop }: Omit<GroupLineProps, 'rowIndex'>) {
  const { texts, format, view, adjust } = useDashboard();
  const { order, looks } = texts.value;
  const { prefix, isClosed, worst } = group;
  const toggle = (): void => {
    const { grouping } = view.peek();
    if (grouping !== null) adjust({ grouping: withToggled(grouping, prefix) });
  };
  const name = prefix === '' ? order.ungrouped : `${prefix}/`;
  return (
    <button
      type="button"
      class="group-toggle"
      aria-expanded={!isClosed}
      title={name}
      tabIndex={isTabStop ? 0 : -1}
      onClick={toggle}
    >
      <span class="group-chevron">
        <Icon name={isClosed ? 'right' : 'down'} />
      </span>
      <HealthMark health={worst} label={looks[worst]} />
      <b class="group-name">{name}</b>{' '}
      <span class="muted">{groupText(group, texts.value, format.value)}</span>
    </button>
  );
}

/** How many streams a group has, and how they are: what needs an eye first. */
export function groupText(
  { count, looks }: StreamGroup,
  { order, looks: names }: Texts,
  format: Format,
): string {
  const ill = (['critical', 'warning', 'unknown'] as const)
    .filter((look) => looks[look] > 0)
    .map((look) => order.ofLook(format.count(looks[look]), names[look].toLowerCase()));
  const live = looks.ok > 0 ? [order.ofLook(format.count(looks.ok), names.ok)] : [];
  return [order.streams(count, format.count(count)), ...ill, ...live].join(' · ');
}
