import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { browserArguments, findBrowser } from './find-browser.ts';
import { startProduct } from './start-product.ts';

const onboard = '#operations-Customers-OnboardCustomer';
const screenshot = fileURLToPath(new URL('reference-page.png', import.meta.url));

interface Watched {
  readonly page: Page;
  readonly url: string;
  /** What the page complained about, and whom else it asked. */
  readonly complaints: string[];
}

const checks: readonly [string, (watched: Watched) => Promise<void>][] = [
  [
    'loads with every operation and without a complaint in the console',
    async ({ page, url, complaints }) => {
      await page.goto(`${url}/docs`);
      await page.locator(onboard).waitFor();
      assert.equal(await page.locator('.opblock').count(), 7);
      assert.deepEqual(complaints, []);
    },
  ],
  [
    'onboards the example customer and shows the 201',
    async ({ page, complaints }) => {
      await page.locator(`${onboard} .opblock-summary-control`).click();
      await execute(page, '201');
      const body = await readAnswer(page);
      assert.match(body, /"status": "Succeeded"/);
      assert.match(body, /"passwordSecretId": "http/);
      assert.deepEqual(complaints, []);
      if (process.argv.includes('--screenshot')) await takeScreenshot(page);
    },
  ],
  [
    'shows that a repeat changes nothing',
    async ({ page }) => {
      await execute(page, '200');
      const shown = await readAnswer(page);
      assert.match(shown, /idempotent-replayed: true/);
    },
  ],
  [
    'shows an error with its code and what to do',
    async ({ page }) => {
      const body = page.locator(`${onboard} textarea.body-param__text`);
      await body.fill((await body.inputValue()).replace('amelia.reyes@example.com', 'nobody'));
      await execute(page, '400');
      const shown = await readAnswer(page);
      assert.match(shown, /"code": "InvalidPayload"/);
      assert.match(shown, /"target": "email"/);
    },
  ],
];

async function execute(page: Page, status: string): Promise<void> {
  await page.locator(`${onboard} .execute`).click();
  const shown = page.locator(`${onboard} .live-responses-table tr.response .response-col_status`, { hasText: status });
  await shown.first().waitFor({ timeout: 20_000 });
}

async function readAnswer(page: Page): Promise<string> {
  return page.locator(`${onboard} .live-responses-table tr.response .response-col_description`).first().innerText();
}

async function takeScreenshot(page: Page): Promise<void> {
  await page.locator(`${onboard} .live-responses-table`).scrollIntoViewIfNeeded();
  await page.screenshot({ path: screenshot });
}

async function runChecks(executablePath: string): Promise<number> {
  const product = await startProduct();
  const browser = await chromium.launch({ executablePath, args: [...browserArguments] });
  let failed = 0;
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      const asked = request.url();
      if (!asked.startsWith(product.url) && !asked.startsWith('data:')) complaints.push(`asked: ${asked}`);
    });
    for (const [title, check] of checks) {
      try {
        await check({ page, url: product.url, complaints });
        console.log(`ok: the reference page ${title}`);
      } catch (error) {
        failed += 1;
        console.error(`FAILED: the reference page ${title}\n${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await browser.close();
    await product.stop();
  }
  console.log(`browser: ${checks.length - failed} passed, ${failed} failed`);
  return failed;
}

const browser = findBrowser();
if (browser === undefined) {
  console.error('There is no Chromium on this machine: install it, or name it in CHROMIUM.');
  process.exitCode = 1;
} else if ((await runChecks(browser)) > 0) process.exitCode = 1;
