/**
 * Searches a text for secrets: verbatim, in base64 and base64url at each of the three alignments, in hex, URL-encoded, form-encoded, JSON-escaped and
 * HTML-escaped, and a middle part of long ones. Returns one finding for each secret and form, such as `secret 2 as hex`, never the secret.
 */
export function findLeaks(text: string, secrets: Iterable<string>): string[] {
  const lower = text.toLowerCase();
  return [...secrets].flatMap((secret, index) => {
    if (secret.length < 6) throw new RangeError('a canary needs six characters, or it is found by chance');
    return listForms(secret)
      .filter(({ form, anyCase }) => (anyCase ? lower.includes(form.toLowerCase()) : text.includes(form)))
      .map(({ name }) => `secret ${index + 1} as ${name}`);
  });
}

interface Form {
  readonly name: string;
  readonly form: string;
  /** Hex digits and escapes come in upper and lower case. */
  readonly anyCase?: boolean;
}

function listForms(secret: string): Form[] {
  const bytes = Buffer.from(secret, 'utf8');
  const escaped = JSON.stringify(secret).slice(1, -1);
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const third = Math.floor(secret.length / 3);
  const [entities, decimal] = [escapeHtml(secret, '&quot;', '&#39;'), escapeHtml(secret, '&#34;', '&#x27;')];
  return [
    { name: 'it is', form: secret },
    ...[0, 1, 2].flatMap((offset) => {
      const base64 = encodeAt(bytes, offset);
      const base64url = base64.replaceAll('+', '-').replaceAll('/', '_');
      return [
        { name: `base64 at ${offset}`, form: base64 },
        { name: `base64url at ${offset}`, form: base64url },
      ];
    }),
    { name: 'hex', form: bytes.toString('hex'), anyCase: true },
    { name: 'UTF-16 hex', form: Buffer.from(secret, 'utf16le').toString('hex'), anyCase: true },
    { name: 'URL-encoded', form: encodeURIComponent(secret), anyCase: true },
    { name: 'form-encoded', form, anyCase: true },
    { name: 'JSON-escaped', form: escaped },
    { name: 'JSON-escaped twice', form: JSON.stringify(escaped).slice(1, -1) },
    { name: 'HTML-escaped', form: entities, anyCase: true },
    { name: 'HTML-escaped with numbers', form: decimal, anyCase: true },
    ...(secret.length < 48 ? [] : [{ name: 'a piece', form: secret.slice(third, third + 24) }]),
  ];
}

/** The base64 digits that depend only on the secret, whatever surrounds it: it begins `offset` bytes into a group. */
function encodeAt(bytes: Buffer, offset: number): string {
  const digits = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const start = [0, 2, 3][offset] ?? 0;
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return digits.slice(start, whole);
}

function escapeHtml(text: string, quote: string, apostrophe: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': quote,
    "'": apostrophe,
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
