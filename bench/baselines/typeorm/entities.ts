import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('account')
export class AccountRow {
  @PrimaryColumn('bigint')
  id: string;

  @Column('text')
  path: string;

  @Column('text')
  asset: string;

  @Column('bigint', { nullable: true })
  floor: string | null;

  @Column('bigint')
  debits: string;

  @Column('bigint')
  credits: string;

  @Column('bigint')
  version: string;
}

@Entity('entry')
export class EntryRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  seq: string;

  @Column('text')
  key: string;

  @Column('bytea')
  body: Buffer;

  @Column('text')
  kind: string;

  @Column('text')
  actor: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt: Date;

  @Column('timestamptz', { name: 'effective_at' })
  effectiveAt: Date;
}

@Entity('posting')
export class PostingRow {
  @PrimaryColumn('bigint')
  account: string;

  @PrimaryColumn('bigint')
  version: string;

  @Column('bigint')
  seq: string;

  @Column('int')
  leg: number;

  @Column('bigint')
  amount: string;

  @Column('bigint', { name: 'balance_after' })
  balanceAfter: string;
}
