import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

import {
  appEnvironment,
  chromiumPath,
  createTestDatabase,
  freePort,
  startApp,
  type AppProcess,
  type TestDatabase,
} from '../support';
import { answer } from './fixtures';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const BUILT = join(__dirname, '../../dist/web');

export const PHONE = { width: 360, height: 780 };
export const DESK = { width: 1440, height: 900 };

export interface Look {
  readonly as?: 'staff' | 'registrar' | 'person';
  readonly size?: typeof PHONE;
  /** Answers of the API come from the fixtures; else from the running product. */
  readonly isStaged?: boolean;
}

/** The product on a database of its own, and a browser that looks at its pages. */
export class WebStage {
  /** What the pages complained about: a broken script, a refused style. Stays empty. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly database: TestDatabase,
    private readonly api: AppProcess,
    private readonly browser: Browser,
    /** The pages as they were when the stage opened: another build may replace dist/ meanwhile. */
    private readonly webRoot: string,
    readonly url: string,
  ) {}

  static async open(): Promise<WebStage> {
    const database = await createTestDatabase();
    const port = await freePort();
    const webRoot = mkdtempSync(join(tmpdir(), 'tanhui-pages-'));
    cpSync(BUILT, webRoot, { recursive: true });
    const api = startApp('api', { ...appEnvironment(database), PORT: String(port), WEB_ROOT: webRoot });
    await api.printed('api ready');
    const browser = await chromium.launch({ executablePath: String(chromiumPath), args: FLAGS });
    return new WebStage(database, api, browser, webRoot, `http://127.0.0.1:${port}`);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.api.end();
    await this.database.drop();
    rmSync(this.webRoot, { recursive: true, force: true });
  }

  async look(path: string, { as, size = PHONE, isStaged = true }: Look = {}): Promise<Page> {
    const page = await this.browser.newPage({ viewport: size, locale: 'zh-CN' });
    page.on('pageerror', (error) => this.complaints.push(`${path}: ${error.message}`));
    page.on('console', (message) => {
      // A 404 is an answer that the page shows; the browser notes it all the same.
      if (message.type() === 'error' && !message.text().includes('the server responded with a status'))
        this.complaints.push(`${path}: ${message.text()}`);
    });
    if (isStaged) await stage(page);
    if (as) await page.addInitScript({ content: `sessionStorage.setItem('tanhui.token', '${as}')` });
    await page.goto(this.url + path, { waitUntil: 'networkidle' });
    // A busy machine is idle on the network before it has drawn what came.
    await page.locator('main :is(h1, h2)').first().waitFor();
    await page.locator('main .loading').first().waitFor({ state: 'detached' });
    return page;
  }
}

function stage(page: Page): Promise<unknown> {
  return page.route('**/api/v1/**', (route) => {
    const request = route.request();
    const token = request.headers().authorization?.replace('Bearer ', '');
    const { status, body } = answer(
      request.method(),
      new URL(request.url()).pathname.slice('/api/v1/'.length),
      token,
    );
    return route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });
  });
}
