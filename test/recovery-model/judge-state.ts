import type { State } from './state.ts';

/** What is wrong with a state, if anything is. */
export function findWrong(state: State): string | undefined {
  const { tenant, stored, events, runs, replay, reset } = state;
  for (const { kind, version } of events) {
    if (kind !== 'Succeeded') continue;
    const named = stored[version];
    if (!named) return 'a success without stored credentials';
    if (named.password !== tenant?.password) return 'a success names a password that does not open the tenant';
  }
  const lost = events.find(({ kind }) => kind === 'Lost');
  if (!lost || events.some(({ kind }) => kind === 'Succeeded')) return undefined;
  if (reset) return 'lost although the password can be reset';
  if (stored.some(({ password, pending, late }) => !pending && !late && password === tenant?.password))
    return 'lost although it is stored';
  // Who stores late came after the loss.
  const working = runs.some(
    ({ password, at, notes }) =>
      password === tenant?.password && ['store', 'succeed'].includes(at) && !notes.includes('late'),
  );
  if (working) return 'lost while a call at work holds it';
  if (replay === 'same' && lost.id === tenant?.id) return 'lost although a repeat shows it';
  return undefined;
}

/** Whether the domain has come to its end: onboarded, lost, refused to us for good, or free for another attempt. */
export function isSettled({ events, stranger, tenant }: State): boolean {
  return events.some(({ kind }) => kind === 'Succeeded' || kind === 'Lost') || (stranger && !tenant);
}
