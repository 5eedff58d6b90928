import { Module } from '@nestjs/common';

import { CollectiveReceipts } from './receipts/collective-receipts';
import { NumberReceipts } from './receipts/number-receipts';
import { ReceiptStore } from './receipts/receipt.store';
import { RecordPlatformNumbers } from './receipts/record-platform-numbers';

const PUBLIC = [CollectiveReceipts, NumberReceipts, RecordPlatformNumbers];

@Module({ providers: [ReceiptStore, ...PUBLIC], exports: PUBLIC })
export class DisclosureModule {}
