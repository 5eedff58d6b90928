export function newSecrets(): Record<'superuser' | 'redis' | 'owner' | 'app' | 'auditor' | 'demo', string>;
