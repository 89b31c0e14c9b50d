import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';
import { filterAzureSdkLog } from '../log/azure-sdk-log.ts';
import type { TokenSource } from './token-source.ts';

/** The sign-in of the developer who runs the app on a machine of their own: Azure CLI, Visual Studio Code, and so on. */
export function openDeveloperSignIn(): TokenSource {
  // This file is bundled on its own, with a copy of the SDK's logger.
  filterAzureSdkLog();
  let opened: { credential: TokenCredential; renewals: number } | undefined;
  return {
    getToken(scopes, options, renewals) {
      // What a credential keeps goes with it.
      if (opened?.renewals !== renewals) opened = { credential: new DefaultAzureCredential(), renewals };
      return opened.credential.getToken(scopes, options);
    },
  };
}
