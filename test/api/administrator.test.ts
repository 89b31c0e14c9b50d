import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { baseOf, customer, post, request, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

const customerId = '7f3c9a52-1f1e-4a53-8a53-2f6f7a1b9c00';

test.each([
  ['root', 'root@'],
  ['Admin', 'Admin@'],
  [' admin ', 'admin@'],
  ['', 'admin@'],
  [null, 'admin@'],
  [7, 'admin@'],
  ['first@elsewhere.onmicrosoft.com', 'first@elsewhere.onmicrosoft.com'],
])(
  'names the administrator %j as stored, in the first answer, in a replay and on record',
  async (userName, expected) => {
    const payload = customer();
    const prefix = String(payload['domain']);
    const domain = `${prefix}.onmicrosoft.com`;
    const body = JSON.stringify({
      id: customerId,
      companyProfile: { domain },
      userCredentials: { userName, password: 'Unbelievable=1' },
    });
    const matches = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
    stack.partnerCenter.server.faults.add({ kind: 'status', answer: { status: 201, body }, times: 1, matches });
    const answers = [await post(app, payload), await post(app, payload), await request(app, `/v1/customers/${prefix}`)];
    const stored = stack.credentialVault.latest(`${baseOf(payload)}-admin-username`)?.value;
    const name = expected.endsWith('@') ? expected + domain : expected;
    expect([stored, ...answers.map((answer) => answer.body['adminUserName'])]).toEqual([name, name, name, name]);
  },
);
