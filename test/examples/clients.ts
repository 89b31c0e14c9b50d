import { spawnSync } from 'node:child_process';
import { repositoryRoot } from '../local/host/functions-host.ts';

/** One of the examples, and how it is started. */
export interface Client {
  readonly file: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Where `npm run examples:dotnet` puts PowerShell and the compiled example. */
export const dotnetFolder = `${repositoryRoot}/.dotnet`;

/** The clients that need .NET, as test/examples/main.ts has prepared them. */
const ofDotnet: readonly Client[] = [
  {
    file: 'onboard.ps1',
    command: `${dotnetFolder}/powershell/pwsh`,
    args: ['-NoProfile', '-File', 'examples/onboard.ps1'],
  },
  { file: 'Onboard.cs', command: 'dotnet', args: [`${dotnetFolder}/onboard/Onboard.dll`] },
];

/** The clients to run: those of every machine, or those of .NET. */
export function listClients(): readonly Client[] {
  if (process.env['EXAMPLES'] === 'dotnet') return ofDotnet;
  // Node.js runs TypeScript by itself from 22.18 on.
  const loader = process.features.typescript ? [] : ['--import', 'tsx'];
  const typescript = { file: 'onboard.ts', command: process.execPath, args: [...loader, 'examples/onboard.ts'] };
  if (spawnSync('curl', ['--version']).status === 0)
    return [{ file: 'onboard.sh', command: 'sh', args: ['examples/onboard.sh'] }, typescript];
  console.warn('The example for curl did not run: there is no curl on this machine.');
  return [typescript];
}
