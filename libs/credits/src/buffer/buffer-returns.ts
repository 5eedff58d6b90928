import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { BufferReturnStore, type BufferReturn } from './buffer-return.store';

@Injectable()
export class BufferReturns {
  constructor(
    private readonly database: Database,
    private readonly returns: BufferReturnStore,
  ) {}

  list(book: number): Promise<BufferReturn[]> {
    return this.returns.list(this.database, book);
  }
}
