import type { Infra, Variant } from './infra.ts';

/** One review check: what must hold, how it is found out, and changes that must make it complain. */
export interface ReviewCheck {
  readonly title: string;
  readonly check: (infra: Infra) => string[];
  readonly broken: readonly Variant[];
}

/** A variant in which `from` stands no longer, but `to`. */
export const change = (file: string, from: string, to = ''): Variant => ({ file, from, to });
