import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawIcon } from '../../../commands/generate/draw-icon.ts';
import { listGeneratedFiles } from '../../../commands/generate/generated-files.ts';
import { decodeIcon } from './connector.ts';

const read = (path: string): Buffer => readFileSync(new URL(`../../../${path}`, import.meta.url));

test.each([...listGeneratedFiles()])('%s is what the schemas make of it (npm run generate)', (path, text) => {
  expect(read(path).toString('utf8')).toBe(text);
});

test('icon.png is what its drawing makes of it', () => {
  expect(decodeIcon(read('infra/connector/icon.png'))).toEqual(decodeIcon(drawIcon()));
});
