import { marked, type Token, type Tokens } from 'marked';
import { listFiles, read } from '../house/sources.ts';

/** Every page of the repository, by its path. */
export const pages: readonly string[] = listFiles().filter((path) => path.endsWith('.md'));

/** A fenced code block of a page; `mark` is what follows the language in its info string. */
export interface CodeBlock {
  readonly language: string;
  readonly mark: string;
  readonly code: string;
}

/** The code blocks of a page, in their order. */
export function readCodeBlocks(path: string): readonly CodeBlock[] {
  return tokensOf(path, 'code').map(({ lang = '', text }) => {
    const [language = '', ...mark] = lang.split(' ');
    return { language, mark: mark.join(' '), code: text };
  });
}

/** Where the links and pictures of a page lead, code aside. */
export function readLinks(path: string): readonly string[] {
  return [...tokensOf(path, 'link'), ...tokensOf(path, 'image')].map(({ href }) => href);
}

/** The anchors of a page's headings, as GitHub makes them. */
export function readAnchors(path: string): readonly string[] {
  const seen = new Map<string, number>();
  return tokensOf(path, 'heading').map(({ text }) => {
    const plain = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

interface Kinds {
  readonly code: Tokens.Code;
  readonly link: Tokens.Link;
  readonly image: Tokens.Image;
  readonly heading: Tokens.Heading;
}

function tokensOf<K extends keyof Kinds>(path: string, kind: K): Kinds[K][] {
  const found: Kinds[K][] = [];
  void marked.walkTokens(marked.lexer(read(path)), (token: Token) => {
    if (token.type === kind) found.push(token as Kinds[K]);
  });
  return found;
}
