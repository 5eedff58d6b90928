import type { VerifiedCertificate } from '../api/public-types';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { day, kg } from '../ui/format';
import { Qr } from '../ui/qr';

/** The certificate as it is printed. Its sentences come from the server as they are: no page words them anew. */
export function Certificate({ certificate }: { readonly certificate: VerifiedCertificate }) {
  const { verify: text, common, language } = useText();
  const address = `${window.location.origin}/verify/${certificate.number}`;
  return (
    <article className="certificate">
      <h2>{text.certificate}</h2>
      <p className="certificate-no">
        <code>{certificate.printed}</code>
      </p>
      <div className="certificate-body">
        <div className="certificate-words" lang="zh-CN">
          <p>{certificate.statement.record}</p>
          {certificate.statement.mustSay.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        {language === 'en' && <p className="soft">{text.language}</p>}
        <div className="certificate-foot">
          <dl className="pairs">
            <div>
              <dt>{text.retiredHere}</dt>
              <dd>
                <b>{kg(certificate.grams)}</b> {common.kg}
              </dd>
            </div>
            <div>
              <dt>{text.product}</dt>
              <dd>
                {certificate.product}（{certificate.nameNote}）
              </dd>
            </div>
            <div>
              <dt>{text.issued}</dt>
              <dd>{day(certificate.issuedAt)}</dd>
            </div>
            <div>
              <dt>{text.fingerprint}</dt>
              <dd>
                <code>{certificate.hash.slice(0, 16)}</code>
              </dd>
            </div>
          </dl>
          <div className="qr-box">
            <Qr text={address} label={address} />
            <span className="small">{text.scan}</span>
          </div>
        </div>
        <p className="soft small">{certificate.uniqueness[language]}</p>
        <div className="no-print">
          <Button look="main" onClick={() => window.print()}>
            {text.print}
          </Button>
        </div>
      </div>
    </article>
  );
}
