// Runs on each Node.js version for which the package includes a code cache; the argument is the folder of app.cjs. Onboards a customer against
// the embedded stack, so that V8 compiles the functions that an onboarding uses, and writes the code cache next to app.cjs.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { readExample } from '../../test/local/read-example.ts';
import { startStack } from '../../test/local/stack.ts';

// V8 discards the code of functions that were unused for several garbage collections, and their number depends on the load of the machine.
setFlagsFromString('--no-flush-bytecode');
const [folder = ''] = process.argv.slice(2);
const source = await readFile(join(folder, 'app.cjs'));
const recorder = `const { Script } = require('node:vm');
const { readFileSync } = require('node:fs');
const file = require('node:path').join(__dirname, 'app.cjs');
const script = new Script(readFileSync(file, 'latin1'), { filename: 'app.cjs' });
script.runInThisContext()(exports, require, module, file, __dirname);
globalThis.recorded = script;
`;
await writeFile(join(folder, 'main.cjs'), recorder);
await writeFile(join(folder, 'package.json'), JSON.stringify({ main: 'main.cjs' }));
await writeFile(join(folder, 'host.json'), '{}');

const stack = await startStack({ appRoot: folder });
Object.assign(process.env, stack.environment);
const instance = await stack.startInstance();
const headers = { 'content-type': 'application/json' };
const body = JSON.stringify(readExample());
const answer = await instance.call('/api/v1/customers', { method: 'POST', headers, body });
if (answer.status !== 201) throw new Error(`The onboarding was answered ${answer.status}: ${await answer.text()}`);
// V8 rejects a code cache that was made with other flags.
setFlagsFromString('--flush-bytecode');
const code = (globalThis as { recorded?: Script }).recorded?.createCachedData() ?? Buffer.alloc(0);
const check = Buffer.alloc(4);
check.writeUInt32LE(crc32(code, crc32(source)));
const name = `app-${process.versions.v8}-${process.platform}-${process.arch}.cache`;
await writeFile(join(folder, name), Buffer.concat([code, check]));
process.exit(0);
