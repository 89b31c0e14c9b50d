import type { FunctionMetadata } from './core-types.ts';
import { compareTemplates, matchTemplate, parseTemplate, type Segment } from './route-template.ts';

export interface Route {
  readonly functionName: string;
  readonly bindingName: string;
  readonly authLevel: string;
  readonly methods: readonly string[];
  readonly template: readonly Segment[];
}

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Record<string, string>;
}

/** The HTTP routes of the registered functions, in the order in which the host tries them. */
export function buildRoutes(functions: Iterable<FunctionMetadata>, prefix: string): readonly Route[] {
  const routes: Route[] = [];
  for (const { name, bindings } of functions) {
    for (const [bindingName, binding] of Object.entries(bindings)) {
      if (binding.type !== 'httpTrigger') continue;
      routes.push({
        functionName: name,
        bindingName,
        authLevel: (binding.authLevel ?? 'function').toLowerCase(),
        methods: (binding.methods ?? []).map((method) => method.toUpperCase()),
        template: parseTemplate(`${prefix}/${binding.route ?? name}`),
      });
    }
  }
  return routes.sort((left, right) => compareTemplates(left.template, right.template));
}

/** The route for a method and a raw path. A wrong method means that there is no route: the host never answers 405. */
export function findRoute(routes: readonly Route[], method: string, rawPath: string): RouteMatch | undefined {
  const path = splitPath(rawPath);
  for (const route of routes) {
    if (route.methods.length > 0 && !route.methods.includes(method)) continue;
    const parameters = matchTemplate(route.template, path);
    if (parameters) return { route, parameters };
  }
  return undefined;
}

/**
 * Splits and decodes a path as Kestrel does: `%2F` stays encoded, other escapes are decoded, one trailing slash is
 * ignored.
 */
function splitPath(rawPath: string): readonly string[] {
  const segments: string[] = [];
  for (const raw of rawPath.replace(/^\//, '').replace(/\/$/, '').split('/')) {
    const segment = raw
      .split(/(%2f)/i)
      .map((part) => (/^%2f$/i.test(part) ? part : decodeEscapes(part)))
      .join('');
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return segments;
}

function decodeEscapes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
