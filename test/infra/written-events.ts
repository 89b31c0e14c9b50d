import { listSources, read } from '../house/sources.ts';

const product = listSources().filter((path) => /^(functions|shared)\//.test(path));

/** The events that the sources write, with their level. */
export const writtenEvents = product.flatMap((path) => {
  const lines = [...read(path).matchAll(/\b\w*[lL]og\(\s*'(info|warn|error)',\s*'(\w+)'/g)];
  const operations = [...read(path).matchAll(/= handle\('(\w+)'/g)].map(([, event = '']) => ['info', event] as const);
  return [...lines.map(([, level = '', event = '']) => [level, event] as const), ...operations];
});
