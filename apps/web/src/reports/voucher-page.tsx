import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';

import { api, path } from '../api/client';
import type { GreenVoucher } from '../api/report-types';
import { PageHead } from '../app/layout';
import { useText, word } from '../text/text';
import { Button } from '../ui/button';
import { day } from '../ui/format';
import { Shown } from '../ui/states';
import './report.css';

/** 绿色凭证 of a tea plot, as everybody checks it by its number. */
export default function VoucherPage() {
  const { number = '' } = useParams();
  const { reports } = useText();
  const voucher = useQuery({
    queryKey: ['green-voucher', number],
    queryFn: () => api.get<GreenVoucher>(path`/public/green-vouchers/${number}`),
  });
  return (
    <div className="stack-wide">
      <PageHead title={reports.voucher.title} lead={reports.voucher.lead} />
      <Shown query={voucher}>{(data) => <Voucher voucher={data} />}</Shown>
    </div>
  );
}

function Voucher({ voucher }: { readonly voucher: GreenVoucher }) {
  const { reports, words } = useText();
  const text = reports.voucher;
  const facts: readonly (readonly [string, string])[] = [
    [text.number, voucher.number],
    [text.plot, voucher.parcelCode],
    [text.village, voucher.villageName ?? voucher.village],
    [text.year, String(voucher.year)],
    [text.class, word(words.forestClass, voucher.forestClass)],
    [text.method, `${voucher.method}（${voucher.coefficientSet}）`],
    [text.source, voucher.source],
    [text.issued, day(voucher.issuedAt)],
  ];
  return (
    <section className="sheet stack report">
      <div className={voucher.intact ? 'note' : 'note note-bad'} role="status">
        {voucher.intact ? text.genuine : text.broken}
      </div>
      <dl className="pairs">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {voucher.note !== null && <p className="soft">{voucher.note}</p>}
      <ul className="report-notes">
        {voucher.says.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="soft small">
        {reports.fingerprint} <code className="report-hash">{voucher.hash}</code>
      </p>
      <div className="no-print">
        <Button look="main" onClick={() => window.print()}>
          {reports.print}
        </Button>
      </div>
    </section>
  );
}
