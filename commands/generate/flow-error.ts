/**
 * The texts of an error, as expressions that work for any body: the platform's own responses have none. `call` is the name of the HTTP action,
 * `failure` that of the action with `body`; both in quotes.
 */
export function describeError(call: string, failure: string): Readonly<Record<'body' | 'code' | 'message', string>> {
  const sent = `string(body(${call}))`;
  const status = `string(coalesce(outputs(${call})?['statusCode'], 'no answer'))`;
  const unexplained = `if(equals(${status}, '401'), 'The key or token is missing or wrong.', 'The response has no explanation. Resubmit this run; a repeat is safe.')`;
  const error = `string(outputs(${failure})?['error'])`;
  const details = `if(contains(${error}, '"details"'), concat(' ', ${error}), '')`;
  return {
    body: `@json(if(and(startsWith(${sent}, '{'), endsWith(${sent}, '}')), ${sent}, '{}'))`,
    code: `@{coalesce(outputs(${failure})?['code'], concat('HTTP ', ${status}))}`,
    message: `@{coalesce(outputs(${failure})?['message'], ${unexplained})}@{${details}}`,
  };
}
