/** A post somebody holds in one book, over one region and all regions below it. */
export interface Assignment {
  /** The book, or HOUSE_BOOK (0): every book. */
  readonly bookId: number;
  /** Code of a row of `identity.posts`. */
  readonly post: string;
  /** A region code, longest prefix rule; empty: every region. */
  readonly region: string;
  /** Number of the order by which somebody acts in another's place (岗位代理). */
  readonly actingOrderNo?: string;
}

/** Who is calling, as the guard found them. Staff have assignments; a person has a phone index. */
export interface Principal {
  readonly userId: string;
  readonly kind: 'staff' | 'person' | 'channel';
  /** A staff member's name; a person's phone, masked. Never write it to a log or an entry. */
  readonly displayName: string;
  /** Blind index of a person's phone, equal to `phone_index` of their parties in the registry. */
  readonly phoneIndex?: Buffer;
  /** Those in force on the present day of their book's clock. */
  readonly assignments: readonly Assignment[];
}
