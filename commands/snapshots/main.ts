import { readFileSync } from 'node:fs';
import {
  checkFormat,
  compileInterfaces,
  lint,
  listModules,
  listOptions,
  registration,
  takeSnapshot,
  useCompiler,
} from './bicep.ts';
import { fetchCompiler, root } from './compiler.ts';
import { formatInterfaces, readInterfaces, writeInterfaces } from './interface.ts';
import { writeHashes } from './sources.ts';

const check = process.argv.includes('--check');
const compiler = fetchCompiler();
if (!compiler) {
  console.log('Bicep was not compiled: there is no dotnet to fetch the compiler with.');
  process.exit(check ? 0 : 1);
}
const bicep = useCompiler(compiler);
const unreachable = 'BCP192';

/** The registration's types come from a registry: where that cannot be reached, this says so. */
function lintRegistration(): string[] {
  const found = lint(bicep, registration);
  if (!found.some((line) => line.includes(unreachable))) return found;
  console.log(`${registration} was not compiled: the registry with the types of Microsoft Graph cannot be reached.`);
  return [];
}

const interfaces = compileInterfaces(bicep);
const complaints = [
  ...lint(bicep, 'infra/main.bicep'),
  ...lintRegistration(),
  ...[...listModules(), registration].flatMap((path) =>
    checkFormat(bicep, path, readFileSync(`${root}${path}`, 'utf8')),
  ),
  ...listOptions().flatMap((path) => takeSnapshot(bicep, path, check ? 'validate' : 'overwrite')),
];
if (!check) {
  writeInterfaces(interfaces);
  writeHashes();
} else if (formatInterfaces(interfaces) !== formatInterfaces(readInterfaces())) {
  complaints.push('infra/snapshots/interfaces.json: run npm run snapshots');
}
for (const line of complaints) console.error(line);
console.log(`${listOptions().length} snapshots ${check ? 'validated' : 'written'}, ${complaints.length} complaints.`);
process.exitCode = complaints.length === 0 ? 0 : 1;
