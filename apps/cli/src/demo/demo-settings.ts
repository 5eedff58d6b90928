/** Where the running product is, as the launcher tells its children. */
export interface DemoSettings {
  readonly apiUrl: string;
  readonly bankUrl: string;
  readonly bankKey: string;
  readonly demoDatabaseUrl: string;
  /** The file the development code sender's lines end up in. */
  readonly codeLog: string;
  /** Where the hand-over files are written. */
  readonly directory: string;
}

export function readSettings(environment: NodeJS.ProcessEnv): DemoSettings {
  const need = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`The demo needs ${name}. Run it with: npm run demo`);
    return value;
  };
  return {
    apiUrl: need('API_URL'),
    bankUrl: need('BANK_SIMULATOR_URL'),
    bankKey: need('BANK_KEY'),
    demoDatabaseUrl: need('DEMO_DATABASE_URL'),
    codeLog: need('DEMO_CODE_LOG'),
    directory: need('DEMO_DIRECTORY'),
  };
}
