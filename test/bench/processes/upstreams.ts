import { listServers, readEnvironment, startUpstreams, type Upstreams } from '../../local/upstreams.ts';
import { serve } from './remote.ts';

/** One call that an emulator saw, in milliseconds on the clock of its process. */
export interface UpstreamCall {
  readonly server: string;
  readonly operation: string;
  readonly arrived: number;
  answered: number;
}

let upstreams: Upstreams;
let calls: UpstreamCall[] = [];

const handlers = {
  /** Starts the emulators; gives the app's settings. */
  start: async () => {
    upstreams = await startUpstreams();
    const servers = listServers(upstreams);
    for (const server of Object.values(servers)) server.recording = false;
    const urls = Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, url]));
    return readEnvironment(upstreams, {}, urls);
  },

  /** Milliseconds that every answer is held back. */
  setDelay: (delay: number) => {
    for (const server of Object.values(listServers(upstreams))) server.latency = delay;
  },

  /** Whether the calls are kept for `takeCalls`. */
  watch: (watching: boolean) => {
    calls = [];
    for (const [name, server] of Object.entries(listServers(upstreams))) {
      const open = new Map<number, UpstreamCall>();
      if (!watching) server.onStage = undefined;
      else
        server.onStage = (stage, { number, operation }) => {
          const call = open.get(number);
          if (stage === 'arrived') {
            const arrived = { server: name, operation, arrived: performance.now(), answered: 0 };
            open.set(number, arrived);
            calls.push(arrived);
          } else if (stage === 'answered' && call) call.answered = performance.now();
        };
    }
  },

  /** The calls since the last time. */
  takeCalls: () => {
    const taken = calls;
    calls = [];
    return taken;
  },
};

export type UpstreamHandlers = typeof handlers;

serve(handlers);
