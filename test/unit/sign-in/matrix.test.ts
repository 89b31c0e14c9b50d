import { expect, test } from 'vitest';
import { clouds } from '../../../shared/settings/clouds.ts';
import { clientCredentials } from '../../../shared/settings/settings.ts';
import { readExample } from '../../local/read-example.ts';
import { expectSilence, openStack, send } from './full-app.ts';

for (const cloud of ['global', 'china', 'usgov'] as const) {
  for (const flow of ['app', 'app+user'] as const) {
    for (const credential of clientCredentials) {
      test(`onboards a customer in ${cloud} as ${flow} with ${credential}`, async () => {
        const stack = await openStack({ cloud, flow, credential });
        const instance = await stack.startInstance();
        const connection = await send(instance, 'GET', '/api/v1/connection');
        expect(connection).toMatchObject({ status: 200, body: { status: 'Connected' } });
        const answer = await send(instance, 'POST', '/api/v1/customers', readExample());
        const domain = `contosocoffee${clouds[cloud].customerDomainSuffix}`;
        expect(answer).toMatchObject({ status: 201, body: { status: 'Succeeded', domain } });
        const base = domain.replaceAll('.', '-');
        const password = stack.credentialVault.latest(`${base}-admin-password`)?.value ?? '';
        expect(stack.partnerCenter.opensTenant(domain, `admin@${domain}`, password)).toBe(true);
        const tokens = stack.entra.issued.map((issued) => issued.credential);
        expect(tokens).toEqual([credential === 'managed-identity' ? 'federated' : credential]);
        expect(await send(instance, 'POST', '/api/v1/customers', readExample())).toMatchObject({ status: 200 });
        expectSilence(stack, [password], connection.text, answer.text);
      });
    }
  }
}
