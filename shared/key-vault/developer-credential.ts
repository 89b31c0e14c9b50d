import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';
import { filterAzureSdkLog } from '../log/azure-sdk-log.ts';

/** The sign-in of the developer who runs the app on a machine of their own: Azure CLI, Visual Studio Code, and so on. */
export function openDeveloperCredential(): TokenCredential {
  // This file is bundled on its own, with a copy of the SDK's logger.
  filterAzureSdkLog();
  return new DefaultAzureCredential();
}
