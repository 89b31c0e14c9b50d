import { readFileSync } from 'node:fs';
import {
  checkFormat,
  checkRefusal,
  compileInterfaces,
  compileRegistration,
  lint,
  listModules,
  listOptions,
  listParameterFiles,
  registration,
  takeSnapshot,
  useCompiler,
} from './bicep.ts';
import { fetchCompiler, root } from './compiler.ts';
import { formatInterfaces, readInterfaces, writeInterfaces } from './interface.ts';
import { refusals } from './refusals.ts';
import { writeHashes } from './sources.ts';

const check = process.argv.includes('--check');
const compiler = fetchCompiler();
if (!compiler) {
  console.log('Bicep was not compiled: dotnet, which fetches the compiler, is not installed.');
  process.exit(check ? 0 : 1);
}
const bicep = useCompiler(compiler);

const found = lint(bicep, registration);
// Its types come from a registry: where that cannot be reached, the recorded interface stays.
const reachable = !found.some((line) => line.includes('BCP192'));
if (!reachable)
  console.log(`${registration} was not compiled: the registry with the Microsoft Graph types is unreachable.`);

const recorded = readInterfaces();
const registered = reachable ? compileRegistration(bicep) : recorded['entra.bicep'];
const interfaces = { ...compileInterfaces(bicep), ...(registered && { 'entra.bicep': registered }) };
const complaints = [
  ...lint(bicep, 'infra/main.bicep'),
  ...(reachable ? found : []),
  ...[...listModules(), registration, ...listParameterFiles()].flatMap((path) =>
    checkFormat(bicep, path, readFileSync(`${root}${path}`, 'utf8')),
  ),
  ...listOptions().flatMap((path) => takeSnapshot(bicep, path, check ? 'validate' : 'overwrite')),
  ...refusals.flatMap((refusal) => checkRefusal(bicep, refusal)),
];
if (!check) {
  writeInterfaces(interfaces);
  writeHashes();
} else if (formatInterfaces(interfaces) !== formatInterfaces(recorded)) {
  complaints.push('infra/snapshots/interfaces.json: run npm run snapshots');
}
for (const line of complaints) console.error(line);
console.log(`${listOptions().length} snapshots ${check ? 'validated' : 'written'}, ${complaints.length} complaints.`);
process.exitCode = complaints.length === 0 ? 0 : 1;
