import { infraFiles, infraText } from './infra.ts';

/** A resource as predicted by the compiler. A value known only at deployment is an expression in brackets. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The resources for one set of parameters. */
export interface Snapshot {
  readonly name: string;
  readonly resources: readonly Resource[];
}

interface Written {
  readonly predictedResources: readonly Resource[];
}

const ending = '.snapshot.json';

/** All snapshots by name. */
export const snapshots: ReadonlyMap<string, Snapshot> = new Map(
  infraFiles(ending).map((file) => {
    const name = file.slice('snapshots/'.length, -ending.length);
    return [name, { name, resources: (JSON.parse(infraText(file)) as Written).predictedResources }];
  }),
);

/** The snapshot of this name; throws if it does not exist. */
export function snapshotOf(name: string): Snapshot {
  const found = snapshots.get(name);
  if (!found) throw new Error(`snapshot ${name} does not exist`);
  return found;
}

/** All resources of a type. */
export const ofType = ({ resources }: Snapshot, type: string): Resource[] =>
  resources.filter((one) => one.type === type);

/** True for the option that deploys no roles and locks. */
export const leavesRights = ({ name }: Snapshot): boolean => name === 'contributor';

/** The value at a path such as `properties.logs.0.enabled`. */
export function at(resource: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }, resource);
}

/** Resources of a type that extend a resource, such as its lock. */
export const carriedBy = (snapshot: Snapshot, type: string, { id }: Resource): Resource[] =>
  ofType(snapshot, type).filter((one) => one.id.includes(`${id}/providers/`) || one.id.includes(`'${id}'`));

/** Complaints about resources of a type with other values than expected; `undefined` expects a property to be absent. */
export function expectAt(snapshot: Snapshot, type: string, wanted: Readonly<Record<string, unknown>>): string[] {
  return ofType(snapshot, type).flatMap((one) =>
    Object.entries(wanted)
      .filter(([path, value]) => JSON.stringify(at(one, path)) !== JSON.stringify(value))
      .map(([path]) => `${snapshot.name}, ${one.name}: ${path} is ${JSON.stringify(at(one, path))}`),
  );
}

/** A complaint unless the condition holds. */
export const complainUnless = (holds: boolean, complaint: string): string[] => (holds ? [] : [complaint]);

/** All settings in the template. A value known only at deployment stays an expression. */
export function writtenSettings(snapshot: Snapshot): Map<string, string> {
  const text = ofType(snapshot, 'Microsoft.Web/sites').map((site) => at(site, 'properties.siteConfig.appSettings'));
  const pairs = String(text).matchAll(
    /createObject\('(?:name|key)', '(\w+)', 'value', (.*?)\)(?=, createObject|\), )/g,
  );
  return new Map([...pairs].map(([, name = '', value = '']) => [name, value.replace(/^'(.*)'$/, '$1')] as const));
}

/** The settings that are deployed: those with a value. */
export const settingsOf = (snapshot: Snapshot): Map<string, string> =>
  new Map([...writtenSettings(snapshot)].filter(([, value]) => value !== ''));
