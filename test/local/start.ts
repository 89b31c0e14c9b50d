import { createDocsPage } from './docs-page.ts';
import { formatLog } from './format-log.ts';
import { localKeys } from './host/keys.ts';
import { readExample } from './read-example.ts';
import { startStack } from './stack.ts';

/**
 * Milliseconds that requests in flight get when the stack is stopped; with the five seconds of the hooks it
 * stays under six.
 */
const drain = 500;

/** Keeps the embedded stack up until Ctrl-C or SIGTERM. */
async function runStack(port: number): Promise<void> {
  const stack = await startStack({ keepLogs: false, log: (entry) => console.log(formatLog(entry)) });
  for (const server of Object.values(stack.servers)) server.recording = false;
  try {
    const { host } = await stack.startInstance({ port, extra: createDocsPage(localKeys.function) });
    if (host?.functionNames.length === 0) throw new Error('the app registered no functions; see the log above');
    console.log(describe(host?.port ?? port));
    await untilStopped();
    console.log('Stopping');
    await host?.terminate({ drain });
  } finally {
    await stack.close();
  }
}

async function untilStopped(): Promise<void> {
  await new Promise<void>((resolve) => {
    // Loaders pass Ctrl-C on, so it may arrive twice: the handlers stay.
    process.on('SIGINT', () => resolve());
    process.on('SIGTERM', () => resolve());
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), 500).unref();
  });
}

function describe(port: number): string {
  const body = JSON.stringify(readExample()).replaceAll("'", String.raw`'\''`);
  return `
CSP Onboarding runs on this machine, with emulated Partner Center, Key Vault and Entra. Ctrl-C ends it.

  API             http://localhost:${port}/api
  API reference   http://localhost:${port}/docs
  Function key    ${localKeys.function}

Onboard a customer:

curl -i http://localhost:${port}/api/v1/customers \\
  -H 'Content-Type: application/json' -H 'x-functions-key: ${localKeys.function}' \\
  -d '${body}'
`;
}

const port = Number(process.env['PORT'] || 7071);
try {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('PORT must be a number from 0 to 65535');
  await runStack(port);
  process.exit(0);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code === 'EADDRINUSE' ? `Port ${port} is in use: set PORT to another one` : `Cannot start: ${message}`);
  process.exit(1);
}
