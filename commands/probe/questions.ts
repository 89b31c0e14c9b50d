import type { Question } from './question.ts';
import { addresses } from './questions/addresses.ts';
import { auditLag } from './questions/audit-lag.ts';
import { contractVersion } from './questions/contract-version.ts';
import { create } from './questions/create.ts';
import { duration } from './questions/duration.ts';
import { ever202 } from './questions/ever-202.ts';
import { gdapOmitted } from './questions/gdap-omitted.ts';
import { listLag } from './questions/list-lag.ts';
import { ownPassword } from './questions/own-password.ts';
import { prefixHyphen } from './questions/prefix-hyphen.ts';
import { prefixLong } from './questions/prefix-long.ts';
import { prefixLongest } from './questions/prefix-longest.ts';
import { prefixShort } from './questions/prefix-short.ts';
import { replay } from './questions/replay.ts';
import { replayLater } from './questions/replay-later.ts';
import { taken } from './questions/taken.ts';

/** Every question in the order of asking: first those about the first customer, then those that create others, by importance. */
export const questions: readonly Question[] = [
  contractVersion,
  create,
  replay,
  taken,
  replayLater,
  listLag,
  auditLag,
  prefixLongest,
  ownPassword,
  prefixHyphen,
  prefixLong,
  prefixShort,
  gdapOmitted,
  addresses,
  duration,
  ever202,
];
