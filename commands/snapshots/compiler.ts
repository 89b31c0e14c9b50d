import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The result of running a program. */
export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const project = 'infra/compiler/bicep.csproj';

/** Downloads the Bicep compiler into .bicep/ with `dotnet`, once. `undefined` without `dotnet`; throws when the download fails. */
export function fetchCompiler(): string | undefined {
  const version = /Version="\[(.+)\]"/.exec(readFileSync(`${root}${project}`, 'utf8'))?.[1] ?? '';
  const compiler = `${root}.bicep/packages/azure.bicep.commandline.linux-x64/${version}/tools/bicep`;
  if (!existsSync(compiler)) {
    const places = [
      `-p:RestorePackagesPath=${root}.bicep/packages`,
      `-p:BaseIntermediateOutputPath=${root}.bicep/obj/`,
    ];
    const restored = run('dotnet', ['restore', project, ...places]);
    if (restored === undefined) return undefined;
    if (restored.status !== 0)
      throw new Error(`dotnet restore ${project} failed:\n${restored.stdout}${restored.stderr}`);
  }
  chmodSync(compiler, 0o755);
  return compiler;
}

/** Runs a program in the checkout and waits for it; `undefined` when the program is not installed. */
export function run(program: string, args: readonly string[]): Run | undefined {
  // Without this variable the compiler requires ICU, which a container may lack.
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const done = spawnSync(program, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.error && 'code' in done.error && done.error.code === 'ENOENT') return undefined;
  if (done.error) throw done.error;
  return { status: done.status ?? 1, stdout: done.stdout, stderr: done.stderr };
}
