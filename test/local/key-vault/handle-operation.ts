import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import type { VaultOperation } from './find-operation.ts';
import { listPage } from './list-secrets.ts';
import { readSecretInput } from './read-secret-input.ts';
import { bundleSecret, describeDeleted, describeSecret } from './secret-bundles.ts';
import type { SecretStore } from './secret-store.ts';
import { badParameter, secretNotFound, vaultError } from './vault-answers.ts';

/** The input of an operation. `vault` is the address that the caller used, `now` the vault's clock in milliseconds. */
export interface VaultContext {
  readonly store: SecretStore;
  readonly vault: string;
  readonly now: number;
  readonly pageSize: number;
  readonly versionsOfMissing: 'empty' | 'not-found' | 'bare-404';
}

type Handler = (operation: VaultOperation, request: WireRequest, context: VaultContext) => WireAnswer;

const HANDLERS: Readonly<Record<string, Handler>> = {
  setSecret({ name }, request, { store, vault, now }) {
    const parsed = readSecretInput(request.body);
    if ('refusal' in parsed) return parsed.refusal;
    const { value } = parsed.input;
    if (value === undefined) return badParameter('Property value is required.');
    if (store.deleted.has(name.toLowerCase())) return refuseDeletedName(name);
    return answer(bundleSecret(vault, store.add(name, { ...parsed.input, value }, now)));
  },
  getSecret({ name, version }, _request, { store, vault }) {
    const secret = find(store, name, version);
    if (!secret) return secretNotFound(version ? `${name}/${version}` : name);
    if (secret.enabled) return answer(bundleSecret(vault, secret));
    return vaultError(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', 'SecretDisabled');
  },
  updateSecret({ name, version }, request, { store, vault, now }) {
    const parsed = readSecretInput(request.body);
    if ('refusal' in parsed) return parsed.refusal;
    const secret = find(store, name, version);
    if (!secret) return secretNotFound(name);
    const { value: _value, ...changes } = parsed.input;
    Object.assign(secret, changes, { updated: Math.floor(now / 1000) });
    return answer(describeSecret(vault, secret));
  },
  listVersions({ name }, request, { store, vault, pageSize, versionsOfMissing }) {
    const versions = store.versions(name);
    if (versions.length === 0 && versionsOfMissing === 'not-found') return secretNotFound(name);
    if (versions.length === 0 && versionsOfMissing === 'bare-404') return { status: 404 };
    const items = versions.map((secret) => ({ key: secret.version, item: describeSecret(vault, secret) }));
    return listPage(vault, request, items, pageSize);
  },
  listSecrets(_operation, request, { store, vault, pageSize }) {
    const latest = [...store.secrets.values()].flatMap((versions) => versions.slice(-1));
    const items = latest.map((secret) => ({ key: secret.name, item: describeSecret(vault, secret, false) }));
    return listPage(vault, request, items, pageSize);
  },
  deleteSecret({ name }, _request, { store, vault, now }) {
    const deleted = store.softDelete(name, now);
    return deleted ? answer(describeDeleted(vault, deleted)) : secretNotFound(name);
  },
  getDeletedSecret({ name }, _request, { store, vault }) {
    const deleted = store.deleted.get(name.toLowerCase());
    return deleted ? answer(describeDeleted(vault, deleted)) : secretNotFound(name);
  },
  recoverSecret({ name }, _request, { store, vault }) {
    const secret = store.recover(name);
    return secret ? answer(describeSecret(vault, secret)) : secretNotFound(name);
  },
  purgeSecret({ name }, _request, { store }) {
    return store.deleted.delete(name.toLowerCase()) ? { status: 204 } : secretNotFound(name);
  },
};

/** Performs an operation after authentication, permissions and its name were checked. */
export function handleOperation(operation: VaultOperation, request: WireRequest, context: VaultContext): WireAnswer {
  const handler = HANDLERS[operation.operation];
  return handler ? handler(operation, request, context) : vaultError(404, 'NotFound', 'No such operation.');
}

function find(store: SecretStore, name: string, version: string): ReturnType<SecretStore['latest']> {
  if (version === '') return store.latest(name);
  return store.versions(name).find((secret) => secret.version === version.toLowerCase());
}

function refuseDeletedName(name: string): WireAnswer {
  const message = `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`;
  return vaultError(409, 'Conflict', message, 'ObjectIsDeletedButRecoverable');
}

function answer(body: Record<string, unknown>): WireAnswer {
  return { status: 200, body: JSON.stringify(body) };
}
