// The examples in PowerShell and C#, through the same tests as the others. Both need .NET 10; PowerShell comes through `dotnet`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { repositoryRoot } from '../local/host/functions-host.ts';
import { dotnetFolder } from './clients.ts';

const powerShell = ['PowerShell', '--version', '7.6.9', '--tool-path', `${dotnetFolder}/powershell`];

// No telemetry, and no need of ICU.
const quiet = { POWERSHELL_TELEMETRY_OPTOUT: '1', DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const { status } = spawnSync(command, args, { cwd: repositoryRoot, env, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

const { stdout } = spawnSync('dotnet', ['--version'], { cwd: repositoryRoot, encoding: 'utf8' });
if (!(Number.parseInt(stdout ?? '', 10) >= 10)) {
  console.log('The examples in PowerShell and C# did not run: there is no .NET SDK 10 on this machine.');
  process.exit();
}
if (!existsSync(`${dotnetFolder}/powershell/pwsh`)) run('dotnet', ['tool', 'install', ...powerShell]);
run('dotnet', ['build', 'examples/Onboard.cs', '--output', `${dotnetFolder}/onboard`, '--nologo', '-v', 'quiet']);
const { CSP_TEST_REPORT: _report, ...rest } = process.env;
const vitest = ['node_modules/vitest/vitest.mjs', 'run', 'test/examples/examples.test.ts'];
run(process.execPath, vitest, { ...rest, EXAMPLES: 'dotnet', ...quiet });
