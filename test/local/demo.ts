import { describeSecrets, findDemoFaults, type DemoRun } from './demo-checks.ts';
import { formatLog } from './format-log.ts';
import { readExample } from './read-example.ts';
import { startStack, type Stack } from './stack.ts';

const path = '/api/v1/customers';
const shownHeaders = ['location', 'idempotent-replayed', 'x-correlation-id', 'content-type'];

/** Onboards the example customer twice and prints the result; returns the faults found. */
async function runDemo(stack: Stack): Promise<readonly string[]> {
  const instance = await stack.startInstance();
  const payload = readExample();
  const send = async (title: string): Promise<DemoRun> => {
    console.log(`\n${title}\n`);
    const start = performance.now();
    const answer = await instance.call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    console.log(`HTTP ${answer.status} in ${Math.round(performance.now() - start)} ms`);
    for (const name of shownHeaders) {
      if (answer.headers.has(name)) console.log(`${name}: ${answer.headers.get(name)}`);
    }
    console.log(`\n${pretty(text)}`);
    return { status: answer.status, headers: answer.headers, text };
  };

  console.log(
    `POST ${path}\ncontent-type: application/json\nx-functions-key: ***\n\n${JSON.stringify(payload, null, 2)}`,
  );
  const first = await send('— The answer —');
  console.log(`\n— Secrets now in the credential vault —\n\n${describeSecrets(stack.credentialVault)}`);
  const second = await send('— The same call once more —');
  return findDemoFaults(stack, first, second);
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function main(): Promise<number> {
  // Replaces the table emulator, for example by Azurite in test/azurite.
  const table = process.env['TABLE_STORAGE_URL'];
  const stack = await startStack(table ? { settings: { ONBOARDING_TABLE_URL: table } } : {});
  try {
    const faults = await runDemo(stack);
    if (faults.length === 0) {
      console.log('\nThe demo succeeded: one customer, one set of credentials, and a repeat that changed nothing.');
      return 0;
    }
    for (const fault of faults) console.error(`\nFAILED: ${fault}`);
    for (const entry of stack.logLines) console.error(formatLog(entry));
    return 1;
  } finally {
    await stack.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`\nFAILED: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
