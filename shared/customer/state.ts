/** One form for all spellings of a state: no case, and the Turkish dotted and dotless i are one letter. */
export function foldState(state: string): string {
  return state.normalize('NFC').toUpperCase().normalize('NFC').replaceAll('\u0130', 'I');
}

/** A state as the country's rules spell it; undefined where they do not list it. An exact match comes first. */
export function findState(state: string, listed: readonly string[] | undefined): string | undefined {
  if (listed?.includes(state)) return state;
  const folded = foldState(state);
  return listed?.find((item) => foldState(item) === folded);
}
