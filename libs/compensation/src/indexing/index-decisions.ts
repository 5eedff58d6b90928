import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Decidable } from '../decision.rules';
import { explainIndex, type IndexVariable } from './index.rules';

export interface IndexedStandardView {
  readonly standardId: string;
  readonly level: string;
  readonly tenure: string;
  readonly baseFenPerMu: bigint;
  readonly rateFenPerMu: bigint;
  readonly explanationZh: string;
  readonly explanationEn: string;
}

export interface IndexDecisionView {
  readonly id: string;
  readonly state: Decidable['state'];
  readonly rejection: string | null;
  readonly validFrom: Day;
  readonly documentNo: string;
  readonly indexPpm: bigint;
  readonly floorPpm: bigint;
  readonly capPpm: bigint;
  readonly appliedPpm: bigint;
  readonly lowestFenPerMu: bigint;
  readonly highestFenPerMu: bigint;
  readonly variables: readonly IndexVariable[];
  readonly standards: readonly IndexedStandardView[];
}

type Texts<View> = { readonly [Key in keyof View]: View[Key] extends bigint ? string : View[Key] };

interface Row extends Texts<Omit<IndexDecisionView, 'variables' | 'standards'>> {
  readonly variables: readonly Texts<IndexVariable>[];
  readonly standards: readonly Texts<Omit<IndexedStandardView, 'explanationZh' | 'explanationEn'>>[];
}

/** Reads of a programme's index decisions, the newest first, each with its frozen inputs and how it was reckoned. */
@Injectable()
export class IndexDecisions {
  constructor(private readonly database: Database) {}

  async list(book: number, programme: string): Promise<IndexDecisionView[]> {
    const rows = await this.database.query<Row>(
      `SELECT d.id, d.state, d.rejection, d.valid_from::text AS "validFrom", d.document_no AS "documentNo",
              d.index_ppm AS "indexPpm", d.floor_ppm AS "floorPpm", d.cap_ppm AS "capPpm",
              d.applied_ppm AS "appliedPpm", d.lowest_fen_per_mu AS "lowestFenPerMu",
              d.highest_fen_per_mu AS "highestFenPerMu",
              (SELECT jsonb_agg(jsonb_build_object('variable', v.variable, 'valuePpm', v.value_ppm::text,
                        'weightPpm', v.weight_ppm::text, 'source', v.source, 'documentNo', v.document_no)
                        ORDER BY v.ordinal)
                 FROM compensation.index_variable v WHERE v.book = d.book AND v.decision = d.id) AS variables,
              (SELECT jsonb_agg(jsonb_build_object('standardId', s.id, 'level', s.level, 'tenure', s.tenure,
                        'baseFenPerMu', i.base_fen_per_mu::text, 'rateFenPerMu', i.rate_fen_per_mu::text)
                        ORDER BY s.level, s.tenure, s.specificity, s.id)
                 FROM compensation.index_result i
                 JOIN compensation.standard s ON s.book = i.book AND s.id = i.standard
                WHERE i.book = d.book AND i.decision = d.id) AS standards
         FROM compensation.index_decision d WHERE d.book = $1 AND d.programme = $2
        ORDER BY d.valid_from DESC, d.proposed_at DESC LIMIT 100`,
      [book, programme],
    );
    return rows.map(toView);
  }
}

function toView({ variables: written, standards, ...row }: Row): IndexDecisionView {
  const bounds = {
    floorPpm: BigInt(row.floorPpm),
    capPpm: BigInt(row.capPpm),
    lowestFenPerMu: BigInt(row.lowestFenPerMu),
    highestFenPerMu: BigInt(row.highestFenPerMu),
  };
  const variables = written.map((one) => ({
    ...one,
    valuePpm: BigInt(one.valuePpm),
    weightPpm: BigInt(one.weightPpm),
  }));
  return {
    ...row,
    ...bounds,
    indexPpm: BigInt(row.indexPpm),
    appliedPpm: BigInt(row.appliedPpm),
    variables,
    standards: standards.map((one) => {
      const baseFenPerMu = BigInt(one.baseFenPerMu);
      const figures = { ...bounds, variables, baseFenPerMu };
      return {
        ...one,
        baseFenPerMu,
        rateFenPerMu: BigInt(one.rateFenPerMu),
        explanationZh: explainIndex(figures, 'zh'),
        explanationEn: explainIndex(figures, 'en'),
      };
    }),
  };
}
