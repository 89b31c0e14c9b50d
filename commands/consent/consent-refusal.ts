/** A consent that cannot go on: its message is the sentence that the operator reads. */
export class ConsentRefusal extends Error {
  override readonly name = 'ConsentRefusal';
}
