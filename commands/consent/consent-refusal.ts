/** A consent that cannot continue. Its message is shown to the operator. */
export class ConsentRefusal extends Error {
  override readonly name = 'ConsentRefusal';
}
