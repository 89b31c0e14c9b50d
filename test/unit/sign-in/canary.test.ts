import { assert, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { findLeaks } from '../../local/canary.ts';

const secret = `p"a'ss&<wörd>/+ ${'q7~'.repeat(12)}`;
const embed: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in hex': (text) => Buffer.from(text).toString('hex'),
  'in upper-case hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in UTF-16 hex': (text) => Buffer.from(text, 'utf16le').toString('hex'),
  'URL-encoded': encodeURIComponent,
  'form-encoded': (text) => new URLSearchParams({ text }).toString(),
  'JSON-escaped': JSON.stringify,
  'JSON-escaped twice': (text) => JSON.stringify(JSON.stringify(text)),
};

for (const [name, encode] of Object.entries(embed)) {
  test(`finds a secret ${name}, whatever surrounds it`, () => {
    for (const before of ['', 'x', 'xy', 'xyz']) {
      for (const after of ['', '1', '12', '123']) {
        expect(findLeaks(`log: ${encode(before + secret + after)}.`, ['other-secret', secret])).not.toEqual([]);
      }
    }
  });
}

test('finds an HTML-escaped secret, with named or numeric entities', () => {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const named = text.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  const numbered = text.replaceAll('"', '&#34;').replaceAll("'", '&#x27;');
  expect(findLeaks(named, [secret])).toContain('secret 1 as HTML-escaped');
  expect(findLeaks(numbered, [secret])).toContain('secret 1 as HTML-escaped with numbers');
});

test('finds a piece of a long secret that was cut', () => {
  expect(findLeaks(secret.slice(4, 48), [secret])).toEqual(['secret 1 as a piece']);
});

test('finds any secret in base64 at any alignment', () => {
  const anySecret = string({ minLength: 6, maxLength: 80, unit: 'binary' });
  assert(
    property(anySecret, uint8Array({ maxLength: 9 }), uint8Array({ maxLength: 9 }), (text, before, after) => {
      const whole = Buffer.concat([before, Buffer.from(text), after]).toString('base64');
      expect(findLeaks(whole, [text])).not.toEqual([]);
    }),
  );
});

test('reports nothing for a text without the secret', () => {
  expect(findLeaks(`{"length":${secret.length},"secret":"partner-client-secret"}`, [secret])).toEqual([]);
});
