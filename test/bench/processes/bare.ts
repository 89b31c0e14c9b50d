import { Pool } from 'undici';
import { readExample } from '../../local/read-example.ts';
import { EMULATED_TENANT_ID, mintToken } from '../../local/wire/tokens.ts';
import { onboardBarely, type BareClient, type BareTargets, type Customer } from '../bare-script.ts';
import { serve } from './remote.ts';

export interface BareOptions {
  readonly client: 'fetch' | 'undici';
  readonly partnerCenterUrl: string;
  readonly vaultUrl: string;
  readonly count: number;
  readonly concurrency: number;
}

/** The duration of a run in milliseconds: of each onboarding, of the processor, and in total. */
export interface BareRun {
  readonly durations: readonly number[];
  readonly cpuMilliseconds: number;
  readonly milliseconds: number;
}

const { companyName, email, ...rest } = readExample() as Record<string, string>;
const { domain: _domain, ...address } = rest;
const pools = new Map<string, Pool>();
let count = 0;

const clients: Readonly<Record<BareOptions['client'], BareClient>> = {
  fetch: async ({ origin, path, method, headers, body }) =>
    (await fetch(`${origin}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })).text(),
  undici: async ({ origin, path, method, headers, body }) => {
    const pool = pools.get(origin) ?? new Pool(origin, { connections: 64 });
    pools.set(origin, pool);
    const answer = await pool.request({
      path,
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return answer.body.text();
  },
};

const handlers = {
  run: async (options: BareOptions): Promise<BareRun> => {
    const targets = { ...options, ...mintTokens() } satisfies BareTargets;
    const durations: number[] = [];
    let left = options.count;
    const worker = async (): Promise<void> => {
      while (left-- > 0) {
        const start = performance.now();
        await onboardBarely(clients[options.client], targets, nextCustomer());
        durations.push(performance.now() - start);
      }
    };
    const start = performance.now();
    const cpu = process.cpuUsage();
    await Promise.all(Array.from({ length: options.concurrency }, worker));
    const { user, system } = process.cpuUsage(cpu);
    return { durations, cpuMilliseconds: (user + system) / 1000, milliseconds: performance.now() - start };
  },
};

function nextCustomer(): Customer {
  const domain = `bare${process.pid}x${++count}.onmicrosoft.com`;
  return { domain, companyName: companyName ?? '', email: email ?? '', address };
}

function mintTokens(): Pick<BareTargets, 'partnerToken' | 'vaultToken'> {
  const claims = { tid: EMULATED_TENANT_ID, appid: crypto.randomUUID(), exp: Math.floor(Date.now() / 1000) + 86_400 };
  return {
    partnerToken: mintToken({ ...claims, aud: 'https://api.partnercenter.microsoft.com' }),
    vaultToken: mintToken({ ...claims, aud: 'https://vault.azure.net' }),
  };
}

export type BareHandlers = typeof handlers;

serve(handlers);
