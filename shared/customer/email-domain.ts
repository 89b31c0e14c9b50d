import { domainToUnicode } from 'node:url';
import tlds from 'tlds';

let known: ReadonlySet<string> | undefined;

/** Whether the top-level domain of an email address exists or is in `extra`. Partner Center checks it only after it has used up the domain. */
export function hasKnownTopLevelDomain(email: string, extra: readonly string[]): boolean {
  known ??= new Set(tlds);
  const last = email.slice(email.lastIndexOf('.') + 1).toLowerCase();
  const label = domainToUnicode(last);
  return known.has(label) || extra.includes(last) || extra.includes(label);
}
