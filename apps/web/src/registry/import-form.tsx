import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';

import { api, path, Problem } from '../api/client';
import type { Imported, ImportKind } from '../api/registry-types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { count } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { ProblemNote } from '../ui/states';
import { ImportFaults } from './import-faults';
import { ImportSummaryView } from './import-summary';
import { typeOf } from './import.rules';

interface Props {
  readonly book: string;
  readonly kinds: readonly ImportKind[];
}

/** One file: which kind it is, what it would change or what is wrong with it, then the load. */
export function ImportForm({ book, kinds }: Props) {
  const { registry } = useText();
  const text = registry.imports;
  const queries = useQueryClient();
  const [kind, setKind] = useState<ImportKind>(kinds[0] ?? 'parties');
  const [file, setFile] = useState<File>();
  const send = useMutation({
    mutationFn: async ({ dryRun }: { readonly dryRun: boolean }) => {
      if (!file) return undefined;
      const query = dryRun ? '?dryRun=true' : '';
      return api.upload<Imported>(`${path`/books/${book}/imports/${kind}`}${query}`, file, typeOf(file.name));
    },
    onSuccess: (imported) =>
      imported?.dryRun === false ? queries.invalidateQueries({ queryKey: ['imports', book] }) : undefined,
  });
  const choose = (change: () => void) => {
    send.reset();
    change();
  };
  const check = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ dryRun: true });
  };
  const refusal = send.error instanceof Problem && send.error.code === 'IMPORT_REFUSED' ? send.error : null;
  return (
    <Sheet title={text.checkAndLoad}>
      <form className="stack" onSubmit={check}>
        <KindPicker kinds={kinds} kind={kind} onPick={(next) => choose(() => setKind(next))} />
        <Template book={book} kind={kind} />
        <Field
          label={text.file}
          hint={text.fileHint}
          type="file"
          required
          accept=".csv,.xlsx"
          onChange={(event) => choose(() => setFile(event.target.files?.[0]))}
        />
        <div className="row">
          <Button type="submit" look="main" disabled={!file} busy={send.isPending}>
            {text.check}
          </Button>
        </div>
        {send.isPending && file && (
          <p role="status">
            {send.variables.dryRun ? text.checking(count(Math.ceil(file.size / 1024))) : text.loading}
          </p>
        )}
      </form>
      {refusal && <ImportFaults refusal={refusal} />}
      {send.isError && !refusal && <ProblemNote error={send.error} />}
      {send.data && <ImportSummaryView imported={send.data} onLoad={() => send.mutate({ dryRun: false })} />}
    </Sheet>
  );
}

interface PickerProps {
  readonly kinds: readonly ImportKind[];
  readonly kind: ImportKind;
  readonly onPick: (kind: ImportKind) => void;
}

function KindPicker({ kinds, kind, onPick }: PickerProps) {
  const { registry } = useText();
  const text = registry.imports;
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {text.kind}
      </label>
      <select
        id={id}
        className="input"
        value={kind}
        onChange={(event) => onPick(event.target.value as ImportKind)}
      >
        {kinds.map((one) => (
          <option key={one} value={one}>
            {text.kinds[one]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The file comes with the caller's token, so it is fetched and handed to the browser to keep. */
function Template({ book, kind }: { readonly book: string; readonly kind: ImportKind }) {
  const { registry } = useText();
  const text = registry.imports;
  const fetchIt = useMutation({
    mutationFn: async () => {
      const blob = await api.download(path`/books/${book}/imports/${kind}/template.xlsx`);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = `${text.kinds[kind]}.xlsx`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href));
    },
  });
  return (
    <>
      <div className="row">
        <Button size="small" busy={fetchIt.isPending} onClick={() => fetchIt.mutate()}>
          {text.template}
        </Button>
      </div>
      {fetchIt.isError && <ProblemNote error={fetchIt.error} />}
    </>
  );
}
