import { createHash } from 'node:crypto';

/** The input of a set; times are whole seconds since the epoch. */
export interface SecretInput {
  readonly value: string;
  readonly contentType?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly enabled?: boolean;
  readonly exp?: number;
  readonly nbf?: number;
}

/** One stored version of a secret. */
export interface SecretVersion {
  /** As it was first written; names are compared without case. */
  readonly name: string;
  /** 32 hexadecimal digits. */
  readonly version: string;
  readonly value: string;
  contentType?: string;
  tags: Readonly<Record<string, string>>;
  enabled: boolean;
  exp?: number;
  nbf?: number;
  /** Whole seconds since the epoch, by the vault's clock. */
  readonly created: number;
  updated: number;
}

export interface DeletedSecret {
  readonly versions: SecretVersion[];
  readonly deletedDate: number;
}

/** The secrets of one vault, live and soft-deleted, by their name in lower case, versions oldest first. */
export class SecretStore {
  readonly secrets = new Map<string, SecretVersion[]>();
  readonly deleted = new Map<string, DeletedSecret>();
  #vault: string;
  #count = 0;

  constructor(vault: string) {
    this.#vault = vault;
  }

  versions(name: string): SecretVersion[] {
    return this.secrets.get(name.toLowerCase()) ?? [];
  }

  latest(name: string): SecretVersion | undefined {
    return this.versions(name).at(-1);
  }

  /** Adds a version; `now` in milliseconds. Version ids are unique and do not reveal their order. */
  add(name: string, input: SecretInput, now: number): SecretVersion {
    const versions = this.versions(name);
    const version = createHash('sha256')
      .update(`${this.#vault} ${++this.#count}`)
      .digest('hex')
      .slice(0, 32);
    const seconds = Math.floor(now / 1000);
    const known = versions[0]?.name ?? name;
    const added: SecretVersion = {
      enabled: true,
      ...input,
      tags: { ...input.tags },
      name: known,
      version,
      created: seconds,
      updated: seconds,
    };
    this.secrets.set(name.toLowerCase(), [...versions, added]);
    return added;
  }

  softDelete(name: string, now: number): DeletedSecret | undefined {
    const versions = this.secrets.get(name.toLowerCase());
    if (!versions) return undefined;
    const deleted = { versions, deletedDate: Math.floor(now / 1000) };
    this.secrets.delete(name.toLowerCase());
    this.deleted.set(name.toLowerCase(), deleted);
    return deleted;
  }

  recover(name: string): SecretVersion | undefined {
    const deleted = this.deleted.get(name.toLowerCase());
    if (!deleted) return undefined;
    this.deleted.delete(name.toLowerCase());
    this.secrets.set(name.toLowerCase(), deleted.versions);
    return deleted.versions.at(-1);
  }
}
