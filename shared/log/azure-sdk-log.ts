import { AzureLogger } from '@azure/logger';
import { backgroundLog } from './log.ts';

/**
 * Lets a line of the Azure SDKs through with its source and size only: their texts can quote requests and answers, and a secret could
 * stand anywhere in them.
 */
export function filterAzureSdkLog(): void {
  AzureLogger.log = (...parts: unknown[]) => {
    const [source, ...rest] = parts.map(String);
    backgroundLog('warn', 'azureSdk', {
      source: /^azure[\w:-]*/.exec(source ?? '')?.[0] ?? 'azure',
      length: rest.join(' ').length,
    });
  };
}
