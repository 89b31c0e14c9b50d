import type { TokenClaims } from '../wire/tokens.ts';
import type { WireRequest } from '../wire/wire.ts';
import type { Knobs } from './knobs.ts';
import type { TraceIds } from './render-reply.ts';
import type { World } from './world.ts';

/** What an operation works with: the request, who sent it, and the service's state. */
export interface Context {
  readonly request: WireRequest;
  /** The parts of the path that stand for ids. */
  readonly parameters: readonly string[];
  readonly claims: TokenClaims;
  readonly ids: TraceIds;
  readonly knobs: Knobs;
  readonly world: World;
}
