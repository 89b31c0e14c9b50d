import { snapshotOf, type Resource, type Snapshot } from './snapshot.ts';

/** A change to a resource of a snapshot that must make a check complain; without a path the resource is gone. */
export interface Break {
  readonly snapshot: string;
  readonly type: string;
  readonly path: string;
  readonly value: unknown;
  /** Part of the resource's id, where the first of its type is not meant. */
  readonly id: string;
}

/** One review check: what must hold of every snapshot, and changes that it must notice. */
export interface ReviewCheck {
  readonly title: string;
  readonly check: (snapshot: Snapshot) => string[];
  readonly broken: readonly Break[];
}

/** The first resource of a type with another value at a path; `undefined` takes the property away. */
export const wrong = (type: string, path: string, value?: unknown, snapshot = 'dev', id = ''): Break => ({
  snapshot,
  type: `Microsoft.${type}`,
  path,
  value,
  id,
});

/** The snapshot with the change made to it. */
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
