import { readFileSync } from 'node:fs';

export interface Example {
  readonly language: string;
  readonly code: string;
  readonly isExecuted: boolean;
}

/** The examples of a document that are marked as executed by a test, or as not executed. */
export function readExamples(path: string): readonly Example[] {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const found = text.matchAll(/<!-- (not executed|executed) -->\n```(\w+)\n([\s\S]*?)\n```/g);
  return [...found].map(([, mark, language = '', code = '']) => ({ language, code, isExecuted: mark === 'executed' }));
}
