import type { Probe } from './probe.ts';

/** What an answer means for the product. */
export type Verdict = 'confirms' | 'breaks' | 'open';

export interface Meaning {
  readonly verdict: Verdict;
  /** The consequence for the product's assumption, in a sentence. */
  readonly means: string;
  /** The setting or the place in the code to change; absent if no change is needed. */
  readonly change?: string;
}

export interface Answer<A extends string = string> {
  readonly answer: A;
  /** What was sent and received, in our own words: never a body, never a credential. */
  readonly sent: string;
  readonly came: string;
}

/** A behaviour that Partner Center does not document, with every possible answer. */
export interface Question<A extends string = string> {
  readonly id: string;
  readonly question: string;
  /** The assumption of the product. */
  readonly assumption: string;
  /** Maximum number of customers that the question creates. */
  readonly creates: number;
  /** Asks about the first customer, which is kept until the last of these questions has been asked. */
  readonly aboutFirst?: boolean;
  /** Sends nothing itself; its answer is derived from the other questions. */
  readonly sendsNothing?: boolean;
  readonly answers: Readonly<Record<A, Meaning>>;
  /** Throws `NotAsked` if it cannot be asked. */
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

/** Declares a question; the compiler checks that `ask` returns only the listed answers. */
export function defineQuestion<const A extends string>(question: Question<A>): Question {
  return question;
}
