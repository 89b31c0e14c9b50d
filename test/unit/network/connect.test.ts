import { expect, test } from 'vitest';
import { connect } from '../../../shared/network/connect.ts';
import { Deadline } from '../../../shared/network/deadline.ts';
import { startKeyVaultEmulator } from '../../local/key-vault/start-key-vault-emulator.ts';

test('sends nothing over plain http, which has no handshake to save', async () => {
  const { server } = await startKeyVaultEmulator();
  await connect('entra', server.url, Deadline.after(1000));
  expect(server.requests).toEqual([]);
  await server.close();
});

test('lets the first request report that a service cannot be reached', async () => {
  const { server } = await startKeyVaultEmulator();
  const gone = server.url.replace('http:', 'https:');
  // An answer that is not TLS, then no answer.
  await expect(connect('partner-center', gone, Deadline.after(1000))).resolves.toBeUndefined();
  await server.close();
  await expect(connect('partner-center', gone, Deadline.after(1000))).resolves.toBeUndefined();
});
