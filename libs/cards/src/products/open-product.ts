import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { MarketRefusal } from '../cards.refusals';
import { checkProduct } from './product.rules';
import { ProductStore, type Product } from './product.store';

type Refusals = Extract<MarketRefusal, { code: 'PRODUCT_EXISTS' | 'PRODUCT_FIELD_WRONG' }>;

/** Puts a card product on sale. Its terms never change: another price is another product. */
@Injectable()
export class OpenProduct {
  constructor(private readonly products: ProductStore) {}

  async execute(tx: Tx, product: Product): Promise<Result<Product, Refusals>> {
    const checked = checkProduct(product);
    if (!checked.ok) return checked;
    if (!(await this.products.insert(tx, product))) {
      return refuse({ code: 'PRODUCT_EXISTS', product: product.code });
    }
    tx.audit({ product: product.code, priceFenPerKg: product.priceFenPerKg.toString() });
    return ok(product);
  }
}
