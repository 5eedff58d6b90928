import type { MigrationInterface, QueryRunner } from 'typeorm';

const SOURCE = '邮储银行批量代付响应码表';

/** code, class, what the bank says, what the bureau does. */
const REASONS: readonly (readonly [string, string, string, string])[] = [
  ['4', 'fix-data', '账户不存在', '请镇财政所与农户核对银行账号，更正后重新发放'],
  ['5', 'payer-fund', '付款账户余额不足', '请兑付中心核对付款账户额度，补足后重新发放'],
  ['7', 'fix-data', '账户类型不符', '请农户提供可入账的储蓄账户，更正后重新发放'],
  ['9', 'fix-data', '账户已销户', '请农户提供新的银行账户，更正后重新发放'],
  ['10', 'payee-must-visit-bank', '账户被冻结', '请农户携身份证到开户银行办理解冻，办好后重新发放'],
  ['11', 'payee-must-visit-bank', '账户被扣划', '请农户到开户银行查询扣划原因，办好后重新发放'],
  ['12', 'payee-must-visit-bank', '账户全额止付', '请农户携身份证到开户银行解除止付，办好后重新发放'],
  ['13', 'payee-must-visit-bank', '账户已挂失', '请农户到开户银行补卡或解除挂失，办好后重新发放'],
  ['17', 'payee-must-visit-bank', '账户为睡眠户', '请农户携身份证到开户银行激活账户，办好后重新发放'],
  ['20', 'payee-must-visit-bank', '卡已停用', '请农户到开户银行恢复或换卡，办好后重新发放'],
  ['21', 'fix-data', '卡已销卡', '请农户提供新的银行账户，更正后重新发放'],
  ['25', 'payee-must-visit-bank', '卡未激活', '请农户携身份证到开户银行激活银行卡，办好后重新发放'],
  ['37', 'fix-data', '户名不符', '请镇财政所核对户名与账号，更正后重新发放'],
  ['38', 'fix-data', '账号有误', '请镇财政所与农户核对银行账号，更正后重新发放'],
  ['43', 'fix-data', '证件号码不符', '请镇财政所核对证件与账户登记信息，更正后重新发放'],
];

/** Why a bank refuses a line, and what to do then. Reference data: no book. */
export class DisbursementFailureReasons1763700000820 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE disbursement.failure_reason (
        code       text PRIMARY KEY,
        class      text NOT NULL CHECK (class IN ('fix-data', 'payee-must-visit-bank', 'payer-fund',
                                                  'system-retryable', 'unknown')),
        text_zh    text NOT NULL,
        what_to_do text NOT NULL,
        source     text NOT NULL
      )`);
    await q.query(
      `INSERT INTO disbursement.failure_reason (code, class, text_zh, what_to_do, source)
       SELECT code, class, text_zh, what_to_do, $5
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS r (code, class, text_zh, what_to_do)`,
      [
        REASONS.map(([code]) => code),
        REASONS.map(([, reasonClass]) => reasonClass),
        REASONS.map(([, , text]) => text),
        REASONS.map(([, , , whatToDo]) => whatToDo),
        SOURCE,
      ],
    );
    await q.query(`GRANT SELECT ON disbursement.failure_reason TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE disbursement.failure_reason`);
  }
}
