import { toHex, type Verdict } from '@app/proof';

import { useText } from '../text/text';
import { instant } from '../ui/format';
import { Sheet } from '../ui/sheet';
import { Fact } from './fact';
import { ProvenFacts } from './proven-facts';

export function ProofVerdict({ verdict }: { readonly verdict: Verdict }) {
  return verdict.ok ? <Proven verdict={verdict} /> : <NotProven verdict={verdict} />;
}

function NotProven({ verdict }: { readonly verdict: Verdict & { readonly ok: false } }) {
  const { proof: text } = useText();
  return (
    <div className="note note-bad proof-verdict" role="alert">
      <h2>✗ {text.notProven}</h2>
      <p>{text.faults[verdict.fault]}</p>
      {verdict.field !== undefined && (
        <p className="small">
          {text.field}: <code>{verdict.field}</code>
        </p>
      )}
    </div>
  );
}

function Proven({
  verdict: { checkpoint, seal, proven },
}: {
  readonly verdict: Verdict & { readonly ok: true };
}) {
  const { proof: text } = useText();
  return (
    <>
      <div className="note proof-verdict" role="status">
        <h2>✓ {text.proven}</h2>
      </div>
      <ProvenFacts proven={proven} />
      <Sheet title={text.against}>
        <dl className="facts">
          <Fact name={text.log}>
            <code>{checkpoint.origin}</code>
          </Fact>
          <Fact name={text.checkpoint}>{text.seals(checkpoint.size.toString())}</Fact>
          <Fact name={text.root}>
            <code className="proof-hash">{toHex(checkpoint.root)}</code>
          </Fact>
          <Fact name={text.sealed}>{text.sealedAt(seal.no.toString(), instant(seal.sealedAt))}</Fact>
        </dl>
      </Sheet>
    </>
  );
}
