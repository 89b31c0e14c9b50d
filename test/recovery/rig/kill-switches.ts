import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import type { Stage } from '../../local/wire/wire.ts';
import { nameCall } from './name-call.ts';

/** A boundary of an upstream call. */
export interface Boundary {
  readonly call: string;
  readonly stage: Stage;
}

interface Switch extends Boundary {
  readonly instance: Instance;
  hit: boolean;
}

/** Kills instances when one of their calls reaches a boundary; created once per stack. */
export class KillSwitches {
  readonly #armed = new Map<string, Switch>();

  constructor(stack: Stack) {
    for (const [name, server] of Object.entries(stack.servers)) {
      server.onStage = async (stage, request) => {
        const armed = this.#armed.get(request.front);
        if (!armed || armed.hit || armed.stage !== stage || armed.call !== nameCall(name, request)) return;
        armed.hit = true;
        await armed.instance.kill();
        // Killed before it arrived: the emulator must not see it.
        if (stage === 'arrived') throw new Error('the caller was killed before its request arrived');
      };
    }
  }

  /** Arms a switch for an instance with its own fronts; `hit` is true once it was killed. */
  arm(instance: Instance, { call, stage }: Boundary): { readonly hit: boolean } {
    const armed: Switch = { call, stage, instance, hit: false };
    this.#armed.set(instance.name, armed);
    return armed;
  }
}

/** The calls of an instance with its own fronts so far, each name once, in order of first arrival. */
export function listCalls(stack: Stack, instance: Instance): string[] {
  const seen = Object.entries(stack.servers).flatMap(([name, server]) =>
    server.requests
      .filter(({ front }) => front === instance.name)
      .map((request) => ({ call: nameCall(name, request), at: request.at })),
  );
  return [...new Set(seen.toSorted((a, b) => a.at - b.at).map(({ call }) => call))];
}
