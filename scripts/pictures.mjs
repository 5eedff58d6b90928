// Takes the pictures of the README from a running product with a demo book in it:
//   TANHUI_URL=http://127.0.0.1:3000 BOOK=demo-610924-… STAFF_USER=… STAFF_PASSWORD=… \
//   HOUSEHOLD_PHONE=… BUYER_PHONE=… CODE_LOG=.local/logs/api.log node scripts/pictures.mjs
// The staff sign-in is one that `npm run demo` printed; the phones stand in the hand-over files of the demo, and the
// one-time codes in the log of the api.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

import { ROOT } from './places.mjs';

const PICTURES = process.env.PICTURES ?? join(ROOT, 'docs/pictures');
/** Tall windows, so that a picture shows a page and not only its head. */
const SIZES = [
  { width: 360, height: 1180, deviceScaleFactor: 2 },
  { width: 1440, height: 1480, deviceScaleFactor: 1 },
];
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
const CODE_TRIES = 50;
const CODE_PAUSE_MS = 100;

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}: see the head of scripts/pictures.mjs.`);
  return value;
};

const url = need('TANHUI_URL').replace(/\/$/, '');
const book = need('BOOK');
const pages = [
  { name: 'bureau', token: await byPassword(need('STAFF_USER'), need('STAFF_PASSWORD')) },
  { name: 'household', token: await byCode(need('HOUSEHOLD_PHONE')) },
  { name: 'buyer', token: await byCode(need('BUYER_PHONE')), act: askPrice },
];

mkdirSync(PICTURES, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [...FLAGS, ...QUIET],
});
try {
  for (const page of pages) {
    for (const size of SIZES) await take(page, size);
  }
} finally {
  await browser.close();
}

async function take({ name, token, act }, { width, height, deviceScaleFactor }) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor,
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  await page.addInitScript((value) => globalThis.sessionStorage.setItem('tanhui.token', value), token);
  await page.goto(`${url}/${name}?book=${encodeURIComponent(book)}`, { waitUntil: 'networkidle' });
  await act?.(page);
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  const file = join(PICTURES, `${name}-${width}.png`);
  await page.screenshot({ path: file });
  console.log(file);
  await context.close();
}

/** The buyer's page is about the price: it is asked for before the picture. */
async function askPrice(page) {
  await page.locator('input[name=kg]').fill('500');
  await page.locator('form button[type=submit]').first().click();
  await page.locator('.to-pay').waitFor();
}

async function post(path, body) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${answer.code}`);
  return answer;
}

async function byPassword(user, password) {
  return (await post('/sessions', { user, password })).token;
}

async function byCode(phone) {
  const log = need('CODE_LOG');
  const before = readFileSync(log, 'utf8').length;
  await post('/one-time-codes', { phone });
  for (let tries = 0; tries < CODE_TRIES; tries += 1) {
    const code = /one-time code (\d{6}) for /.exec(readFileSync(log, 'utf8').slice(before))?.[1];
    if (code) return (await post('/sessions/by-code', { phone, code })).token;
    await sleep(CODE_PAUSE_MS);
  }
  throw new Error('The log shows no code that was just sent.');
}
