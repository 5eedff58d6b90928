import { Injectable } from '@nestjs/common';

import { Crypto } from '@app/platform';

/** What stands on a card: its number, and the name its buyer gave. */
export interface CardFace {
  readonly cardNumber: string;
  readonly buyerName: string;
}

const PURPOSE = 'card.number';

/** Seals the face as one value and gives the number its blind index. Nothing of it is ever stored in clear. */
@Injectable()
export class CardFaces {
  constructor(private readonly crypto: Crypto) {}

  seal(face: CardFace): { faceSealed: Buffer; numberIndex: Buffer; numberLast4: string } {
    return {
      faceSealed: this.crypto.seal(PURPOSE, JSON.stringify(face)),
      numberIndex: this.indexOf(face.cardNumber),
      numberLast4: face.cardNumber.slice(-4),
    };
  }

  open(sealed: Buffer): CardFace {
    const { cardNumber, buyerName } = JSON.parse(this.crypto.open(PURPOSE, sealed)) as CardFace;
    return { cardNumber, buyerName };
  }

  /** Of a card number as `readCardNumber` gives it. */
  indexOf(cardNumber: string): Buffer {
    return this.crypto.blindIndex(PURPOSE, cardNumber);
  }

  /** A keyed digest of a request that holds a face: equal requests have equal digests and tell nothing else. */
  digestOf(request: string): Buffer {
    return this.crypto.blindIndex(PURPOSE, `request\u0000${request}`);
  }
}
