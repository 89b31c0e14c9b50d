import type { Move } from './move.ts';
import * as begin from './steps-begin.ts';
import * as creating from './steps-create.ts';
import * as recover from './steps-recover.ts';

/** What a run does next, by where it is. */
export const steps: Readonly<Record<string, (move: Move) => void>> = {
  read: begin.readRecord,
  relist: begin.readRecord,
  probe: begin.probe,
  probeSpent: begin.probeSpent,
  start: begin.start,
  resume: begin.resume,
  join: begin.join,
  joined: begin.joined,
  joinedFind: begin.joinedFind,
  post: creating.post,
  probeRefusal: creating.probeRefusal,
  refuse: creating.refuse,
  store: creating.store,
  succeed: creating.succeed,
  held: creating.held,
  lateStart: creating.lateStart,
  lateList: creating.lateList,
  tellGone: recover.tellGone,
  release: recover.release,
  look: recover.look,
  lookUp: recover.lookUp,
  finish: recover.finish,
  claim: recover.claim,
  claimed: recover.claimed,
  claimedFind: recover.claimedFind,
  lastRepeat: recover.lastRepeat,
  lose: recover.lose,
  unclaim: recover.unclaim,
  pending: recover.pending,
  patch: recover.patch,
};
