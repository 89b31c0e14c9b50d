// Node 20 does not read TypeScript by itself.
import 'tsx';

await import('./build/build.ts');
