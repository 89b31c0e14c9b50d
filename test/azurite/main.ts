// What the emulator of Table storage answers must be what Azurite answers: the same tests, and the demo, on Azurite.
import { spawnSync } from 'node:child_process';
import { startAzurite } from './start-azurite.ts';

const runs = [
  ['node_modules/vitest/vitest.mjs', 'run', 'test/local/table-storage'],
  ['--import', 'tsx', 'test/local/demo.ts'],
];

const azurite = await startAzurite();
try {
  const { CSP_TEST_REPORT: _report, ...rest } = process.env;
  const env = { ...rest, TABLE_STORAGE_URL: azurite.url, NODE_EXTRA_CA_CERTS: azurite.trust };
  for (const args of runs) {
    const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
  if (!(await azurite.readRows()).includes('"state":"Succeeded"')) {
    console.error('the demo left no row in Azurite');
    process.exitCode = 1;
  }
} finally {
  azurite.stop();
}
