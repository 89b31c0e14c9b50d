const repeat = 'Wait and send the same request again.';

/** The responses that the platform in front of the app returns by itself, by status: the reason, and what to do. */
export const platformResponses = {
  401: { reason: 'the key or token is missing or wrong', action: 'Send a valid key or token.' },
  429: { reason: 'the instance has too many open requests', action: repeat },
  500: { reason: 'the instance stopped during the call', action: repeat },
  502: { reason: 'the gateway got no valid response from the instance', action: repeat },
  503: { reason: 'no instance is available', action: repeat },
  504: { reason: 'the gateway got no response in time', action: repeat },
} as const satisfies Record<number, { readonly reason: string; readonly action: string }>;

/** What the documents say about such a response; nothing if the platform does not return this status by itself. */
export function describePlatformResponse(status: number): string | undefined {
  if (!isOfPlatform(status)) return undefined;
  const { reason, action } = platformResponses[status];
  return `A ${status} with an empty body, without Retry-After, comes from the platform: ${reason}. ${action}`;
}

/** The statuses of an operation: those of its own errors, and those of the platform; 401 only where callers must sign in. */
export function listStatuses(own: readonly number[]): readonly number[] {
  const platform = Object.keys(platformResponses)
    .map(Number)
    .filter((status) => status !== 401);
  return [...new Set([...own, ...platform])].sort((a, b) => a - b);
}

function isOfPlatform(status: number): status is keyof typeof platformResponses {
  return status in platformResponses;
}
