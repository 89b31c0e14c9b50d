import type { TokenCredential } from '@azure/core-auth';

/** Where tokens for the services of Azure come from. */
export type RenewableCredential = TokenCredential & {
  /** Begins to fetch the token that will most likely be wanted next. */
  prefetch?: () => void;
  /** Gives up a token that a service has refused: the next caller gets a new one. */
  dropToken?: (token: string) => void;
};
