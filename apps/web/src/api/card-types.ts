import type { Fen, Grams, Ppm } from './types';

export interface Product {
  readonly code: string;
  readonly name: string;
  readonly nameNote: string;
  readonly priceFenPerKg: Fen;
  readonly leastGrade: string;
  readonly leastGrams: Grams;
  readonly mostGrams: Grams;
  readonly holdMinutes: number;
  readonly windowDays: number;
  readonly termDays: number;
}

export interface Catalogue {
  readonly items: readonly Product[];
  readonly splitRule: SplitRule | null;
}

export interface SplitRule {
  readonly afforestationPpm: Ppm;
  readonly suppliersPpm: Ppm;
  readonly feePpm: Ppm;
  readonly taxPpm: Ppm;
  readonly channelPpm: Ppm;
  readonly validFrom: string;
  readonly source: string;
}

export interface Quote {
  readonly product: string;
  readonly productName: string;
  readonly grams: Grams;
  readonly amountFen: Fen;
  readonly splitPreview: {
    readonly afforestationFen: Fen;
    readonly suppliersFen: Fen;
    readonly feeFen: Fen;
    readonly taxFen: Fen;
    readonly channelFen: Fen;
  };
  readonly splitRule: { readonly version: number; readonly source: string };
  readonly windowDays: number;
  readonly termDays: number;
}

export interface Order {
  readonly id: string;
  readonly no: string;
  readonly grams: Grams;
  readonly amountFen: Fen;
  readonly cardLast4: string;
  readonly holdExpiresAt: string;
}

export interface MyCard {
  readonly orderId: string;
  readonly orderNo: string;
  readonly state: 'held' | 'paid' | 'expired' | 'refunded' | 'split';
  readonly productName: string;
  readonly buyerName: string;
  readonly cardLast4: string;
  readonly grams: Grams;
  readonly amountFen: Fen;
  readonly placedAt: string;
  readonly holdExpiresAt: string;
  readonly windowEndsOn: string | null;
  readonly refundedFen: Fen;
  readonly money: {
    readonly suppliersFen: Fen;
    readonly suppliersPaidFen: Fen;
    readonly afforestationFen: Fen;
    readonly chargesFen: Fen;
    readonly split: boolean;
  } | null;
  readonly card: {
    readonly id: string;
    readonly state: 'active' | 'refunded' | 'ended';
    readonly retiredGrams: Grams;
    readonly leftGrams: Grams;
    readonly certifiedGrams: Grams;
    readonly termEndsOn: string;
    readonly rides: number;
    readonly rideGrams: Grams;
    readonly gauge: string;
    readonly certificates: readonly {
      readonly number: string;
      readonly grams: Grams;
      readonly issuedAt: string;
    }[];
  } | null;
}
