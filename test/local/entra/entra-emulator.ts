import type { EmulatorServer } from '../wire/emulator-server.ts';
import type { TokenClaims } from '../wire/tokens.ts';
import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import { answerAuthorize, showRefusal } from './answer-authorize.ts';
import { answerGrant } from './answer-grant.ts';
import { createRegistration, type AppInput, type AppRegistration } from './app-registration.ts';
import { answerRefusal, EntraRefusal, readErrorCode } from './entra-refusal.ts';
import type { AuthorizationCode, EntraState, IssuedToken, RefreshToken, SignIn } from './entra-state.ts';
import { addRefreshToken } from './issue-tokens.ts';
import { readEndpoint, readTokenRequest } from './read-token-request.ts';

export interface EntraOptions {
  readonly port?: number;
  /** The partner's tenant, where apps are registered by default. */
  readonly tenantId?: string;
}

/** The contents of a refresh token; everything except the app has a default. */
export interface RefreshTokenInput {
  readonly clientId: string;
  readonly token?: string;
  readonly tenantId?: string;
  /** Whether the sign-in had multi-factor authentication; true by default. */
  readonly mfa?: boolean;
  /** Seconds since the epoch; now by default. */
  readonly issuedAt?: number;
  readonly resource?: string;
}

export const EMULATED_PARTNER_TENANT_ID = '8a6c2f1d-3e7b-4d59-9c10-5b7e2d9f4c33';

const RESOURCES = [
  'https://api.partnercenter.microsoft.com',
  'https://partner.partnercenterapi.microsoftonline.cn',
  'https://graph.microsoft.com',
  'https://graph.windows.net',
];

/** Entra's token and authorize endpoints, v1 and v2. All state is public and may be changed while it runs. */
export class EntraEmulator implements EntraState {
  readonly server: EmulatorServer;
  readonly tenantId: string;
  readonly tenants: Set<string>;
  readonly resources = new Set(RESOURCES);
  readonly clients = new Map<string, AppRegistration>();
  readonly refreshTokens = new Map<string, RefreshToken>();
  readonly codes = new Map<string, AuthorizationCode>();
  readonly usedAssertions = new Set<string>();
  readonly issued: IssuedToken[] = [];
  readonly signIn: SignIn = { mfa: true };
  tokenLifetimeSeconds = 3599;
  refreshTokenAnswer: EntraState['refreshTokenAnswer'] = 'rotate';
  alterClaims: ((claims: TokenClaims) => TokenClaims) | undefined;
  #failures: number[] = [];

  constructor(server: EmulatorServer, options: EntraOptions) {
    this.server = server;
    this.tenantId = (options.tenantId ?? EMULATED_PARTNER_TENANT_ID).toLowerCase();
    this.tenants = new Set([this.tenantId]);
  }

  get url(): string {
    return this.server.url;
  }

  /** Registers an app, or replaces the one with the same client id; its lists can be changed later. */
  registerApp(input: AppInput): AppRegistration {
    const app = createRegistration(input, this.tenantId);
    this.tenants.add(app.tenantId);
    this.clients.set(app.clientId, app);
    return app;
  }

  /** A refresh token as if a person had consented; `revoked` and `expired` may be set on it later. */
  addRefreshToken(input: RefreshTokenInput): RefreshToken {
    const { tenantId = this.tenantId, mfa = true, issuedAt = Math.floor(Date.now() / 1000) } = input;
    const resource = input.resource ?? 'https://api.partnercenter.microsoft.com';
    const grant = { clientId: input.clientId.toLowerCase(), tenantId, mfa, issuedAt, resource };
    return addRefreshToken(this, grant, input.token);
  }

  /** Answers the next token requests with an error, whatever their content: a number, or text such as `AADSTS90033`. */
  failNext(code: string | number, times = 1): void {
    this.#failures.push(...Array.from({ length: times }, () => readErrorCode(code)));
  }

  close(): Promise<void> {
    return this.server.close();
  }

  handle(request: WireRequest): WireAnswer {
    const endpoint = readEndpoint(request.path);
    if (!endpoint) return { status: 404 };
    const isToken = endpoint.name === 'token';
    try {
      if (!isToken) return answerAuthorize(this, request);
      const failure = this.#failures.shift();
      if (failure !== undefined) throw new EntraRefusal(failure);
      return answerGrant(this, readTokenRequest(this, request));
    } catch (error) {
      if (!(error instanceof EntraRefusal)) throw error;
      return isToken ? answerRefusal(error, endpoint.version) : showRefusal(error);
    }
  }
}
