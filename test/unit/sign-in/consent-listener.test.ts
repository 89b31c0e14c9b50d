import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { runConsent } from './consent-rig.ts';
import { startRig } from './rig.ts';

test('answers 400 to a foreign state, and waits for the right one', async () => {
  const rig = await startRig({ flow: 'app+user' });
  const person = async (url: string): Promise<string> => {
    const home = new URL(url).searchParams.get('redirect_uri') ?? '';
    const others = ['?code=x&state=forged', '?error=access_denied&state=forged', '?code=x', '?error=x&state='];
    for (const other of others) expect((await fetch(home + other)).status).toBe(400);
    return (await fetch(url)).text();
  };
  const { refusal, page } = await runConsent(rig, { person });
  expect([refusal, page]).toEqual([undefined, expect.stringContaining('The consent is stored.')]);
});

test('survives every request', async () => {
  const rig = await startRig({ flow: 'app+user' });
  const person = async (url: string): Promise<string> => {
    const { port } = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
    const targets = [
      '//[',
      '//',
      '/%',
      '/?%',
      '/?code=%E0%A4%A',
      '*',
      'http://[',
      '/\\',
      '?',
      '/?state=a&state=b&code',
      '//[::1',
    ];
    for (const target of targets) {
      const answer = await sendRaw(
        Number(port),
        `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1.1 4\d\d/);
    }
    for (const text of [
      '\0\0\0',
      'GET\r\n\r\n',
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\na',
    ])
      await sendRaw(Number(port), text);
    return (await fetch(url)).text();
  };
  expect((await runConsent(rig, { person })).refusal).toBeUndefined();
});

test.each(['127.0.0.1', '::1'])('does not start if another process uses its port at %s', async (host) => {
  const rig = await startRig({ flow: 'app+user' });
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, host, resolve));
  const { port } = holder.address() as AddressInfo;
  const { refusal, printed } = await runConsent(rig, { port });
  expect(refusal).toMatch(new RegExp(`Port ${port} is in use \\(.*${host}`));
  expect(printed).toEqual([]);
  holder.close();
});

test('times out when no browser connects, and ignores other requests than the redirect', async () => {
  const rig = await startRig({ flow: 'app+user' });
  const person = async (url: string): Promise<string> => {
    const home = new URL(url).searchParams.get('redirect_uri') ?? '';
    const answers = [
      await fetch(`${home}favicon.ico`),
      await fetch(home),
      await fetch(`${home}?code=x`, { method: 'POST' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    return 'done';
  };
  const { refusal, page } = await runConsent(rig, { person, timeout: 500 });
  expect(page).toBe('done');
  expect(refusal).toMatch(/Nobody came back within 0.5 seconds/);
});

test('does not hang on a person who closes the window', async () => {
  const rig = await startRig({ flow: 'app+user' });
  rig.entra.server.faults.add({ kind: 'slow', delay: 200, matches: ({ operation }) => operation === 'token' });
  const impatient = async (url: string): Promise<string> => {
    const asked = await fetch(url, { redirect: 'manual' });
    return fetch(`${asked.headers.get('location')}`, { signal: AbortSignal.timeout(50) }).then(
      () => 'seen',
      () => 'gone',
    );
  };
  expect((await runConsent(rig, { person: impatient })).refusal).toBeUndefined();
  expect(rig.vault.versions('partner-refresh-token')).toHaveLength(2);
});

/** Sends bytes to the listener and returns its answer, or the part received if the connection does not end. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket.setTimeout(300, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
