import { bundleApp } from './bundle-app.ts';
import { compileValidator } from './compile-validator.ts';
import { writePackage } from './write-package.ts';

// dist/main.cjs, which runs in Azure, and the files that it loads on demand; with --package also the deployment package.
await compileValidator('shared/schema/validate-customer-request.generated.cjs');
await bundleApp('dist');
if (process.argv.includes('--package')) {
  const file = 'release/functionapp.zip';
  console.log(`${file}, ${(await writePackage(file)).length} bytes`);
}
