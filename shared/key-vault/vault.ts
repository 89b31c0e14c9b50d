import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { SecretClient } from '@azure/keyvault-secrets';
import type { RenewableCredential } from '../network/renewable-credential.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import { openTransport } from './transport.ts';
import { callVault, type VaultCall } from './vault-call.ts';

export interface StoredSecret {
  /** The secret's identifier with its version: `https://…/secrets/{name}/{version}`. */
  readonly id: string;
  readonly version: string;
}

export interface SecretValue extends StoredSecret {
  readonly value: string;
  readonly contentType: string | undefined;
  /** Milliseconds since the epoch, by the vault's clock. */
  readonly created: number | undefined;
}

export interface SecretVersion extends StoredSecret {
  readonly tags: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, by the vault's clock; precise to the second. */
  readonly created: number;
}

export interface VersionList {
  /** In no particular order. */
  readonly versions: readonly SecretVersion[];
  /** When the vault responded, in milliseconds since the epoch, by its own clock. */
  readonly vaultTime: number;
}

export interface SecretToStore {
  readonly name: string;
  readonly value: string;
  readonly contentType: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly expiresOn?: Date | undefined;
}

/** One key vault, with the operations that the app needs. Failures are `UpstreamError`. */
export interface Vault {
  readonly name: 'partner' | 'credential' | 'fallback';
  readonly url: string;
  readSecret(name: string, call: VaultCall): Promise<SecretValue>;
  storeSecret(secret: SecretToStore, call: VaultCall): Promise<StoredSecret>;
  /** Makes one call, so that the client already has the vault's challenge when it writes. */
  warmUp(call: VaultCall): Promise<void>;
  /** All versions with their tags; empty if the secret does not exist. */
  listVersions(name: string, call: VaultCall): Promise<VersionList>;
}

/**
 * Opens a vault with its own client. The SDK's retries are off: the app decides which calls to retry, and until when. The credential's
 * `prefetch` fetches a token while the vault's challenge is requested; its `dropToken` discards a token that the vault refused.
 */
export function openVault(name: Vault['name'], url: string, credential: RenewableCredential): Vault {
  const local = url.startsWith('http://');
  const transport = openTransport(url, credential, local);
  const client = new SecretClient(url, transport.credential, {
    httpClient: transport.httpClient,
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: 'csp-onboarding' },
    ...(local ? { allowInsecureConnection: true, disableChallengeResourceVerification: true } : {}),
  });
  // If two parallel writes are the first calls of a client, one is lost: after the challenge it is sent with an empty body. So the first
  // write waits until one call has been answered.
  let warm: Promise<void> | undefined;
  let warmingUp: Promise<unknown> | undefined;
  const warmed = <T>(answer: T): T => {
    warm ??= Promise.resolve();
    return answer;
  };
  const vault: Vault = {
    name,
    url,
    async readSecret(secretName, call) {
      const { result } = await callVault('getSecret', name, call, (options) => client.getSecret(secretName, options));
      const { value, properties } = warmed(result);
      if (value === undefined || !properties.id) throw malformed('getSecret');
      const { id, version = '', contentType, createdOn } = properties;
      return { id, version, value, contentType, created: createdOn?.getTime() };
    },
    async storeSecret(secret, call) {
      warm ??= vault.listVersions(secret.name, call).then(
        () => undefined,
        (error: unknown) => {
          warm = undefined;
          throw error;
        },
      );
      await warm;
      const { tags, contentType, expiresOn } = secret;
      const { result } = await callVault('setSecret', name, call, (options) =>
        client.setSecret(secret.name, secret.value, {
          ...options,
          contentType,
          ...(tags ? { tags } : {}),
          ...(expiresOn ? { expiresOn } : {}),
        }),
      );
      const { id, version } = result.properties;
      if (!id || !version) throw malformed('setSecret');
      return { id, version };
    },
    async warmUp(call) {
      if (!warm) warmingUp ??= vault.listVersions('warm-up', call).finally(() => (warmingUp = undefined));
      await (warm ?? warmingUp);
    },
    async listVersions(secretName, call) {
      let listed = false;
      let genuine = false;
      const { result, vaultTime } = await callVault('listVersions', name, call, async (options) => {
        const versions: SecretVersion[] = [];
        const onResponse: typeof options.onResponse = (response, ...rest) => {
          listed ||= response.status === 200;
          genuine = isOfKeyVault(response);
          options.onResponse(response, ...rest);
        };
        const pages = client.listPropertiesOfSecretVersions(secretName, { ...options, onResponse });
        for await (const { id, version, tags, createdOn } of pages) {
          if (id && version && createdOn)
            versions.push({ id, version, tags: tags ?? {}, created: createdOn.getTime() });
        }
        return versions;
      }).catch((error: unknown) => {
        // Only Key Vault's own 404, known by its code or headers, means no versions. A proxy's 404, or one after a first page, does not.
        const missing = !listed && error instanceof UpstreamError && error.failure.status === 404;
        if (missing && (genuine || error.failure.code === 'SecretNotFound'))
          return { result: [], vaultTime: Date.now() };
        throw error;
      });
      return warmed({ versions: result, vaultTime });
    },
  };
  return vault;
}

/** Whether a response has Key Vault's own headers. A request id alone is no proof: other services send it too. */
function isOfKeyVault({ headers }: Pick<PipelineResponse, 'headers'>): boolean {
  const own = headers.has('x-ms-keyvault-service-version') || headers.has('x-ms-keyvault-region');
  return own && headers.has('x-ms-request-id');
}

function malformed(operation: string): UpstreamError {
  return new UpstreamError({ upstream: 'key-vault', operation, reason: 'malformed' });
}
