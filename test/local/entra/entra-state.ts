import type { TokenClaims } from '../wire/tokens.ts';
import type { AppRegistration } from './app-registration.ts';

/** A person's grant to an app, and how that person signed in. */
export interface Grant {
  readonly clientId: string;
  readonly tenantId: string;
  readonly mfa: boolean;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly resource: string;
}

export interface RefreshToken extends Grant {
  readonly token: string;
  /** AADSTS50173 from now on. */
  revoked: boolean;
  /** AADSTS700082 from now on, also before the 90 days. */
  expired: boolean;
}

export interface AuthorizationCode extends Grant {
  readonly code: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly challenge?: string;
  readonly nonce?: string;
  redeemed: boolean;
}

export interface IssuedToken {
  readonly grantType: string;
  readonly credential: ClientCredentialKind;
  readonly claims: TokenClaims;
  readonly accessToken: string;
  readonly refreshToken?: string;
}

export type ClientCredentialKind = 'secret' | 'certificate' | 'federated';

/** How the person at the authorize endpoint behaves. */
export interface SignIn {
  /** `when-asked`: only for a request with `amr_values=mfa`. */
  mfa: boolean | 'when-asked';
  /** An AADSTS error to return instead of a code; 65004 is a person who declines (`access_denied`). */
  refusal?: number;
  /** Returned instead of the state that was sent. */
  state?: string;
  /** The person's tenant, if it differs from the requested one. */
  tenantId?: string;
}

/** The state of the emulator, and the knobs that make its tokens invalid. */
export interface EntraState {
  readonly tenants: Set<string>;
  /** The resources for which tokens are issued; others get AADSTS500011. */
  readonly resources: Set<string>;
  /** By client id in lower case. */
  readonly clients: Map<string, AppRegistration>;
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly codes: Map<string, AuthorizationCode>;
  /** The `jti` of every assertion that was accepted. */
  readonly usedAssertions: Set<string>;
  readonly issued: IssuedToken[];
  readonly signIn: SignIn;
  tokenLifetimeSeconds: number;
  /** Answers with no `refresh_token`, or with an empty one. */
  refreshTokenAnswer: 'rotate' | 'omit' | 'empty';
  /** Changes the claims of every access token before it is signed, for example its audience or `amr`. */
  alterClaims: ((claims: TokenClaims) => TokenClaims) | undefined;
}
