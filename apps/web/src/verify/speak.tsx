import type { VerifiedCertificate } from '../api/public-types';
import { useText } from '../text/text';
import { CopyButton } from '../ui/copy-button';

/** 能说 / 不能说: claims about carbon are advertising, so the words that hold are a button away. */
export function Speak({ certificate }: { readonly certificate: VerifiedCertificate }) {
  const { verify: text, common } = useText();
  const { record, mustSay } = certificate.statement;
  return (
    <section className="sheet speak no-print stack-wide">
      <h2>{text.speak}</h2>
      <div className="columns">
        <div className="stack">
          <h3>{text.maySay}</h3>
          <p lang="zh-CN">{record}</p>
          <p className="soft">{text.mustSay}：①–⑤</p>
          <div>
            <CopyButton text={[record, ...mustSay].join('\n')} label={text.copyMaySay} done={common.copied} />
          </div>
        </div>
        <div className="stack">
          <h3>{text.mayNot}</h3>
          <p className="soft">{text.mayNotLead}</p>
          <ul className="may-not">
            {text.mayNotWords.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <div>
            <CopyButton
              text={[`${text.mayNot}：`, ...text.mayNotWords].join('\n')}
              label={text.copyMayNot}
              done={common.copied}
            />
          </div>
        </div>
      </div>
    </section>
  );
}
