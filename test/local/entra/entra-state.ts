import type { TokenClaims } from '../wire/tokens.ts';
import type { AppRegistration } from './app-registration.ts';

/** A person's grant to an app, and how that person had signed in. */
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
  /** AADSTS700082 from now on, also before its 90 days. */
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
  /** An AADSTS code to go back with instead of a code; 65004 is a person who says no (`access_denied`). */
  refusal?: number;
  /** Goes back in place of the state that was sent. */
  state?: string;
  /** The person's tenant, when it is not the one that was asked for. */
  tenantId?: string;
}

/** Everything that the emulator knows, and the knobs by which its tokens can be spoiled. */
export interface EntraState {
  readonly tenants: Set<string>;
  /** For which resources tokens are given out; others get AADSTS500011. */
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
