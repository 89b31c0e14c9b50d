import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type * as VaultModule from '../../../shared/key-vault/vault.ts';
import type * as DeadlineModule from '../../../shared/network/deadline.ts';
import { repositoryRoot } from '../../local/host/functions-host.ts';
import { startKeyVaultEmulator } from '../../local/key-vault/start-key-vault-emulator.ts';
import { EMULATED_TENANT_ID, mintToken } from '../../local/wire/tokens.ts';
import { applyPatches, type Patch } from '../simulation/build-app.ts';

type Built = typeof VaultModule & typeof DeadlineModule;

/**
 * Sends two parallel writes as the first calls of a vault client, with a late challenge, 30 times. Prints how often one of them was refused, lost or
 * sent without its body.
 */
export async function checkColdWrites(patches: readonly Patch[]): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'csp-onboarding-'));
  const emulator = await startKeyVaultEmulator();
  try {
    const { openVault, Deadline } = await buildVault(folder, patches);
    emulator.server.faults.add({
      kind: 'slow',
      delay: 50,
      times: Infinity,
      matches: ({ headers, path }) => headers['authorization'] === undefined && path.includes('first'),
    });
    const iat = Math.floor(Date.now() / 1000);
    const times = { iat, nbf: iat, exp: iat + 3600 };
    const token = mintToken({ aud: 'https://vault.azure.net', tid: EMULATED_TENANT_ID, appid: 'app', ...times });
    const credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
    const rounds = Array.from({ length: 30 }, async (_, round) => {
      const vault = openVault('credential', emulator.url, credential);
      const call = { deadline: Deadline.after(10_000), log: () => undefined };
      const names = [`first-${round}`, `second-${round}`];
      const written = await Promise.allSettled(
        names.map((name) => vault.storeSecret({ name, value: 'value', contentType: 'text/plain' }, call)),
      );
      return written.every(({ status }) => status === 'fulfilled') && names.every((name) => emulator.secrets.has(name));
    });
    const lost = (await Promise.all(rounds)).filter((kept) => !kept).length;
    const empty = emulator.server.requests.filter(({ status }) => status === 400).length;
    return lost + empty > 0 ? `${lost} of 30 first pairs of writes lost one, ${empty} were without a body` : undefined;
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildVault(folder: string, patches: readonly Patch[]): Promise<Built> {
  const outfile = join(folder, 'vault.cjs');
  const contents = ['key-vault/vault', 'network/deadline']
    .map((name) => `export * from './shared/${name}.ts';`)
    .join('');
  await build({
    stdin: { contents, resolveDir: repositoryRoot, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    plugins: [applyPatches(patches)],
  });
  return createRequire(import.meta.url)(outfile) as Built;
}
