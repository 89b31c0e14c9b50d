import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import type { AppRegistration } from './app-registration.ts';
import { EntraRefusal } from './entra-refusal.ts';
import type { EntraState } from './entra-state.ts';
import { findAudience } from './find-audience.ts';
import { makeOpaque } from './issue-tokens.ts';
import { findApp, readEndpoint } from './read-token-request.ts';

const S256_CHALLENGE = /^[\w-]{43}$/;

/**
 * The authorize endpoint with a person who signs in at once, as `signIn` says. An unknown app or redirect address gets an error page and no redirect
 * ("OAuth 2.0 authorization code flow").
 */
export function answerAuthorize(state: EntraState, request: WireRequest): WireAnswer {
  const { query } = request;
  const { tenant = '', version = 2 } = readEndpoint(request.path) ?? {};
  const app = findApp(state, tenant, query.get('client_id'));
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app.redirectUris.some((known) => isSameAddress(known, redirectUri))) throw new EntraRefusal(50011);
  const outcome = new URLSearchParams();
  try {
    outcome.set('code', createCode(state, { query, version, app, redirectUri }));
  } catch (error) {
    if (!(error instanceof EntraRefusal)) throw error;
    outcome.set('error', error.entry.error);
    outcome.set('error_description', error.message);
  }
  const stateSent = state.signIn.state ?? query.get('state');
  if (stateSent !== null) outcome.set('state', stateSent);
  const separator = redirectUri.includes('?') ? '&' : '?';
  return { status: 302, headers: { location: `${redirectUri}${separator}${outcome.toString()}` } };
}

/** The page that a person sees instead of a redirect. */
export function showRefusal(refusal: EntraRefusal): WireAnswer {
  const body = `<!DOCTYPE html><html><title>Sign in to your account</title><p>${refusal.message.replaceAll('<', '&lt;')}</p></html>`;
  return { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

interface Asked {
  readonly query: URLSearchParams;
  readonly version: 1 | 2;
  readonly app: AppRegistration;
  readonly redirectUri: string;
}

function createCode(state: EntraState, { query, version, app, redirectUri }: Asked): string {
  const { signIn } = state;
  if (query.get('response_type') !== 'code') throw new EntraRefusal(900144, "Parameter: 'response_type'.");
  const challenge = query.get('code_challenge');
  const proper = query.get('code_challenge_method') === 'S256' && S256_CHALLENGE.test(challenge ?? '');
  if (challenge !== null && !proper) throw new EntraRefusal(501481, 'Only S256 is taken.');
  const { resource } = findAudience(state, version, query);
  if (signIn.refusal !== undefined) throw new EntraRefusal(signIn.refusal);
  const mfa = signIn.mfa === 'when-asked' ? query.get('amr_values') === 'mfa' : signIn.mfa;
  const code = `1.${makeOpaque()}`;
  const nonce = query.get('nonce');
  state.codes.set(code, {
    code,
    clientId: app.clientId,
    tenantId: signIn.tenantId ?? app.tenantId,
    mfa,
    issuedAt: Math.floor(Date.now() / 1000),
    resource,
    scope: query.get('scope') ?? '',
    redirectUri,
    ...(challenge === null ? {} : { challenge }),
    ...(nonce === null ? {} : { nonce }),
    redeemed: false,
  });
  return code;
}

/** Whether an address is the registered one; on loopback any port matches. */
function isSameAddress(known: string, asked: string): boolean {
  if (!URL.canParse(asked)) return false;
  const [one, other] = [new URL(known), new URL(asked)];
  if (['localhost', '127.0.0.1', '[::1]'].includes(one.hostname)) {
    one.port = other.port;
    if (one.pathname === '/') one.pathname = other.pathname;
  }
  return one.href === other.href;
}
