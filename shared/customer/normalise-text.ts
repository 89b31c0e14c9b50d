const blanks = /[\p{White_Space}]+/gu;
/** Invisible format characters, letters and symbols. Arabic number signs are format characters too, but visible. */
const invisible =
  /(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u200c\u200d])[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;
/** Persian and Indic spelling needs zero-width joiners between letters; anywhere else they are meaningless. */
const joiners = /(?<=[\p{L}\p{M}])([\u200c\u200d])[\u200c\u200d]*(?=[\p{L}\p{M}])|[\u200c\u200d]+/gu;
/** All Unicode dashes, the minus signs, and the Japanese long vowel mark, which is often typed as a dash. */
const dashes = /[\p{Pd}\u2043\u2212\u30fc\uff70]/gu;
const fullWidth = /[\uff01-\uff5e]/g;
/** Control characters, unpaired surrogates, the replacement character, non-characters, and question marks in place of lost characters. */
const damage = /[\p{Cc}\p{Cs}\ufffd\ufffe\uffff]|\?{3}/u;

/** Fields with a number or code, where typographic dashes and full-width characters have no meaning of their own. */
const codes = new Set(['postalCode', 'phoneNumber', 'organizationRegistrationNumber']);
const upperCased = new Set(['postalCode', 'organizationRegistrationNumber']);

/** Normalises a text of the payload (README, "Call it"). Takes more than linear time, so the caller must check the length first. */
export function normaliseText(field: string, text: string): string {
  const visible = text.replaceAll(invisible, '');
  if (!codes.has(field)) return collapse(visible.replaceAll(joiners, '$1')).normalize('NFC');
  const plain = collapse(visible.replaceAll(/[\u200c\u200d]/g, ''))
    .replaceAll(dashes, '-')
    .replaceAll(fullWidth, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0));
  return (upperCased.has(field) ? plain.toUpperCase() : plain).normalize('NFC');
}

function collapse(text: string): string {
  return text.replaceAll(blanks, ' ').trim();
}

/** Whether the sender's encoding damaged a text. Expects the normalised text. */
export function isDamaged(text: string): boolean {
  return damage.test(text);
}
