import type { Context } from './context.ts';
import type { Reply } from './reply.ts';

/** `HEAD /v1/domains/{domain}`: 404 is free, 200 is taken; never a body. */
export function probeDomain({ parameters, world }: Context): Reply {
  return { status: world.isTaken(parameters[0] ?? '') ? 200 : 404 };
}
