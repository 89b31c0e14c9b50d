import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';
import { filterAzureSdkLog } from '../log/azure-sdk-log.ts';
import type { TokenSource } from './token-source.ts';

/** The sign-in of a developer who runs the app locally: Azure CLI, Visual Studio Code, and so on. */
export function openDeveloperSignIn(): TokenSource {
  // This file is a separate bundle with its own copy of the SDK's logger.
  filterAzureSdkLog();
  let opened: { credential: TokenCredential; renewals: number } | undefined;
  return {
    getToken(scopes, options, renewals) {
      // A new credential starts with an empty token cache.
      if (opened?.renewals !== renewals) opened = { credential: new DefaultAzureCredential(), renewals };
      return opened.credential.getToken(scopes, options);
    },
  };
}
