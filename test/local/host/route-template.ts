/** One segment of a route template: a literal, or a parameter with its constraints. */
export interface Segment {
  readonly literal?: string;
  readonly parameter?: string;
  readonly constraints: readonly ((value: string) => boolean)[];
  readonly optional: boolean;
  readonly catchAll: boolean;
}

/**
 * Parses a route template such as `v1/customers/{domain}`; see "Route constraints" of ASP.NET Core routing.
 * Throws on unknown constraints.
 */
export function parseTemplate(template: string): readonly Segment[] {
  return template
    .split('/')
    .filter((part) => part !== '')
    .map(parseSegment);
}

/** Sorts literals before constrained parameters before free ones before catch-alls, segment by segment. */
export function compareTemplates(left: readonly Segment[], right: readonly Segment[]): number {
  return rankTemplate(left).localeCompare(rankTemplate(right));
}

/** The route parameters by name, or undefined if the path does not match. Literals are compared without case. */
export function matchTemplate(
  template: readonly Segment[],
  path: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const rest = path.slice(index);
    if (segment.catchAll && segment.parameter) return { ...parameters, [segment.parameter]: rest.join('/') };
    const value = rest[0];
    if (value === undefined) return segment.optional ? parameters : undefined;
    if (segment.literal !== undefined && segment.literal.toLowerCase() !== value.toLowerCase()) return undefined;
    if (value === '' || !segment.constraints.every((allows) => allows(value))) return undefined;
    if (segment.parameter) parameters[segment.parameter] = value;
  }
  return path.length > template.length ? undefined : parameters;
}

function parseSegment(part: string): Segment {
  const match = /^\{(\*{0,2})(\w+)((?::[^?{}]+)*)(\??)\}$/.exec(part);
  if (!match) {
    if (/[{}]/.test(part)) throw new Error(`Route segment not supported by the local host: ${part}`);
    return { literal: part, constraints: [], optional: false, catchAll: false };
  }
  const [, stars, parameter = '', constraints = '', optional] = match;
  return {
    parameter,
    constraints: constraints.split(':').filter(Boolean).map(parseConstraint),
    optional: optional === '?',
    catchAll: stars !== '',
  };
}

const patterns: Readonly<Record<string, RegExp>> = {
  int: /^-?\d{1,10}$/,
  long: /^-?\d{1,19}$/,
  bool: /^(true|false)$/i,
  alpha: /^[a-z]*$/i,
  guid: /^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i,
};

function parseConstraint(text: string): (value: string) => boolean {
  const pattern = patterns[text];
  if (pattern) return (value) => pattern.test(value);
  const [, name, from, to] = /^(length|minlength|maxlength)\((\d+)(?:,(\d+))?\)$/.exec(text) ?? [];
  const limit = Number(from);
  if (name === 'minlength') return (value) => value.length >= limit;
  if (name === 'maxlength') return (value) => value.length <= limit;
  if (name === 'length') return (value) => value.length >= limit && value.length <= Number(to ?? from);
  throw new Error(`Route constraint not supported by the local host: ${text}`);
}

function rankTemplate(template: readonly Segment[]): string {
  const rank = (segment: Segment): string => {
    if (segment.literal !== undefined) return '1';
    if (segment.catchAll) return '5';
    return segment.constraints.length > 0 ? '2' : '3';
  };
  return template.map(rank).join('');
}
