/** A probe that does not start: its message is the sentence that the operator reads. */
export class ProbeRefusal extends Error {
  override readonly name = 'ProbeRefusal';
}

/** A question that is left out: its message says why, for the table. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';
}
