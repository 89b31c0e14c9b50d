import { read } from '../house/sources.ts';

/** A fenced code block of a page; `mark` is what follows the language in its info string. */
export interface CodeBlock {
  readonly language: string;
  readonly mark: string;
  readonly code: string;
}

/** The code blocks of a page, in their order. */
export function readCodeBlocks(path: string): readonly CodeBlock[] {
  const found = read(path).matchAll(/^( *)```(\S*) ?([^\n]*)\n([\s\S]*?)\n\1```$/gm);
  return [...found].map(([, , language = '', mark = '', code = '']) => ({ language, mark, code }));
}
