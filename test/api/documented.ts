import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';

type Part = Record<string, unknown>;
interface DocumentedAnswer {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content?: Readonly<Record<string, { readonly schema: Part; readonly examples?: Part }>>;
}
interface DocumentedOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: {
    readonly schemas: Part;
    readonly examples: Readonly<Record<string, { readonly value: Part }>>;
  };
}

/** The OpenAPI document in git. */
export const document = JSON.parse(
  readFileSync(new URL('../../infra/openapi.json', import.meta.url), 'utf8'),
) as OpenApiDocument;

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
ajv.addSchema(close({ components: { schemas: document.components.schemas } }) as Part, 'document');
const compiled = new Map<string, ValidateFunction>();

/** The violations of a schema of the document by a body; unknown fields count. Empty if it is valid. */
export function findFaults(schema: Part, body: unknown): unknown[] {
  const text = JSON.stringify(close(schema)).replaceAll('"#/components', '"document#/components');
  const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text) as Part);
  compiled.set(text, validate);
  return validate(body) ? [] : (validate.errors ?? []);
}

/** The body of an answer, after status, type, headers, code and schema were checked against the document. */
export async function readDocumented(operationId: string, answer: Response): Promise<Part> {
  const operation = Object.values(document.paths)
    .flatMap((verbs) => Object.values(verbs))
    .find((one) => one.operationId === operationId);
  const documented = operation?.responses[answer.status];
  const body = (await answer.json()) as Part;
  const type = answer.headers.get('content-type') ?? '';
  const content = documented?.content?.[type];
  expect({ operationId, status: answer.status, type, isDocumented: content !== undefined }).toMatchObject({
    isDocumented: true,
  });
  expect(findFaults(content?.schema ?? {}, body)).toEqual([]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const own = ['location', 'idempotent-replayed', 'retry-after', 'x-ms-error-code'].filter((name) =>
    answer.headers.has(name),
  );
  const known = Object.keys(documented?.headers ?? {}).map((name) => name.toLowerCase());
  expect(own.filter((name) => !known.includes(name))).toEqual([]);
  if (answer.status >= 400) {
    const { code } = body as { code: string };
    expect(Object.keys(content?.examples ?? {})).toContain(code);
    expect(body).toMatchObject({
      status: answer.status,
      error: { code },
      correlationId: answer.headers.get('x-correlation-id'),
    });
    expect(answer.headers.get('x-ms-error-code')).toBe(code);
  }
  return body;
}

/** Answers must not have undocumented fields, although clients must tolerate them. */
function close(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((item) => close(item));
  const closed = Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, close(inner)]));
  return 'properties' in part && 'type' in part ? { ...closed, additionalProperties: false } : closed;
}
