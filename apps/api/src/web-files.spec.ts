import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PAGE_HEADS } from './web-files';

describe('addresses of pages', () => {
  it('are served, each that the web has a page for, so that a link or a reload finds it', () => {
    const router = readFileSync(join(__dirname, '../../web/src/app/router.tsx'), 'utf8');
    const heads = [...router.matchAll(/\['\/(\w+)/g)].map(([, head]) => head!);
    expect(heads).toContain('verify');
    expect([...new Set(heads)].sort()).toEqual([...PAGE_HEADS].sort());
  });
});
