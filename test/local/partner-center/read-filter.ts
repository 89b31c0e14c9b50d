import { refuse, type Reply } from './reply.ts';

export interface Filter {
  /** As they were sent, in lower case. */
  readonly field: string;
  readonly value: string;
  readonly operator: string;
}

/** A filter of the form `{"Field":"Domain","Value":"contoso","Operator":"starts_with"}`; an empty text is no filter. */
export function readFilter(text: string): Filter | Reply | undefined {
  if (!text) return undefined;
  try {
    const parts = Object.entries(JSON.parse(text) as Record<string, unknown>);
    const named = new Map(parts.map(([name, value]) => [name.toLowerCase(), value]));
    const [field, value, operator] = [named.get('field'), named.get('value'), named.get('operator')];
    if (typeof field === 'string' && typeof value === 'string' && typeof operator === 'string') {
      return { field: field.toLowerCase(), value: value.toLowerCase(), operator: operator.toLowerCase() };
    }
  } catch {
    // Refused below, as any other invalid filter.
  }
  return refuse(400, 2000, 'The filter is not valid.', ['filter']);
}
