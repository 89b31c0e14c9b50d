import { OnboardingError } from '../../shared/errors/onboarding-error.ts';
import { explainRefusal as explainVault } from '../../shared/key-vault/explain-refusal.ts';
import { UpstreamError } from '../../shared/network/upstream-error.ts';
import { SignInRefusal } from '../../shared/partner-center/sign-in/sign-in-refusal.ts';
import { ConsentRefusal } from './consent-refusal.ts';

/** Any failure of a consent as a message for the operator; `faults` are the problems found in the partner secrets. */
export function explainRefusal(error: unknown, faults: readonly string[]): ConsentRefusal {
  if (error instanceof ConsentRefusal) return error;
  if (error instanceof SignInRefusal) {
    const { code, claim, reason } = error.refusal;
    const what = code ?? (claim ? `claim ${claim}` : undefined);
    return new ConsentRefusal(what ? `${reason} (${what})` : reason);
  }
  if (error instanceof OnboardingError) {
    const found = faults.map((fault) => `\n  ${fault}`).join('');
    return new ConsentRefusal(`The partner secrets cannot be used:${found || ` ${error.message}`}`);
  }
  if (error instanceof UpstreamError) {
    const { upstream, operation, status, reason, code } = error.failure;
    const refusal = upstream === 'key-vault' ? explainVault(error.failure, 'set') : undefined;
    const isRole = status === 403 && !/Firewall|Connection|Disabled/.test(code ?? '');
    const hints: Readonly<Record<string, string>> = {
      'key-vault':
        refusal && !isRole
          ? `${refusal.reason}: ${refusal.remedy}.`
          : 'Your account needs the role Key Vault Secrets Officer on the partner vault.',
      entra: 'Check PARTNER_CLOUD and PARTNER_AUTHORITY_URL, or try again.',
      'managed-identity': 'Sign in with "az login", or check AZURE_CLIENT_ID.',
    };
    const answer = [status ?? reason, code].filter(Boolean).join(' ');
    return new ConsentRefusal(`${upstream} failed at ${operation} (${answer}). ${hints[upstream] ?? ''}`.trim());
  }
  return new ConsentRefusal('Something unexpected failed; nothing was stored.');
}
