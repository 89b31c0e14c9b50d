/** The shortest times that settings allow; every wait inside a call scales with them. */
export const shortTimes = { ONBOARDING_TIMEOUT_SECONDS: '4', ONBOARDING_LEASE_SECONDS: '15' };

/** For many parallel calls: on a busy machine the time budgets of a shorter call run out. */
export const longerTimes = { ONBOARDING_TIMEOUT_SECONDS: '10', ONBOARDING_LEASE_SECONDS: '15' };
