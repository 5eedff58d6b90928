export interface DemoOptions {
  /** Six digits, GB/T 2260. */
  readonly county: string;
  readonly households: number;
  readonly seed: string;
  readonly json: boolean;
}

const USAGE = 'Usage: npm run demo -- [--county 610924] [--households 5000] [--seed 1] [--json]';

/** Reads the command line; throws with the usage when it cannot. */
export function readOptions(args: readonly string[]): DemoOptions {
  const values = new Map<string, string>([
    ['--county', '610924'],
    ['--households', '5000'],
    ['--seed', '1'],
  ]);
  let json = false;
  for (let i = 0; i < args.length; i += 1) {
    const name = args[i]!;
    if (name === '--json') {
      json = true;
    } else {
      const value = args[i + 1];
      if (!values.has(name) || value === undefined) throw new Error(`Cannot read "${name}". ${USAGE}`);
      values.set(name, value);
      i += 1;
    }
  }
  const households = Number(values.get('--households'));
  if (!Number.isInteger(households) || households < 100 || households > 400_000) {
    throw new Error(`--households is a whole number from 100 to 400000. ${USAGE}`);
  }
  return { county: values.get('--county')!, households, seed: values.get('--seed')!, json };
}
