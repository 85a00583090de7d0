import { REASON_CODES } from '@mediamtx-monitor/types';
import { useId, useState } from 'preact/hooks';
import { codeText } from '../../i18n/bell-text.ts';
import { type SilenceInput, silenceOfFields } from '../../model/silence-choice.ts';
import { useDashboard } from '../../ui/context.ts';
import { useBell } from './bell-context.ts';
import { SilenceForm } from './silence-form.tsx';

const NOTHING: SilenceInput = { server: '', label: '', host: '', stream: '', reason: '' };

/** Silences something that doesn't fire yet. */
export function NewSilence() {
  const { serverIds, labels, shown } = useDashboard();
  const { bell, texts } = useBell();
  const text = bell.silence;
  const id = useId();
  const [fields, setFields] = useState(NOTHING);
  const hosts = [...shown.hosts.value.keys()].sort();
  const labelled = labels.value.flatMap(([name, values]) => values.map((value) => `${name}:${value}`));
  const set = (member: keyof SilenceInput) => (value: string) => {
    setFields((before) => ({ ...before, [member]: value }));
  };
  // A host is on no server, and has no streams.
  const isOfHost = fields.host !== '';
  const reasons = REASON_CODES.map((code) => [code, codeText(code, texts)] as const);
  return (
    <SilenceForm label={bell.silences.add} selection={silenceOfFields(fields)}>
      {!isOfHost && (
        <>
          <Select
            label={text.serverLabel}
            any={text.anyServer}
            options={serverIds.value.map((one) => [one, one])}
            value={fields.server}
            onChange={set('server')}
          />
          {labelled.length > 0 && (
            <Select
              label={text.labelLabel}
              any={text.anyLabel}
              options={labelled.map((one) => [one, one.replace(':', ': ')])}
              value={fields.label}
              onChange={set('label')}
            />
          )}
          <label for={`${id}-stream`}>{text.glob}</label>
          <input
            id={`${id}-stream`}
            type="text"
            class="field"
            aria-describedby={`${id}-hint`}
            value={fields.stream}
            onInput={({ currentTarget }) => {
              set('stream')(currentTarget.value);
            }}
          />
          <p class="muted" id={`${id}-hint`}>
            {text.globHint}
          </p>
        </>
      )}
      {hosts.length > 0 && (
        <Select
          label={text.hostLabel}
          any={text.anyHost}
          options={hosts.map((one) => [one, one])}
          value={fields.host}
          onChange={set('host')}
        />
      )}
      <Select
        label={text.reasonLabel}
        any={text.anyReason}
        options={reasons}
        value={fields.reason}
        onChange={set('reason')}
      />
    </SilenceForm>
  );
}

interface SelectProps {
  readonly label: string;
  /** What is meant unless something is chosen. */
  readonly any: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of many, or any. */
function Select({ label, any, options, value, onChange }: SelectProps) {
  const id = useId();
  return (
    <>
      <label for={id}>{label}</label>
      <select
        id={id}
        class="field"
        value={value}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value);
        }}
      >
        <option value="">{any}</option>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
