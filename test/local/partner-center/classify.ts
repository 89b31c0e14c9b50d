import type { WireRequest } from '../wire/wire.ts';

/** One operation of the emulator: verb, path (its groups are the parameters) and accepted tokens. */
interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly path: RegExp;
}

export type Operation =
  | 'probeDomain'
  | 'readCountryRules'
  | 'validateAddress'
  | 'createCustomer'
  | 'findCustomers'
  | 'readCustomer'
  | 'readAuditRecords'
  | 'listUsers'
  | 'resetPassword'
  | 'deleteCustomer';

const routes: readonly Route[] = [
  { operation: 'probeDomain', method: 'HEAD', path: /^\/v1\/domains\/([^/]+)$/i },
  { operation: 'readCountryRules', method: 'GET', path: /^\/v1\/countryvalidationrules\/([^/]+)$/i },
  { operation: 'validateAddress', method: 'POST', path: /^\/v1\/validations\/address$/i },
  { operation: 'createCustomer', method: 'POST', path: /^\/v1\/customers$/i },
  { operation: 'findCustomers', method: 'GET', path: /^\/v1\/customers$/i },
  { operation: 'readCustomer', method: 'GET', path: /^\/v1\/customers\/([^/]+)$/i },
  { operation: 'readAuditRecords', method: 'GET', path: /^\/v1\/auditrecords$/i },
  { operation: 'listUsers', method: 'GET', path: /^\/v1\/customers\/([^/]+)\/users$/i },
  { operation: 'resetPassword', method: 'PATCH', path: /^\/v1\/customers\/([^/]+)\/users\/([^/]+)\/resetpassword$/i },
  { operation: 'resetPassword', method: 'PATCH', path: /^\/v1\/customers\/([^/]+)\/users\/([^/]+)$/i },
  { operation: 'deleteCustomer', method: 'DELETE', path: /^\/v1\/customers\/([^/]+)$/i },
];

/** The name of the operation; `unknownVerb` for a known path with another verb, `unknownPath` for anything else. */
export function classify({ method, path }: WireRequest): string {
  let known = false;
  for (const route of routes) {
    if (!route.path.test(path)) continue;
    if (route.method === method) return route.operation;
    known = true;
  }
  return known ? 'unknownVerb' : 'unknownPath';
}

/** The ids in the path. */
export function readParameters({ method, path }: WireRequest): readonly string[] {
  for (const route of routes) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (found) return found.slice(1);
  }
  return [];
}
