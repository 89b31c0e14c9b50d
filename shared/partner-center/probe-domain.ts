import { retry } from '../network/retry.ts';
import { requestPartnerCenter, unusable, type PartnerCenter, type PartnerCenterCall } from './request.ts';

/** Checks whether a domain exists ("Verify domain availability"): 404 means free, 200 means taken, anything else is an error. */
export function probeDomain(
  partner: PartnerCenter,
  domain: string,
  call: PartnerCenterCall,
): Promise<'free' | 'taken'> {
  const operation = 'probeDomain';
  return retry(
    async () => {
      const path = `/v1/domains/${encodeURIComponent(domain)}`;
      const answer = await requestPartnerCenter(partner, { operation, method: 'HEAD', path }, call);
      if (answer.status === 200) return 'taken';
      // A wrong base URL or a proxy also returns 404. Only Partner Center's own 404 means that the domain is free.
      const genuine = answer.header('ms-requestid') ?? answer.header('ms-correlationid');
      if (answer.status === 404 && genuine !== undefined) return 'free';
      throw unusable(operation, answer);
    },
    { deadline: call.deadline, operation },
  );
}
