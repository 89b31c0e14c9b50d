import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorServer } from './wire/emulator-server.ts';
import type { Handshakes } from './wire/front.ts';
import { makeServerCertificate } from './wire/certificate.ts';

/** The upstreams over https, as in Azure: all except the identity endpoint, which is plain http in Azure, too. */
export interface SecureUpstreams {
  /** By the names of the servers. */
  readonly urls: Readonly<Record<string, string>>;
  /** The environment that makes a process trust the certificate and find the vaults. */
  readonly environment: Readonly<Record<'NODE_EXTRA_CA_CERTS' | 'NODE_OPTIONS', string>>;
  /** The TLS handshakes so far by the name of the server. */
  handshakes(): Record<string, Handshakes>;
  remove(): Promise<void>;
}

/**
 * Opens one more front of each server, over https with its own certificate. A challenge names the domain of the vaults, so their names are in that
 * domain, and the app's process resolves them to this machine.
 */
export async function secureUpstreams(
  servers: Readonly<Record<string, EmulatorServer>>,
  vaultResource: string,
): Promise<SecureUpstreams> {
  const domain = new URL(vaultResource).hostname;
  const certificate = makeServerCertificate([domain]);
  const folder = await mkdtemp(join(tmpdir(), 'upstreams-'));
  const file = join(folder, 'certificate.pem');
  await writeFile(file, certificate.certificate);
  const urls: Record<string, string> = { identity: servers['identity']?.url ?? '' };
  const counts: Record<string, Handshakes> = {};
  for (const [name, server] of Object.entries(servers)) {
    if (name === 'identity') continue;
    const { url, handshakes } = await server.openFront('secure', 0, certificate);
    const host = name.endsWith('Vault') ? `${name.toLowerCase()}.${domain}` : '127.0.0.1';
    urls[name] = url.replace('127.0.0.1', host);
    counts[name] = handshakes;
  }
  const environment = { NODE_EXTRA_CA_CERTS: file, NODE_OPTIONS: `--import=${resolveToLoopback(domain)}` };
  return {
    urls,
    environment,
    handshakes: () => structuredClone(counts),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** A module that replaces an entry in DNS. */
function resolveToLoopback(domain: string): string {
  const source = `import dns from 'node:dns';
const { lookup } = dns;
dns.lookup = (name, ...others) => lookup(name.endsWith('.${domain}') ? '127.0.0.1' : name, ...others);`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
