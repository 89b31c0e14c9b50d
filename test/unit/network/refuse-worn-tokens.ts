import type { EmulatorServer } from '../../local/wire/emulator-server.ts';

/** From now on a service refuses every token that it has seen so far, as after its keys were rolled or its tenant was changed. */
export function refuseWornTokens({ requests, faults }: EmulatorServer): void {
  const worn = new Set(requests.map(({ headers }) => headers['authorization']).filter((token) => token !== undefined));
  const challenge = 'Bearer authorization="https://login.microsoftonline.com/t", resource="https://vault.azure.net"';
  faults.add({
    kind: 'status',
    answer: { status: 401, headers: { 'www-authenticate': challenge, 'x-ms-request-id': 'r', 'x-ms-version': 'v' } },
    times: Infinity,
    matches: ({ headers }) => worn.has(headers['authorization'] ?? ''),
  });
}
