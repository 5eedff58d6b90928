/** What is told to others than the parties themselves: here, receipts of villages' collectives for the 三资 platform. */
export { DisclosureModule } from './disclosure.module';
export { CollectiveReceipts } from './receipts/collective-receipts';
export { NumberReceipts, type NumberCommand } from './receipts/number-receipts';
export type { ReceiptRefusal } from './receipts/receipt.refusals';
export type { PlatformRow, UnmatchedReason } from './receipts/receipt.rules';
export type { CollectiveReceipt, ReceiptFilter, UnmatchedRow } from './receipts/receipt.store';
export { RecordPlatformNumbers, type PlatformNumbers } from './receipts/record-platform-numbers';
