export { ApplyResults, type Applied } from './apply-results';
export type { PlannedBatch } from './batch-planner';
export { BatchLines, type BatchLinePage, type BatchLineView } from './batch-lines';
export type { BatchState } from './batch.store';
export { Batches, type BatchProgress, type BatchView } from './batches';
export { DISBURSEMENT_JOBS, POLL_BATCH, SUBMIT_BATCH } from './disbursement.jobs';
export { DisbursementJobsModule } from './disbursement-jobs.module';
export { DisbursementModule } from './disbursement.module';
export type { DisbursementRefusal } from './disbursement.refusals';
export type { LineState } from './line.rules';
export { OpenBasis, type BasisDraft, type BasisLine } from './open-basis';
export { PaymentAudit, type PaymentVerification } from './payment-audit';
export {
  PaymentChannel,
  type BankResult,
  type BatchFile,
  type ChannelRefusal,
  type FileLine,
  type ResultCode,
  type ResultsPage,
} from './payment-channel';
export { PayoutSteps, type PayoutStep } from './payout-steps';
export { PlanBatches, type BatchesPlanned, type PlanTarget } from './plan-batches';
export { PollBatch } from './poll-batch';
export { RAILS, type Rail } from './rails';
export { Reissue, REISSUE_LINES_MAX } from './reissue';
export type { ReissueRequest } from './reissue.rules';
export { ReturnedLines, type ReturnedLine, type ReturnedPage } from './returned-lines';
export { SubmitBatch } from './submit-batch';
