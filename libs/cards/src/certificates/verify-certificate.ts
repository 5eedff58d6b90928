import { Injectable } from '@nestjs/common';

import {
  parseSerials,
  SerialMarks,
  Uniqueness,
  type SerialMark,
  type UniquenessStatement,
} from '@app/credits';
import { present, refuse, ok, type Result } from '@app/kernel';
import { Database } from '@app/platform';
import type { CertificateRefusal } from '../cards.refusals';
import { certifiedMoney } from './certificate-money.rules';
import { readCertificateNumber } from './certificate-number.rules';
import { certificateHash, CertificateStore, type StoredCertificate } from './certificate.store';
import { MoneyStore } from './money.store';
import { moneySentence, reversalSentences, type MoneyFacts } from './statement.rules';

/** A certificate as whoever has its number sees it now. */
export interface VerifiedCertificate {
  readonly certificate: StoredCertificate;
  /** False when what is stored no longer makes its hash. */
  readonly intact: boolean;
  readonly product: string;
  /** The sentences a certificate must say, in order; about money and about lost forest as of now. */
  readonly mustSay: readonly string[];
  readonly money: MoneyFacts;
  /** Which of the certified serials lost their forest, and what stands in for them. */
  readonly reversals: readonly SerialMark[];
  /** That nobody else may claim these grams is said with its limit, as of now. */
  readonly uniqueness: UniquenessStatement;
}

interface CardFactsRow {
  readonly order_id: string;
  readonly product: string;
  readonly kept_grams: string;
}

/** The public page's question: is there such a certificate, and what does it say today? */
@Injectable()
export class VerifyCertificate {
  constructor(
    private readonly database: Database,
    private readonly certificates: CertificateStore,
    private readonly money: MoneyStore,
    private readonly marks: SerialMarks,
    private readonly uniqueness: Uniqueness,
  ) {}

  /** Takes the number as somebody typed it. Refuses CERTIFICATE_UNKNOWN, telling a mistyped number apart. */
  async execute(
    typed: string,
  ): Promise<Result<VerifiedCertificate, Extract<CertificateRefusal, { code: 'CERTIFICATE_UNKNOWN' }>>> {
    const number = readCertificateNumber(typed);
    const certificate = number && (await this.certificates.byNumber(this.database, number));
    if (!certificate) {
      const mistyped = number === undefined;
      return refuse({ code: 'CERTIFICATE_UNKNOWN', number: typed.slice(0, 64), mistyped });
    }
    const { order_id: orderId, product, kept_grams: keptGrams } = await this.cardFacts(certificate);
    const order = present(
      (await this.money.of(certificate.book, [orderId])).get(orderId),
      'a card has its order',
    );
    const money = certifiedMoney(order, certificate.grams, BigInt(keptGrams));
    const ranges = certificate.serials.map((run) =>
      present(parseSerials(run), 'certified serials are read back'),
    );
    const reversals = await this.marks.of(certificate.book, ranges);
    return ok({
      certificate,
      intact: certificateHash(certificate) === certificate.hash,
      product,
      mustSay: [...certificate.statement.carbon, moneySentence(money), ...reversalSentences(reversals)],
      money,
      reversals,
      uniqueness: await this.uniqueness.statement(certificate.book),
    });
  }

  private async cardFacts({ book, cardId }: StoredCertificate): Promise<CardFactsRow> {
    const rows = await this.database.query<CardFactsRow>(
      `SELECT c.order_id, p.name AS product, c.grams - c.refunded_grams AS kept_grams
         FROM cards.card c
         JOIN cards.card_order o ON o.book = c.book AND o.id = c.order_id
         JOIN cards.product p ON p.book = o.book AND p.code = o.product
        WHERE c.book = $1 AND c.id = $2`,
      [book, cardId],
    );
    return present(rows[0], 'a certificate has its card');
  }
}
