import type { Connector } from './connector.ts';

/** One rule of the connectors' certification, with a way to break it that proves that the check sees it. */
export interface Rule {
  /** Ends the sentence "the connector …". */
  readonly title: string;
  /** What breaks the rule; nothing when it is kept. */
  readonly find: (connector: Connector) => readonly string[];
  readonly spoil: (connector: Connector) => void;
}

/** A finding when a condition does not hold. */
export function unless(holds: boolean, finding: string): readonly string[] {
  return holds ? [] : [finding];
}

/** Text that ends as a sentence does. */
export function isSentence(text: string | undefined): boolean {
  return /\S[.!?]$/.test(text ?? '');
}

/** What the certification takes in titles and summaries: letters, digits, blanks and parentheses, and an alphanumeric end. */
export function isPlainTitle(text: string | undefined): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9 ()]*$/.test(text ?? '') && /[A-Za-z0-9)]$/.test(text ?? '');
}
