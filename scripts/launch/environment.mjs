import { join } from 'node:path';

/** Of the caller's own environment, what must not reach a child: those doors are opened with roles of our own. */
const OWN = [
  'DATABASE_URL',
  'MIGRATE_DATABASE_URL',
  'AUDITOR_DATABASE_URL',
  'DEMO_DATABASE_URL',
  'REDIS_URL',
];

/**
 * What the processes of the product read at boot. Only `migrate` and `firstUser` may act as the owner, and the
 * bank simulator, which plays a stranger, gets no key to anyone's data.
 */
export function environmentsOf({ urls, redisUrl, secrets, ports, host, local, dist }) {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.includes(name)));
  const base = { ...inherited, NODE_ENV: process.env.NODE_ENV ?? 'production', HOST: host };
  const databases = defined({
    DATABASE_URL: urls.app,
    AUDITOR_DATABASE_URL: urls.auditor,
    DEMO_DATABASE_URL: urls.demo,
    REDIS_URL: redisUrl,
  });
  const simulator = {
    BANK_SIMULATOR_URL: `http://127.0.0.1:${ports.simulator}`,
    BANK_KEY: secrets.bankKey,
    SIMULATOR_PORT: String(ports.simulator),
    SIMULATOR_STORE: join(local, 'bank-simulator'),
  };
  const keys = {
    SEAL_KEY: secrets.sealKey,
    SEAL_KEY_ID: secrets.sealKeyId,
    INDEX_KEY: secrets.indexKey,
    CHECKPOINT_KEY: secrets.checkpointKey,
    CHECKPOINT_FOLDER: process.env.CHECKPOINT_FOLDER ?? join(local, 'checkpoints'),
  };
  const product = { ...base, ...databases, ...simulator, ...keys, WEB_ROOT: join(dist, 'web') };
  return {
    product,
    simulator: { ...base, ...databases, ...simulator, HOST: '127.0.0.1' },
    owner: { ...product, MIGRATE_DATABASE_URL: urls.owner },
  };
}

function defined(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
