/** One form for all spellings of a state: no case, and the Turkish dotted and dotless i are one letter. */
export function foldState(state: string): string {
  return state.normalize('NFC').toUpperCase().normalize('NFC').replaceAll('\u0130', 'I');
}

/** A state as the country's rules spell it; undefined where they do not list it. An exact match comes first. */
export function findState(state: string, listed: readonly string[] | undefined): string | undefined {
  if (listed?.includes(state)) return state;
  const folded = foldSigns(state);
  return listed?.find((item) => foldSigns(item) === folded);
}

/** Word processors write other dashes and apostrophes, and the rules may hold blanks that a payload does not. */
function foldSigns(state: string): string {
  return foldState(state)
    .replaceAll(/\p{White_Space}+/gu, ' ')
    .trim()
    .replaceAll(/\p{Pd}/gu, '-')
    .replaceAll(/[\u2018\u2019\u02bc\u00b4`]/g, "'");
}
