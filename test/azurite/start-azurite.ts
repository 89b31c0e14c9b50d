import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { EMULATED_TENANT_ID, mintToken } from '../local/wire/tokens.ts';
import { makeServerCertificate } from '../local/wire/certificate.ts';

const version = '3.35.0';
const folder = '.azurite';

/** Azurite's tables, running; it keeps nothing. */
export interface Azurite {
  /** The address of the table that was made for this run. */
  readonly url: string;
  /** The file with the certificate to trust. */
  readonly trust: string;
  /** The rows that the table holds now, as JSON. */
  readRows(): Promise<string>;
  stop(): void;
}

/** Installs Azurite into a folder of its own, starts its tables over https with tokens, and makes one table. */
export async function startAzurite(): Promise<Azurite> {
  install();
  const { certificate, privateKey } = makeServerCertificate();
  const [trust, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  writeFileSync(trust, certificate);
  writeFileSync(keyFile, privateKey, { mode: 0o600 });
  const port = await findPort();
  const place = ['--tableHost', '127.0.0.1', '--tablePort', String(port), '--cert', trust, '--key', keyFile];
  const options = ['--oauth', 'basic', '--inMemoryPersistence', '--silent', '--disableTelemetry'];
  const script = join(folder, 'node_modules/azurite/dist/src/table/main.js');
  const azurite = spawn(process.execPath, [script, ...place, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  const account = `https://127.0.0.1:${port}/devstoreaccount1`;
  try {
    const end = Date.now() + 60_000;
    while ((await createTable(account, certificate).catch(() => 0)) !== 204) {
      if (Date.now() > end || azurite.exitCode !== null)
        throw new Error('Azurite did not make a table within a minute');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } catch (error) {
    azurite.kill();
    throw error;
  }
  const url = `${account}/onboardings`;
  const readRows = async (): Promise<string> => (await call(`${url}()`, certificate)).text;
  return { url, trust, readRows, stop: () => void azurite.kill() };
}

function install(): void {
  if (existsSync(join(folder, `installed-${version}`))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { azurite: version } }));
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', ...options], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  writeFileSync(join(folder, `installed-${version}`), '');
}

async function createTable(account: string, ca: string): Promise<number> {
  return (await call(`${account}/Tables`, ca, '{"TableName":"onboardings"}')).status;
}

function call(url: string, ca: string, body?: string): Promise<{ status: number; text: string }> {
  const now = Math.floor(Date.now() / 1000);
  const [aud, tid, appid] = ['https://storage.azure.com', EMULATED_TENANT_ID, 'azurite'];
  const iss = `https://sts.windows.net/${tid}/`;
  const token = mintToken({ aud, tid, appid, iss, nbf: now - 60, iat: now - 60, exp: now + 600 });
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json;odata=minimalmetadata',
    'content-type': 'application/json',
    prefer: 'return-no-content',
    'x-ms-version': '2020-12-06',
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers, ca, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString('utf8')));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
