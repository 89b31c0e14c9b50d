import { snapshotOf, type Resource, type Snapshot } from './snapshot.ts';

/** A change to a resource of a snapshot that a check must find. Without a path, the resource is removed. */
export interface Break {
  readonly snapshot: string;
  readonly type: string;
  readonly path: string;
  readonly value: unknown;
  /** Part of the resource's id; empty for the first of its type. */
  readonly id: string;
}

/** A review check for every snapshot, and changes that it must find. */
export interface ReviewCheck {
  readonly title: string;
  readonly check: (snapshot: Snapshot) => string[];
  readonly broken: readonly Break[];
}

/** Sets a property of the first resource of a type; `undefined` removes it. */
export const wrong = (type: string, path: string, value?: unknown, snapshot = 'dev', id = ''): Break => ({
  snapshot,
  type: `Microsoft.${type}`,
  path,
  value,
  id,
});

/** A copy of the snapshot with the change. */
export function breakSnapshot({ snapshot, type, path, value, id }: Break): Snapshot {
  const { name, resources } = snapshotOf(snapshot);
  const copy = structuredClone(resources) as Resource[];
  const index = copy.findIndex((one) => one.type === type && one.id.includes(id));
  if (index < 0) throw new Error(`${name} has no ${type} ${id}`);
  if (path === '') copy.splice(index, 1);
  else setAt(copy[index], path.split('.'), value);
  return { name, resources: copy };
}

function setAt(target: unknown, [key = '', ...rest]: readonly string[], value: unknown): void {
  const object = target as Record<string, unknown>;
  if (rest.length > 0) setAt(object[key], rest, value);
  else if (value === undefined) delete object[key];
  else object[key] = value;
}
