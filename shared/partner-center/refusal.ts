import type { Incoming } from '../network/send.ts';
import { field, isObject, strings } from './read-field.ts';
import { findRefusedField } from './refused-field.ts';

export interface Refusal {
  /** Partner Center's code as a string, for example `27002`; undefined if the body has none or there is no body. */
  readonly code: string | undefined;
  /** Whether the text says that the domain already exists. The text itself is discarded: it may contain customer data. */
  readonly domainExists: boolean;
  /** The payload field that was refused, if Partner Center names one. */
  readonly target: string | undefined;
}

// "used to", "used for" and the like describe a purpose; they do not mean that the domain is taken.
const held = '(in use|used(?! (to|for|as|when)\\b)|taken|registered)';
const saysTaken = new RegExp(
  [
    `(?<!not )already (being )?(${held}|exists?|belongs)`,
    `(is|are|was|were|been) (being )?${held}`,
    'exists? already|belongs to|another \\w+ (is using|(already )?(uses|owns|has))|not available|(is|was) unavailable',
  ].join('|'),
  'i',
);
/** The first match is the subject of a sentence. */
const subject =
  /domain|e ?mail|address|company name|agreement|phone|(registration|tax|vat) (number|id)|\busers?\b|quota|sandbox|request id|subscription|\boffer/i;
/** Terms that imply a domain without the word: the suffix of an initial domain, a prefix, a tenant. */
const domainByOtherWords =
  /\.(onmicrosoft|onmschina|ccsctp)\b|\b(sub ?domain|prefix|tenant)\b|another (organi[sz]ation|company|customer|partner|directory)/i;
/** Codes for an invalid value in the request. They never mean that the domain exists, whatever their text says. */
const aboutValues = new Set(['2001', '27002', '600002', '600049', '600050', '600051']);

/** Reads an error body in every form that Partner Center uses: code and description, code and message, statusCode and message, empty. */
export function readRefusal({ text }: Pick<Incoming, 'text'>): Refusal {
  const body = parse(text);
  const code = isObject(body) ? (body['code'] ?? body['errorCode']) : undefined;
  const readable = typeof code === 'number' || typeof code === 'string' ? String(code).trim() : '';
  const said = shorten(['description', 'message', 'errorName'].flatMap((name) => field(body, name) ?? []));
  const data = shorten(strings(body, 'data'));
  const texts = [field(body, 'code') ?? '', ...said, ...data];
  return {
    // The code appears in our logs and responses, so anything that is not a code is dropped.
    code: /^[A-Za-z0-9_]{1,40}$/.test(readable) ? readable : undefined,
    domainExists: !aboutValues.has(readable) && sayDomainExists(texts),
    target: findRefusedField(data, said),
  };
}

/** Limits the texts, so that matching them is bounded. Partner Center writes at most 1024 characters ("REST error codes"). */
function shorten(texts: readonly string[]): string[] {
  return texts.slice(0, 20).map((text) => text.slice(0, 2000));
}

/**
 * Whether the texts say that the domain is taken: one sentence mentions a domain, and one says "taken" about the domain or without a subject.
 * Error and property names are split into words first.
 */
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
