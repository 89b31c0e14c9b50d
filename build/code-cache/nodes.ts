import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('nodes/', import.meta.url));

/**
 * The binaries of the releases of Node in nodes/package.json, installed, for versions such as `22`; none on a machine that cannot run
 * those of Azure, Linux on x64. They are no dependencies of the project: each would take the place of the `node` that npm scripts run on.
 */
export function installNodes(versions: readonly string[]): string[] {
  const unknown = versions.find((version) => !/^(22|24)$/.test(version));
  if (unknown !== undefined) throw new Error(`--node is ${unknown}: name 22 or 24, or both as 22,24`);
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--silent'], { cwd: folder, stdio: 'inherit' });
  return versions.map((version) => `${folder}node_modules/node${version}/bin/node`);
}
