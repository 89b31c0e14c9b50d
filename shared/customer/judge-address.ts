import type { ErrorDetail } from '../errors/onboarding-error.ts';
import type { AddressVerdict } from '../partner-center/validate-address.ts';
import type { Settings } from '../settings/settings.ts';
import type { CustomerPayload } from './payload.ts';

export interface AddressJudgement {
  /** Why the address is refused; empty if it is accepted. */
  readonly refusals: readonly ErrorDetail[];
  readonly warnings: readonly ErrorDetail[];
}

const verified = new Set(['verified', 'verifiedshippable']);
const sentences: Readonly<Record<string, string>> = {
  interactionrequired:
    'The address differs a lot from the one that Partner Center knows. Compare it with the suggestion.',
  streetpartial: 'The street is not complete. Add what is missing.',
  premisespartial: 'The building or suite is not complete. Add what is missing.',
  multiple: 'Several parts of the address are not complete. Add what is missing.',
  none: 'Partner Center does not know this address. Correct it.',
  misunderstood:
    'Partner Center could not check this address, for example because it expects a field that this country does not have. Check country, state and postalCode. If the address is right, send addressConfirmed true.',
  notvalidated: 'Partner Center could not check this address. Look it over once more.',
};

/** How strictly to check the address of a payload: `addressConfirmed` relaxes strict to lenient. */
export function addressModeOf(
  payload: CustomerPayload,
  { addressValidation }: Settings,
): Settings['addressValidation'] {
  return payload.addressConfirmed === true && addressValidation === 'strict' ? 'lenient' : addressValidation;
}

/** Applies the setting `ADDRESS_VALIDATION` to Partner Center's verdict on an address. Suggestions include only the fields that differ. */
export function judgeAddress(
  verdict: AddressVerdict | undefined,
  address: Readonly<Record<string, string | undefined>>,
  mode: Settings['addressValidation'],
): AddressJudgement {
  if (!verdict || mode === 'off' || verified.has(verdict.status)) return { refusals: [], warnings: [] };
  const message =
    (Object.hasOwn(sentences, verdict.status) ? sentences[verdict.status] : undefined) ??
    'Partner Center is not sure of this address. Look it over once more.';
  const passes = verdict.status === 'notvalidated' || (mode === 'lenient' && verdict.status !== 'none');
  const code = verdict.status === 'notvalidated' ? 'AddressNotValidated' : 'AddressNotVerified';
  // If the address could not be checked, nothing shows that the street is wrong.
  const target = verdict.status === 'misunderstood' ? (verdict.field ?? 'country') : 'addressLine1';
  const finding = { code, target, message };
  if (passes) return { refusals: [], warnings: [finding] };
  return { refusals: [finding, ...suggest(verdict, address)], warnings: [] };
}

function suggest(verdict: AddressVerdict, address: Readonly<Record<string, string | undefined>>): ErrorDetail[] {
  return verdict.suggestions.flatMap((suggestion) =>
    Object.entries(suggestion)
      .filter(([name, value]) => value.toLowerCase() !== address[name]?.toLowerCase())
      .map(([target, value]) => ({ code: 'Suggestion', target, message: `Partner Center suggests: ${value}` })),
  );
}
