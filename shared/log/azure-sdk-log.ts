import { AzureLogger } from '@azure/logger';
import { backgroundLog } from './log.ts';

/**
 * Logs a line of the Azure SDKs with its source and length only: their texts can quote requests and responses, which may contain a
 * secret.
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
