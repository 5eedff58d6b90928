import { IsIn, IsOptional, Length, Matches } from 'class-validator';

export class GradeChangeRequest {
  /** Code of the issuance. */
  @Matches(/^[0-9a-z-]{1,40}$/, { message: 'issuance must be a code such as 610924100-2025-g1' })
  issuance: string;

  /** G2 when it is recognised, G1 when that is taken back. */
  @IsIn(['G1', 'G2'])
  grade: 'G1' | 'G2';

  /** The provincial carbon-inclusion scheme (碳普惠). */
  @Length(1, 100)
  inclusion: string;

  @Length(1, 200)
  documentNo: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'documentOn must be a day, YYYY-MM-DD' })
  documentOn: string;

  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'documentSha256 has 64 hex digits' })
  documentSha256?: string;
}
