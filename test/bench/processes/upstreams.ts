import { listServers, readEnvironment, startUpstreams, type Upstreams } from '../../local/upstreams.ts';
import { watchCalls, type UpstreamCall } from '../watch-calls.ts';
import { clouds } from '../../../shared/settings/clouds.ts';
import { secureUpstreams, type SecureUpstreams } from '../../local/secure-upstreams.ts';
import { limitWrites } from '../scale/vault-limit.ts';
import { serve } from './remote.ts';

let upstreams: Upstreams;
let calls: UpstreamCall[] = [];
let throttled = 0;
let secured: SecureUpstreams;

const handlers = {
  /** Starts the emulators; returns the app's settings. */
  start: async (): Promise<Record<string, string>> => {
    upstreams = await startUpstreams();
    const servers = listServers(upstreams);
    for (const server of Object.values(servers)) server.recording = false;
    const urls = Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, url]));
    return readEnvironment(upstreams, {}, urls);
  },

  /** Opens the upstreams over https as well; returns the app's settings for https. */
  secure: async (): Promise<Record<string, string>> => {
    secured = await secureUpstreams(listServers(upstreams), clouds.global.vaultResource);
    return { ...readEnvironment(upstreams, {}, secured.urls), ...secured.environment };
  },

  /** TLS handshakes so far, full and resumed. */
  handshakes: (): { full: number; resumed: number } => {
    const counts = Object.values(secured.handshakes());
    const sum = (kind: 'full' | 'resumed'): number => counts.reduce((total, one) => total + one[kind], 0);
    return { full: sum('full'), resumed: sum('resumed') };
  },

  /** Delays every answer from now on; in milliseconds. */
  setDelay: (delay: number): void => {
    for (const server of Object.values(listServers(upstreams))) server.latency = delay;
  },

  /** Records the calls from now on. */
  watch: (): void => {
    calls = watchCalls(listServers(upstreams));
  },

  unwatch: (): void => {
    for (const server of Object.values(listServers(upstreams))) server.onStage = undefined;
  },

  /** The calls since the last query. */
  takeCalls: (): UpstreamCall[] => calls.splice(0),

  /** Enforces the limits of the real services: requests per minute, and secret writes in ten seconds. */
  limit: ({ partnerCenter, vaultWrites }: { partnerCenter: number; vaultWrites: number }): void => {
    upstreams.partnerCenter.knobs.limitPerMinute = partnerCenter;
    upstreams.credentialVault.server.faults.add(limitWrites(vaultWrites));
    upstreams.partnerCenter.server.onStage = (stage, { status }) => {
      if (stage === 'answered' && status === 429) throttled += 1;
    };
  },

  /** Number of these domains with one customer and valid stored credentials, and number of throttled requests. */
  judge: (domains: readonly string[]): { right: number; throttled: number } => {
    const { partnerCenter, credentialVault } = upstreams;
    const right = domains.filter((prefix) => {
      const base = `${prefix}-onmicrosoft-com`;
      const userName = credentialVault.latest(`${base}-admin-username`)?.value ?? '';
      const password = credentialVault.latest(`${base}-admin-password`)?.value ?? '';
      const domain = `${prefix}.onmicrosoft.com`;
      return partnerCenter.creates(domain) === 1 && partnerCenter.opensTenant(domain, userName, password);
    });
    return { right: right.length, throttled };
  },
};

export type UpstreamHandlers = typeof handlers;

serve(handlers);
