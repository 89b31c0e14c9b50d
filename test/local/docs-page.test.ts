import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createDocsPage } from './docs-page.ts';

test('serves the reference page and its files and no other path', async () => {
  const serve = createDocsPage('the-key');
  const server = createServer((request, response) => {
    if (!serve(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const get = (path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  const page = await get('/docs');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const files = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(files).toHaveLength(4);
  for (const file of files) {
    const answer = await get(file);
    expect([file, answer.status]).toEqual([file, 200]);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(300);
  }
  const script = await (await get('/docs/start.js')).text();
  expect(script).toContain('validatorUrl: null');
  expect(script).toContain('"the-key"');
  for (const path of ['/docs/../package.json', '/docs/package.json', '/api/docs', '/']) {
    expect((await get(path)).status).toBe(418);
  }
  server.close();
});
