import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { OnboardingError } from '../errors/onboarding-error.ts';
import { createInvocationLog, type LogFields } from '../log/log.ts';
import { elapsedSince, now } from '../network/clock.ts';
import { Deadline } from '../network/deadline.ts';
import type { Caller } from '../onboarding/context.ts';
import type { Services } from '../onboarding/services.ts';
import { answerError, type AnswerContext } from './answers.ts';
import { getServices } from './app.ts';
import { authoriseCaller } from './authorise-caller.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import { correlationIdOf } from './correlation.ts';

export interface Call extends AnswerContext, Caller {
  readonly request: HttpRequest;
  readonly services: Services;
}

export interface Answered {
  readonly answer: HttpResponseInit;
  /** The outcome in the log line, for example `Succeeded`. */
  readonly outcome: string;
  readonly fields?: LogFields;
}

type Work = (call: Call) => Promise<Answered>;

/** Creates a handler that authorizes the caller, does the work within the limit, converts every failure into the error schema, and writes one log line. */
export function handle(event: string, limit: ConcurrencyLimit, work: Work): HttpHandler {
  return async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const start = now();
    const correlationId = correlationIdOf(request, context);
    const { log, answered: endLog } = createInvocationLog(context, { correlationId });
    const { answer, outcome, fields } = await answered({ request, correlationId, log }, limit, work);
    log('info', event, {
      outcome,
      status: answer.status,
      durationMs: Math.round(elapsedSince(start)),
      ...workflowIds(request),
      ...fields,
    });
    endLog();
    return answer;
  };
}

async function answered(
  context: Omit<Call, 'services' | 'deadline'>,
  limit: ConcurrencyLimit,
  work: Work,
): Promise<Answered> {
  try {
    const services = getServices(context.log);
    authoriseCaller(context.request, services.settings, context.log);
    // From here on, so that a call that waits for its place does not last longer than others.
    const deadline = Deadline.after(services.settings.onboardingTimeout);
    return await limit.run(deadline, () => work({ ...context, services, deadline }));
  } catch (error) {
    if (!(error instanceof OnboardingError))
      context.log('error', 'InternalError', { reason: error instanceof Error ? error.name : 'unknown' });
    const failure = error instanceof OnboardingError ? error : new OnboardingError('InternalError');
    const { customerId } = failure.facts;
    return {
      answer: answerError(context, failure),
      outcome: failure.code,
      ...(customerId === undefined ? {} : { fields: { customerId } }),
    };
  }
}

/** The run IDs of Power Automate and Logic Apps, so that a maker's run can be found in the log. */
function workflowIds({ headers }: HttpRequest): LogFields {
  const safe = (name: string): string | undefined => /^[\w.:-]{1,100}$/.exec(headers.get(name) ?? '')?.[0];
  return { workflowRunId: safe('x-ms-workflow-run-id'), clientTrackingId: safe('x-ms-client-tracking-id') };
}
