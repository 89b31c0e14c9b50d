import type { TokenCredential } from '@azure/core-auth';

/** Where tokens for the services of Azure come from. */
export type RenewableCredential = TokenCredential & {
  /** Begins to fetch the token that will most likely be wanted next. */
  prefetch?: () => void;
  /** Gives up a token that a service has refused: another one is fetched for whoever asks next. */
  dropToken?: (token: string) => void;
};
