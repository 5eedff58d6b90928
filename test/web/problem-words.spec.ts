import { CREDITS_STATUS } from '../../apps/api/src/credits/credits-http.module';
import { FUNDS_STATUS } from '../../apps/api/src/funds/funds-http.module';
import { LAND_STATUS } from '../../apps/api/src/registry/land.refusals';
import { REGISTRY_STATUS } from '../../apps/api/src/registry/registry-http.module';

/** The pages are resolved as a bundler does, the tests as Node does: so the words are loaded, not imported. */
const { problems } = jest.requireActual<{ problems: { byCode: Record<string, string> } }>(
  '../../apps/web/src/text/zh/problems',
);

it.each([
  ['the registry', { ...REGISTRY_STATUS, ...LAND_STATUS }],
  ['the credits', CREDITS_STATUS],
  ['the funds', FUNDS_STATUS],
])('has Chinese words for everything that %s refuse', (_whose, statuses) => {
  const known = new Set(Object.keys(problems.byCode));
  expect(Object.keys(statuses).filter((code) => !known.has(code))).toEqual([]);
});
