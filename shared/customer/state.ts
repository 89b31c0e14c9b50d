/** Folds a state for comparison: ignores case, and treats the Turkish dotted and dotless i as one letter. */
export function foldState(state: string): string {
  return state.normalize('NFC').toUpperCase().normalize('NFC').replaceAll('\u0130', 'I');
}

/** A state as the country's rules spell it; undefined if they do not list it. An exact match takes precedence. */
export function findState(state: string, listed: readonly string[] | undefined): string | undefined {
  if (listed?.includes(state)) return state;
  const folded = foldSigns(state);
  return listed?.find((item) => foldSigns(item) === folded);
}

/** Word processors use other dashes and apostrophes, and the rules may contain spaces that a payload does not have. */
function foldSigns(state: string): string {
  return foldState(state)
    .replaceAll(/\p{White_Space}+/gu, ' ')
    .trim()
    .replaceAll(/\p{Pd}/gu, '-')
    .replaceAll(/[\u2018\u2019\u02bc\u00b4`]/g, "'");
}
