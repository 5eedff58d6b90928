import { useId, useState, type DragEvent } from 'react';

import { useText } from '../text/text';

/** An entry of 2,000 postings fits several times. */
const BYTES_MAX = 4 * 1024 * 1024;

interface Props {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A file by drag or choice, or its content by paste. */
export function ProofInput({ value, onChange }: Props) {
  const { proof: text } = useText();
  const id = useId();
  const [isTooLarge, setTooLarge] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setTooLarge(file.size > BYTES_MAX);
    onChange(file.size > BYTES_MAX ? '' : await file.text());
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div className="field proof-drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <label className="field-label" htmlFor={id}>
        {text.paste}
      </label>
      <div className="row">
        <label className="button button-plain button-usual">
          {text.choose}
          <input
            type="file"
            name="file"
            className="visually-hidden"
            accept=".json,application/json"
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </label>
        <span className="soft small">{text.fileHint}</span>
      </div>
      <textarea
        id={id}
        name="bundle"
        className="input proof-text"
        rows={8}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {isTooLarge && <div className="field-error">{text.tooLarge}</div>}
    </div>
  );
}
