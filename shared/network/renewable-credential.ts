import type { TokenCredential } from '@azure/core-auth';

/** The source of tokens for the Azure services. */
export type RenewableCredential = TokenCredential & {
  /** Starts to fetch the token that will most likely be needed next. */
  prefetch?: () => void;
  /** Discards a token that a service refused: the next caller gets a new one. */
  dropToken?: (token: string) => void;
};
