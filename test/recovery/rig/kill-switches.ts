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

/** Kills instances when a call of theirs reaches a boundary; made once for a stack. */
export class KillSwitches {
  readonly #armed = new Map<string, Switch>();

  constructor(stack: Stack) {
    for (const [name, server] of Object.entries(stack.servers)) {
      server.onStage = async (stage, request) => {
        const armed = this.#armed.get(request.front);
        if (!armed || armed.hit || armed.stage !== stage || armed.call !== nameCall(name, request)) return;
        armed.hit = true;
        await armed.instance.kill();
        // Killed before it arrived: the emulator must not get to see it.
        if (stage === 'arrived') throw new Error('the caller was killed before its request arrived');
      };
    }
  }

  /** Arms a switch for an instance with fronts of its own; `hit` tells whether it was killed. */
  arm(instance: Instance, { call, stage }: Boundary): { readonly hit: boolean } {
    const armed: Switch = { call, stage, instance, hit: false };
    this.#armed.set(instance.name, armed);
    return armed;
  }
}

/** The calls that an instance with fronts of its own has made so far, each named once, in the order of their first arrival. */
export function listCalls(stack: Stack, instance: Instance): string[] {
  const seen = Object.entries(stack.servers).flatMap(([name, server]) =>
    server.requests
      .filter(({ front }) => front === instance.name)
      .map((request) => ({ call: nameCall(name, request), at: request.at })),
  );
  return [...new Set(seen.toSorted((a, b) => a.at - b.at).map(({ call }) => call))];
}
