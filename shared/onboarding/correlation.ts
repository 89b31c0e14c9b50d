import { randomUUID } from 'node:crypto';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a GUID with hyphens. */
export function isGuid(text: string | undefined): text is string {
  return text !== undefined && guid.test(text);
}

/**
 * The correlation id to send with a new create: the caller's, unless an earlier attempt used it. Proof of ownership tells attempts apart by
 * it, and a flow may well use one for all its calls.
 */
export function newCorrelationId(callers: string, earlier: readonly { createCorrelationId: string }[]): string {
  const used = earlier.some(({ createCorrelationId }) => createCorrelationId.toLowerCase() === callers.toLowerCase());
  return used ? randomUUID() : callers;
}
