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
  /** Starts the emulators; gives the app's settings. */
  start: async (): Promise<Record<string, string>> => {
    upstreams = await startUpstreams();
    const servers = listServers(upstreams);
    for (const server of Object.values(servers)) server.recording = false;
    const urls = Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, url]));
    return readEnvironment(upstreams, {}, urls);
  },

  /** Opens the upstreams over https as well; gives the app's settings for that. */
  secure: async (): Promise<Record<string, string>> => {
    secured = await secureUpstreams(listServers(upstreams), clouds.global.vaultResource);
    return { ...readEnvironment(upstreams, {}, secured.urls), ...secured.environment };
  },

  /** TLS handshakes so far, in full and resumed. */
  handshakes: (): { full: number; resumed: number } => {
    const counts = Object.values(secured.handshakes());
    const sum = (kind: 'full' | 'resumed'): number => counts.reduce((total, one) => total + one[kind], 0);
    return { full: sum('full'), resumed: sum('resumed') };
  },

  /** Milliseconds that every answer is held back from now on. */
  setDelay: (delay: number): void => {
    for (const server of Object.values(listServers(upstreams))) server.latency = delay;
  },

  /** Keeps the calls from now on. */
  watch: (): void => {
    calls = watchCalls(listServers(upstreams));
  },

  unwatch: (): void => {
    for (const server of Object.values(listServers(upstreams))) server.onStage = undefined;
  },

  /** The calls since the last time. */
  takeCalls: (): UpstreamCall[] => calls.splice(0),

  /** Puts the limits of the real services in force: requests a minute, and secrets written in ten seconds. */
  limit: ({ partnerCenter, vaultWrites }: { partnerCenter: number; vaultWrites: number }): void => {
    upstreams.partnerCenter.knobs.limitPerMinute = partnerCenter;
    upstreams.credentialVault.server.faults.add(limitWrites(vaultWrites));
    upstreams.partnerCenter.server.onStage = (stage, { status }) => {
      if (stage === 'answered' && status === 429) throttled += 1;
    };
  },

  /** How many of these domains have one customer whose stored credentials open it, and how many requests were throttled. */
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
