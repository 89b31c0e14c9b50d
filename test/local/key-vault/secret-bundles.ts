import type { DeletedSecret, SecretVersion } from './secret-store.ts';

const SECONDS_A_DAY = 86_400;
const RECOVERABLE_DAYS = 90;

/** A version without its value, as lists show it: `SecretItem` of Key Vault's REST API. `vault` is the address the caller used. */
export function describeSecret(vault: string, secret: SecretVersion, withVersion = true): Record<string, unknown> {
  const { name, version, contentType, tags, enabled, exp, nbf, created, updated } = secret;
  return {
    ...(contentType === undefined ? {} : { contentType }),
    id: `${vault}/secrets/${name}${withVersion ? `/${version}` : ''}`,
    attributes: {
      enabled,
      ...(nbf === undefined ? {} : { nbf }),
      ...(exp === undefined ? {} : { exp }),
      created,
      updated,
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays: RECOVERABLE_DAYS,
    },
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}

/** A version with its value: `SecretBundle`. */
export function bundleSecret(vault: string, secret: SecretVersion): Record<string, unknown> {
  return { value: secret.value, ...describeSecret(vault, secret) };
}

/** A soft-deleted secret without its value: `DeletedSecretBundle`. */
export function describeDeleted(vault: string, deleted: DeletedSecret): Record<string, unknown> {
  const [first] = deleted.versions;
  const latest = deleted.versions.at(-1);
  return {
    recoveryId: `${vault}/deletedsecrets/${first?.name ?? ''}`,
    deletedDate: deleted.deletedDate,
    scheduledPurgeDate: deleted.deletedDate + RECOVERABLE_DAYS * SECONDS_A_DAY,
    ...(latest ? describeSecret(vault, latest) : {}),
  };
}
