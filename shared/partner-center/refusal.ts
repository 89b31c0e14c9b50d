import type { Incoming } from '../network/send.ts';
import { field, isObject, strings } from './read-field.ts';
import { findRefusedField } from './refused-field.ts';

export interface Refusal {
  /** Partner Center's code as text, for example `27002`; absent where the body has none or there is no body. */
  readonly code: string | undefined;
  /** Whether the text says that the domain exists already. The text itself goes no further: it may hold customer data. */
  readonly domainExists: boolean;
  /** The field of the payload that it is about, where Partner Center names one. */
  readonly target: string | undefined;
}

// What a domain is used for says nothing.
const held = '(in use|used(?! (to|for|as|when)\\b)|taken|registered)';
const saysTaken = new RegExp(
  [
    `(?<!not )already (being )?(${held}|exists?|belongs)`,
    `(is|are|was|were|been) (being )?${held}`,
    'exists? already|belongs to|another \\w+ (is using|(already )?(uses|owns|has))|not available|(is|was) unavailable',
  ].join('|'),
  'i',
);
/** What a sentence is about: the first of these in it. */
const subject =
  /domain|e ?mail|address|company name|agreement|phone|(registration|tax|vat) (number|id)|\busers?\b|quota|sandbox|request id|subscription|\boffer/i;
/** What says so without the word domain: an initial domain by its suffix, a prefix, a tenant. */
const domainByOtherWords =
  /\.(onmicrosoft|onmschina|ccsctp)\b|\b(sub ?domain|prefix|tenant)\b|another (organi[sz]ation|company|customer|partner|directory)/i;
/** Codes that speak of a value of the request, whatever their text says of domains. */
const aboutValues = new Set(['2001', '27002', '600002', '600049', '600050', '600051']);

/** Reads an error body in any of the shapes that Partner Center uses: code and description, code and message, statusCode and message, none. */
export function readRefusal({ text }: Pick<Incoming, 'text'>): Refusal {
  const body = parse(text);
  const code = isObject(body) ? (body['code'] ?? body['errorCode']) : undefined;
  const readable = typeof code === 'number' || typeof code === 'string' ? String(code).trim() : '';
  const said = shorten(['description', 'message', 'errorName'].flatMap((name) => field(body, name) ?? []));
  const data = shorten(strings(body, 'data'));
  const texts = [field(body, 'code') ?? '', ...said, ...data];
  return {
    // Our own logs and answers carry the code, so nothing but a code may pass.
    code: /^[A-Za-z0-9_]{1,40}$/.test(readable) ? readable : undefined,
    domainExists: !aboutValues.has(readable) && sayDomainExists(texts),
    target: findRefusedField(data, said),
  };
}

/** As much of its texts as Partner Center ever writes ("REST error codes": 1024 characters): the work on them may not grow without bound. */
function shorten(texts: readonly string[]): string[] {
  return texts.slice(0, 20).map((text) => text.slice(0, 2000));
}

/** Names of errors and of properties are read as words. What is taken is the domain, or not named beside a domain that is. */
function sayDomainExists(texts: readonly string[]): boolean {
  const sentences = texts.flatMap((text) =>
    text
      .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
      .replaceAll(/[_-]/g, ' ')
      .split(/[.!?]\s/),
  );
  const ofOther = (sentence: string): boolean => !/^domain$/i.test(subject.exec(sentence)?.[0] ?? 'domain');
  return (
    sentences.some((sentence) => /domain/i.test(sentence) || domainByOtherWords.test(sentence)) &&
    sentences.some((sentence) => saysTaken.test(sentence) && !ofOther(sentence))
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}
