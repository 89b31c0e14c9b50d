import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

/** A resource or module as it is written: expressions stay text, string literals keep their quotes. */
export interface Declaration {
  readonly file: string;
  readonly symbol: string;
  /** `Microsoft.Web/sites` for a resource, the path for a module. */
  readonly type: string;
  readonly version: string;
  readonly existing: boolean;
  /** The condition after `if`, else empty. */
  readonly condition: string;
  /** Every leaf by its path, such as `properties.networkAcls.bypass`, `tags[0]` or, in a loop, `actions[*].id`. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly value: string | undefined;
  /** Arguments of each decorator by its name, as text. */
  readonly decorators: ReadonlyMap<string, string>;
}

/** What one Bicep file declares. */
export interface BicepFile {
  readonly path: string;
  readonly resources: readonly Declaration[];
  readonly modules: readonly Declaration[];
  readonly parameters: readonly Parameter[];
  readonly variables: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  /** Keys of all objects, contents of all strings, and names of all functions that are called. */
  readonly keys: readonly string[];
  readonly strings: readonly string[];
  readonly calls: readonly string[];
}

const require = createRequire(import.meta.url);
await Parser.init();
const grammar = await Language.load(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'));

/** Reads Bicep source; throws on syntax that the grammar of December 2024 does not take, but for `extension`. */
export function parseBicep(path: string, source: string): BicepFile {
  const parser = new Parser();
  parser.setLanguage(grammar);
  const tree = parser.parse(source.replace(/^extension \w+$/m, ''));
  if (!tree || tree.rootNode.hasError) throw new Error(`${path} is not Bicep that the offline parser takes`);
  const root = tree.rootNode;
  const parameters: Parameter[] = [];
  const declarations: Declaration[] = [];
  const variables = new Map<string, string>();
  const outputs = new Map<string, string>();
  let decorators = new Map<string, string>();
  for (const node of root.namedChildren) {
    if (node.type === 'decorators') decorators = readDecorators(node);
    else {
      const name = named(node, 'identifier')[0]?.text ?? '';
      if (node.type === 'parameter_declaration') parameters.push(readParameter(node, name, decorators));
      if (node.type === 'variable_declaration') variables.set(name, node.namedChildren.at(-1)?.text ?? '');
      if (node.type === 'output_declaration') outputs.set(name, node.namedChildren.at(-1)?.text ?? '');
      if (/^(resource|module)_declaration$/.test(node.type)) declarations.push(readDeclaration(path, node, name));
      decorators = new Map();
    }
  }
  return {
    path,
    parameters,
    variables,
    outputs,
    resources: declarations.filter(({ version }) => version !== ''),
    modules: declarations.filter(({ version }) => version === ''),
    keys: root.descendantsOfType('object_property').map((node) => unquote(node.namedChildren[0]?.text ?? '')),
    strings: root.descendantsOfType('string').map((node) => unquote(node.text)),
    calls: root.descendantsOfType('call_expression').map((node) => node.childForFieldName('function')?.text ?? ''),
  };
}

const named = (node: Node, type: string): Node[] => node.namedChildren.filter((child) => child.type === type);
const unquote = (text: string): string => text.replace(/^'+|'+$/g, '');

function readDecorators(node: Node): Map<string, string> {
  return new Map(
    node
      .descendantsOfType('decorator')
      .map(({ text }) => [/^@([\w.]+)/.exec(text)?.[1] ?? '', text.slice(text.indexOf('(') + 1, -1)]),
  );
}

function readParameter(node: Node, name: string, decorators: ReadonlyMap<string, string>): Parameter {
  const last = node.namedChildren.at(-1);
  const value = last?.type === 'type' ? undefined : last?.text;
  return { name, type: named(node, 'type')[0]?.text ?? '', value, decorators };
}

function readDeclaration(file: string, node: Node, symbol: string): Declaration {
  const [type = '', version = ''] = unquote(named(node, 'string')[0]?.text ?? '').split('@');
  const existing = node.children.some((child) => child.type === 'existing' || child.text === 'existing');
  const condition = node.descendantsOfType('if_statement')[0]?.namedChildren[0]?.text.slice(1, -1) ?? '';
  const properties = new Map<string, string>();
  const body = bodyOf(node);
  if (body) flatten(body, '', properties);
  return { file, symbol, type, version, existing, condition, properties };
}

/** The object of a declaration, within its loop and condition. */
function bodyOf(node: Node): Node | undefined {
  const last = node.namedChildren.at(-1);
  if (!last || last.type === 'object') return last;
  return /^(for|if)_statement$/.test(last.type) ? bodyOf(last) : undefined;
}

function flatten(node: Node, path: string, found: Map<string, string>): void {
  if (node.type === 'object' && node.namedChildren.length > 0) {
    for (const property of named(node, 'object_property')) {
      const [key, value] = property.namedChildren;
      if (key && value) flatten(value, path === '' ? unquote(key.text) : `${path}.${unquote(key.text)}`, found);
    }
  } else if (node.type === 'array' && node.namedChildren.length > 0) {
    node.namedChildren
      .filter(({ type }) => type !== 'comment')
      .forEach((item, i) => flatten(item, `${path}[${i}]`, found));
  } else if (node.type === 'for_statement') {
    const body = node.namedChildren.at(-1);
    if (body) flatten(body, `${path}[*]`, found);
  } else {
    found.set(path, node.text);
  }
}
