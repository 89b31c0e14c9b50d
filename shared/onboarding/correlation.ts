import { randomUUID } from 'node:crypto';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a GUID with hyphens. */
export function isGuid(text: string | undefined): text is string {
  return text !== undefined && guid.test(text);
}

/**
 * The correlation ID of a new create: the caller's, unless an earlier attempt used it. The proof of ownership distinguishes attempts by it,
 * and a flow may use one ID for all its calls.
 */
export function newCorrelationId(callers: string, earlier: readonly { createCorrelationId: string }[]): string {
  const used = earlier.some(({ createCorrelationId }) => createCorrelationId.toLowerCase() === callers.toLowerCase());
  return used ? randomUUID() : callers;
}
