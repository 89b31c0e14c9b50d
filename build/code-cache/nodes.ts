import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('nodes/', import.meta.url));

/**
 * Installs the Node.js releases in nodes/package.json and returns the binaries of these versions, such as `22`; none unless the machine runs
 * Linux on x64, as Azure does. They are not dependencies of the project, because npm scripts would then run on them instead of `node`.
 */
export function installNodes(versions: readonly string[]): string[] {
  const unknown = versions.find((version) => !/^(22|24)$/.test(version));
  if (unknown !== undefined) throw new Error(`--node is ${unknown}: name 22 or 24, or both as 22,24`);
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--silent'], { cwd: folder, stdio: 'inherit' });
  return versions.map((version) => `${folder}node_modules/node${version}/bin/node`);
}
