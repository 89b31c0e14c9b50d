import type { HttpRequest } from '@azure/functions';
import { OnboardingError } from '../errors/onboarding-error.ts';

const maximum = 64 * 1024;

/** The JSON body of a request; throws `UnsupportedMediaType`, `PayloadTooLarge` or `InvalidJson`. */
export async function readJsonBody(request: HttpRequest): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new OnboardingError('UnsupportedMediaType');
  if (Number(request.headers.get('content-length') ?? 0) > maximum) throw new OnboardingError('PayloadTooLarge');
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > maximum) throw new OnboardingError('PayloadTooLarge');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new OnboardingError('InvalidJson');
  }
}
