import { listServers, readEnvironment, startUpstreams, type Upstreams } from '../../local/upstreams.ts';
import { watchCalls, type UpstreamCall } from '../watch-calls.ts';
import { serve } from './remote.ts';

let upstreams: Upstreams;
let calls: UpstreamCall[] = [];

const handlers = {
  /** Starts the emulators; gives the app's settings. */
  start: async (): Promise<Record<string, string>> => {
    upstreams = await startUpstreams();
    const servers = listServers(upstreams);
    for (const server of Object.values(servers)) server.recording = false;
    const urls = Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, url]));
    return readEnvironment(upstreams, {}, urls);
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
};

export type UpstreamHandlers = typeof handlers;

serve(handlers);
