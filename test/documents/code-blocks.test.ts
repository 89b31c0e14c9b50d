import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { read } from '../house/sources.ts';
import { pages, readCodeBlocks, type CodeBlock } from './page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Pages whose blocks, marked or not, a test of its own holds against the sources. */
const heldByTest: Readonly<Record<string, string>> = {
  'infra/README.md': 'test/infra/walk-through.test.ts',
  'infra/runbook.md': 'test/infra/commands.test.ts',
};

const blocks = pages.flatMap((page) => readCodeBlocks(page).map((block) => ({ page, ...block })));

/** What vouches for a block: `example` by its own word, or the test that executes or compares it. */
function voucherOf(page: string, { language, mark }: CodeBlock): string | undefined {
  // A diagram, and text that is no code.
  if (language === 'mermaid' || language === 'text' || mark === 'example') return 'example';
  return /^tested-by=(\S+)$/.exec(mark)?.[1] ?? (mark === '' ? heldByTest[page] : undefined);
}

test('every code block is marked as an example, or names the test that executes it', () => {
  expect(blocks.length).toBeGreaterThan(15);
  expect(blocks.filter((block) => voucherOf(block.page, block) === undefined)).toEqual([]);
  const tested = blocks.filter((block) => voucherOf(block.page, block) !== 'example');
  for (const block of tested) {
    const file = voucherOf(block.page, block) ?? '';
    expect([file, existsSync(`${root}/${file}`)]).toEqual([file, true]);
    expect(read(file)).toContain(block.page.split('/').at(-1));
  }
});

test('a block without a mark, or with an unknown one, is found', () => {
  const block = { language: 'sh', mark: '', code: '' };
  expect(voucherOf('docs/operate.md', block)).toBeUndefined();
  expect(voucherOf('docs/operate.md', { ...block, mark: 'sample' })).toBeUndefined();
});

describe('code blocks for the shell', () => {
  const shell = blocks.filter(({ language }) => language === 'sh').map((block, index) => ({ ...block, index }));
  test.each(shell)('$page, block $index can be parsed', ({ code }) => {
    // `<name of the vault>` stands for a word of the reader.
    const filled = code.replaceAll(/<[a-z][^<>\n]*>/g, 'word');
    const { status, stderr } = spawnSync('bash', ['-n'], { input: filled, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
