import type { UpstreamFailure } from '../network/upstream-error.ts';
import { foreignChallenge } from './check-challenge.ts';

/** Why a vault refuses the app, and how an operator can fix it. */
export interface VaultRefusal {
  readonly reason: string;
  readonly remedy: string;
  /** True if the refusal is transient and needs no action. */
  readonly passes?: true;
}

/** The operation that the vault refused. */
export type VaultAction = 'get' | 'list' | 'set';

const closed = {
  reason: 'the vault admits no public network, and the app does not come through a private endpoint of it',
  remedy: 'connect the network of the app to an approved private endpoint of the vault, or admit its subnet',
};
const disabledVault = {
  reason: 'the vault is disabled',
  remedy: 'enable the vault or its subscription again, or set the address of another vault',
};

/** By the inner error code of a response ("Azure Key Vault REST API error codes"). */
const byCode: Readonly<Record<string, VaultRefusal>> = {
  [foreignChallenge]: {
    reason: "the challenge at the vault's address is for another service",
    remedy: 'set the address of the vault itself, such as https://{name}.vault.azure.net',
  },
  ForbiddenByFirewall: {
    reason: 'the firewall of the vault does not admit the network of the app',
    remedy: 'admit the subnet or the address of the app in the networking of the vault',
  },
  ForbiddenByConnection: closed,
  VaultDisabled: disabledVault,
  ForbiddenByVaultDisabled: disabledVault,
  SecretDisabled: { reason: 'the secret is disabled', remedy: 'enable the secret, or store a new version' },
  SecretNotYetValid: { reason: 'the secret is not valid yet', remedy: 'correct its activation date' },
  SecretExpired: { reason: 'the secret has expired', remedy: 'store a new version' },
  ObjectIsDeletedButRecoverable: {
    reason: 'a soft-deleted secret has this name',
    remedy: 'recover or purge the deleted secret',
  },
  ObjectIsBeingRecovered: {
    reason: 'a deleted secret with this name is being recovered',
    remedy: 'wait until it is recovered',
    passes: true,
  },
  ObjectIsBeingDeleted: {
    reason: 'the secret with this name is being deleted',
    remedy: 'wait until it is deleted, then recover or purge it',
    passes: true,
  },
  ObjectIsBeingPurged: {
    reason: 'a deleted secret with this name is being purged',
    remedy: 'wait until it is purged',
    passes: true,
  },
};

const missingRole: Readonly<Record<VaultAction, VaultRefusal>> = {
  get: {
    reason: 'no permission to read secrets',
    remedy: 'assign the role Key Vault Secrets User to the identity of the app, on this vault',
  },
  list: { reason: 'no permission to list secrets', remedy: 'assign the writer role to the identity of the app' },
  set: { reason: 'no permission to set secrets', remedy: 'assign the writer role to the identity of the app' },
};

/** Inner codes of a 403 that mean a missing role or access policy. */
const roleCodes = new Set(['', 'Forbidden', 'AccessDenied', 'ForbiddenByRbac', 'ForbiddenByPolicy']);
const denied: VaultRefusal = {
  reason: 'the vault denies access for a reason that the app does not know',
  remedy: 'look the code up; check the role of the app and the networking of the vault',
};

/** Explains why a vault refuses the app, by the inner code of its response; undefined if the failure is not a refusal. */
export function explainRefusal(failure: UpstreamFailure, action: VaultAction): VaultRefusal | undefined {
  const { upstream, status, code = '' } = failure;
  if (upstream !== 'key-vault') return undefined;
  if (Object.hasOwn(byCode, code)) return byCode[code];
  switch (status) {
    case 401:
      return {
        reason: 'the vault rejects the token of the app, a new one too',
        remedy: 'the identity must belong to the tenant of the vault',
      };
    case 403:
      return roleCodes.has(code) ? missingRole[action] : denied;
    case 404:
      return { reason: 'no key vault answers at this address', remedy: 'correct the address in the settings' };
    case 409:
      return byCode['ObjectIsDeletedButRecoverable'];
    default:
      return undefined;
  }
}
