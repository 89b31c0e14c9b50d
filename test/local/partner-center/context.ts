import type { TokenClaims } from '../wire/tokens.ts';
import type { WireRequest } from '../wire/wire.ts';
import type { Knobs } from './knobs.ts';
import type { TraceIds } from './render-reply.ts';
import type { World } from './world.ts';

/** The input of an operation: the request, its sender, and the service's state. */
export interface Context {
  readonly request: WireRequest;
  /** The ids in the path. */
  readonly parameters: readonly string[];
  readonly claims: TokenClaims;
  readonly ids: TraceIds;
  readonly knobs: Knobs;
  readonly world: World;
}
