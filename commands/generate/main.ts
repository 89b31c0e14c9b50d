import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { drawIcon } from './draw-icon.ts';
import { buildFlowPackage } from './flow-package.ts';
import { listGeneratedFiles } from './generated-files.ts';

const root = new URL('../../', import.meta.url);

function write(path: string, content: string | Uint8Array): void {
  const target = fileURLToPath(new URL(path, root));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  console.log(path);
}

for (const [path, text] of listGeneratedFiles()) write(path, text);
write('infra/connector/icon.png', drawIcon());
const files = Object.entries(buildFlowPackage()).map(([path, file]) => [path, strToU8(JSON.stringify(file))] as const);
// No timestamps in the zip: equal sources give equal bytes.
write(
  'release/onboard-customer-flow.zip',
  zipSync(Object.fromEntries(files), { level: 9, mtime: new Date(1980, 0, 1) }),
);
