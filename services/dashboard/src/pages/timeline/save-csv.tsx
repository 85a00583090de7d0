import { useState } from 'preact/hooks';
import type { MonitorApi } from '@mediamtx-monitor/client';
import { asError } from '../../data/as-error.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { NoAnswer } from '../../ui/answer.tsx';

interface SaveCsvProps {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly load: (api: MonitorApi) => Promise<string>;
}

/** Fetches a table with the token of this page, which a link could not, and saves it. */
export function SaveCsv({ name, load }: SaveCsvProps) {
  const { api } = useDashboard();
  const texts = useAllTexts();
  const { csv, saving } = texts.past;
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const save = (): void => {
    setBusy(true);
    setError(undefined);
    load(api)
      .then((text) => {
        saveFile(`${name}.csv`, text);
      })
      .catch((reason: unknown) => {
        setError(asError(reason));
      })
      .finally(() => {
        setBusy(false);
      });
  };
  return (
    <>
      <button type="button" class="button" disabled={isBusy} onClick={save}>
        {isBusy ? saving : csv}
      </button>
      {error !== undefined && <NoAnswer error={error} askAgain={save} />}
    </>
  );
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
