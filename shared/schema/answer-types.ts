import type { FromSchema } from 'json-schema-to-ts';
import type { connectionAnswerSchema } from './connection-answer.ts';
import type { customerAnswerSchema } from './customer-answer.ts';
import type { errorAnswerSchema } from './error-answer.ts';
import type { healthAnswerSchema } from './health-answer.ts';
import type { onboardingListSchema } from './onboarding-list.ts';
import type { onboardingRecordSchema } from './onboarding-record.ts';
import type { validationAnswerSchema } from './validation-answer.ts';

/** A body before serialization: the fields of its schema and no others; omitted ones are undefined. */
type Body<T> = T extends readonly (infer Item)[]
  ? readonly Body<Item>[]
  : T extends object
    ? {
        readonly [K in keyof T as string extends K ? never : K]:
          | Body<T[K]>
          | (object extends Pick<T, K> ? undefined : never);
      }
    : T;

export type CustomerAnswer = Body<FromSchema<typeof customerAnswerSchema>>;
export type ConnectionAnswer = Body<FromSchema<typeof connectionAnswerSchema>>;
export type ErrorAnswer = Body<FromSchema<typeof errorAnswerSchema>>;
export type HealthAnswer = Body<FromSchema<typeof healthAnswerSchema>>;
export type OnboardingListAnswer = Body<FromSchema<typeof onboardingListSchema>>;
export type OnboardingRecordAnswer = Body<FromSchema<typeof onboardingRecordSchema>>;
export type ValidationAnswer = Body<FromSchema<typeof validationAnswerSchema>>;
