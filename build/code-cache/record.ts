// Run by each Node for which the package holds compiled code, with a folder that holds app.cjs: onboards a customer against the embedded stack,
// so that what V8 compiles at the first use of a function is compiled, and writes the code beside it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { readExample } from '../../test/local/read-example.ts';
import { startStack } from '../../test/local/stack.ts';

// A function that was not called for some collections would lose its code, and how many there are depends on how busy the machine is.
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
// V8 refuses code that was made with other flags than its own.
setFlagsFromString('--flush-bytecode');
const code = (globalThis as { recorded?: Script }).recorded?.createCachedData() ?? Buffer.alloc(0);
const check = Buffer.alloc(4);
check.writeUInt32LE(crc32(code, crc32(source)));
const name = `app-${process.versions.v8}-${process.platform}-${process.arch}.cache`;
await writeFile(join(folder, name), Buffer.concat([code, check]));
process.exit(0);
