import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { OnboardingError } from '../errors/onboarding-error.ts';
import { createInvocationLog, type Log, type LogFields } from '../log/log.ts';
import { elapsedSince, now } from '../network/clock.ts';
import type { Services } from '../onboarding/services.ts';
import { answerError, type AnswerContext } from './answers.ts';
import { getServices } from './app.ts';
import { authoriseCaller } from './authorise-caller.ts';
import { correlationIdOf } from './correlation.ts';

export interface Call extends AnswerContext {
  readonly request: HttpRequest;
  readonly log: Log;
  readonly services: Services;
}

export interface Answered {
  readonly answer: HttpResponseInit;
  /** The outcome in the log line, for example `Succeeded`. */
  readonly outcome: string;
  readonly fields?: LogFields;
}

/** Creates a handler that authorizes the caller, does the work, converts every failure into the error schema, and writes one log line. */
export function handle(event: string, work: (call: Call) => Promise<Answered>): HttpHandler {
  return async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const start = now();
    const correlationId = correlationIdOf(request, context);
    const { log, answered: endLog } = createInvocationLog(context, { correlationId });
    const { answer, outcome, fields } = await answered({ request, correlationId, log }, work);
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

async function answered(context: Omit<Call, 'services'>, work: (call: Call) => Promise<Answered>): Promise<Answered> {
  try {
    const services = getServices(context.log);
    authoriseCaller(context.request, services.settings, context.log);
    return await work({ ...context, services });
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
