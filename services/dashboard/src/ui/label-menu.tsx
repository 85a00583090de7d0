import { chosenValue, type LabelValues, withLabel } from '../model/labels.ts';
import { useDashboard } from './context.ts';
import { Choice, Menu } from './controls.tsx';

interface LabelsProps {
  /** @param label what is chosen from now on */
  readonly onChoose: (label: readonly string[]) => void;
  readonly chosen: readonly string[];
}

/** A menu for each label that servers have; nothing where they have none. */
export function LabelMenus({ chosen, onChoose }: LabelsProps) {
  const { labels, texts } = useDashboard();
  return (
    <>
      {labels.value.map((label) => (
        <Menu key={label[0]} label={label[0]} value={chosenValue(chosen, label[0]) ?? texts.value.filter.all}>
          <LabelChoice label={label} chosen={chosen} onChoose={onChoose} />
        </Menu>
      ))}
    </>
  );
}

interface LabelChoiceProps extends LabelsProps {
  readonly label: LabelValues[number];
}

/** One value of a label, or any. */
export function LabelChoice({ label: [name, values], chosen, onChoose }: LabelChoiceProps) {
  const { texts } = useDashboard();
  const any = { value: '', label: texts.value.filter.all };
  return (
    <Choice
      legend={name}
      options={[any, ...values.map((value) => ({ value, label: value }))]}
      chosen={chosenValue(chosen, name) ?? ''}
      onChoose={(value) => {
        onChoose(withLabel(chosen, name, value === '' ? null : value));
      }}
    />
  );
}
