/** A probe that does not start. Its message is shown to the operator. */
export class ProbeRefusal extends Error {
  override readonly name = 'ProbeRefusal';
}

/** A skipped question. Its message is the reason, for the table. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';
}
