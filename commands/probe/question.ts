import type { Probe } from './probe.ts';

/** What an answer means for the product. */
export type Verdict = 'confirms' | 'breaks' | 'open';

export interface Meaning {
  readonly verdict: Verdict;
  /** What the answer says about the product's assumption, in a sentence. */
  readonly means: string;
  /** The setting or the place in the code to change; absent where nothing has to be. */
  readonly change?: string;
}

export interface Answer<A extends string = string> {
  readonly answer: A;
  /** What was sent and what came back, in words of our own: never a body, never a credential. */
  readonly sent: string;
  readonly came: string;
}

/** Something that Partner Center's documentation leaves open, with every answer that is possible. */
export interface Question<A extends string = string> {
  readonly id: string;
  readonly question: string;
  /** What the product takes for granted. */
  readonly assumption: string;
  /** Customers that asking may create at most. */
  readonly creates: number;
  /** Asks about the first customer, which is kept until the last of these questions has been asked. */
  readonly aboutFirst?: boolean;
  /** Sends nothing itself and is answered by what the others saw. */
  readonly sendsNothing?: boolean;
  readonly answers: Readonly<Record<A, Meaning>>;
  /** Throws `NotAsked` where it cannot be asked. */
  readonly ask: (probe: Probe) => Promise<Answer<A>>;
}

/** One line of the report. */
export interface Row {
  readonly id: string;
  readonly question: string;
  readonly assumption: string;
  readonly sent: string;
  readonly came: string;
  /** One of the question's answers, or `not-asked` or `failed`. */
  readonly answer: string;
  readonly verdict: Verdict;
  readonly means: string;
  readonly change?: string;
}

/** Declares a question; the compiler holds `ask` to the answers that are listed. */
export function defineQuestion<const A extends string>(question: Question<A>): Question {
  return question;
}
