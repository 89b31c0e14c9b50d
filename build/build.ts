import { parseArgs } from 'node:util';
import { bundleApp } from './bundle-app.ts';
import { installNodes } from './code-cache/nodes.ts';
import { compileValidator } from './compile-validator.ts';
import { writePackage } from './write-package.ts';

const { values } = parseArgs({ options: { package: { type: 'boolean' }, node: { type: 'string', default: '22' } } });

// Builds dist/main.cjs, which runs in Azure, and the files that it loads on demand. With --package also builds the deployment package, with
// V8's code cache for the Node.js version of the function app: 22, or the versions in --node.
await compileValidator('shared/schema/validate-customer-request.generated.cjs');
await bundleApp('dist');
if (values.package) {
  const file = 'release/functionapp.zip';
  const nodes = installNodes(values.node.split(','));
  const { length } = await writePackage(file, 'dist', nodes);
  console.log(
    `${file}, ${length} bytes${nodes.length > 0 ? '' : ', without compiled code: that is made on Linux x64'}`,
  );
}
