import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds, from a tenth of a millisecond to half a minute. */
const SECONDS = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Help is a sentence for the operator; label values are codes, never ids of people. */
interface About<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

/** What this process counts and times, in the Prometheus text format. Names begin with `tanhui_`. */
@Injectable()
export class Metrics {
  readonly #registry = new Registry();

  /** Event loop, memory and garbage collection too: wanted once in a process that is watched. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  counter<Label extends string>({ name, help, labels = [] }: About<Label>): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labels], registers: [this.#registry] });
  }

  /** `collect` sets the gauge when somebody reads it. */
  gauge<Label extends string>(
    { name, help, labels = [] }: About<Label>,
    collect?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label> {
    return new Gauge<Label>({
      name,
      help,
      labelNames: [...labels],
      registers: [this.#registry],
      ...(collect && {
        collect() {
          return collect(this);
        },
      }),
    });
  }

  /** Of seconds, unless buckets say otherwise. */
  histogram<Label extends string>({
    name,
    help,
    labels = [],
    buckets = SECONDS,
  }: About<Label> & { readonly buckets?: readonly number[] }): Histogram<Label> {
    const [labelNames, registers] = [[...labels], [this.#registry]];
    return new Histogram({ name, help, labelNames, buckets: [...buckets], registers });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
