import type { FromSchema } from 'json-schema-to-ts';
import type { connectionAnswerSchema } from './connection-answer.ts';
import type { customerAnswerSchema } from './customer-answer.ts';
import type { errorAnswerSchema } from './error-answer.ts';
import type { healthAnswerSchema } from './health-answer.ts';
import type { onboardingRecordSchema } from './onboarding-record.ts';
import type { validationAnswerSchema } from './validation-answer.ts';

/** The fields of an answer, those that are to be left out undefined: JSON drops them. */
type Body<T> = {
  readonly [K in keyof T as string extends K ? never : K]: T[K] extends object | undefined
    ? Inner<T[K]>
    : T[K] | (undefined extends T[K] ? undefined : Absent<T, K>);
};
type Absent<T, K extends keyof T> = object extends Pick<T, K> ? undefined : never;
type Inner<T> = T extends readonly (infer Item)[] ? readonly Inner<Item>[] : T extends object ? Body<T> : T;

export type CustomerAnswer = Body<FromSchema<typeof customerAnswerSchema>>;
export type ConnectionAnswer = Body<FromSchema<typeof connectionAnswerSchema>>;
export type ErrorAnswer = Body<FromSchema<typeof errorAnswerSchema>>;
export type HealthAnswer = Body<FromSchema<typeof healthAnswerSchema>>;
export type OnboardingRecordAnswer = Body<FromSchema<typeof onboardingRecordSchema>>;
export type ValidationAnswer = Body<FromSchema<typeof validationAnswerSchema>>;
