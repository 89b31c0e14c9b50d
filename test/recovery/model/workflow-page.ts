import { readFileSync, writeFileSync } from 'node:fs';
import type { Move, StepName } from '../../../shared/onboarding/workflow/move.ts';
import { steps } from '../../../shared/onboarding/workflow/steps.ts';

const page = new URL('../../../shared/onboarding/README.md', import.meta.url);
const [from, to] = ['<!-- steps: written by the model -->', '<!-- end of the steps -->'];
const moves = new Map<StepName, Set<string>>();

/** Records that a decision of the product took this branch. */
export function noteMove(step: StepName, move: Move): void {
  const ways = moves.get(step) ?? new Set();
  ways.add('outcome' in move ? move.outcome : move.step);
  moves.set(step, ways);
}

/** Clears what another test file in this process has recorded. */
export function forgetMoves(): void {
  moves.clear();
}

/** The table of the steps and their diagram, generated from the steps and from every transition that the model observed. */
export function drawWorkflow(): string {
  const rows = Object.entries(steps).map(([name, { effect, diesHere }]) => {
    // The model never waits.
    const ways = [...(moves.get(name as StepName) ?? ['read'])].sort();
    return `| \`${name}\` | \`${effect}\` | ${ways.join(', ')} | ${diesHere} |`;
  });
  const arrows = [...moves].flatMap(([name, ways]) =>
    [...ways]
      .filter((way) => Object.hasOwn(steps, way) && way !== 'release' && way !== 'held')
      .map((way) => `  ${name} --> ${way}`),
  );
  const table = ['| Step | Effect | Then | Dies here |', '|---|---|---|---|', ...rows];
  const diagram = ['```mermaid', 'stateDiagram-v2', '  [*] --> read', ...arrows.sort(), '```'];
  return [...table, '', ...diagram].join('\n');
}

/** The current text of the page about the steps. */
export function readPage(): string {
  const text = readFileSync(page, 'utf8');
  return text.slice(text.indexOf(from) + from.length, text.indexOf(to)).trim();
}

/** Writes the generated text into the page. */
export function writePage(drawn: string): void {
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.slice(0, text.indexOf(from) + from.length), text.slice(text.indexOf(to))];
  writeFileSync(page, `${before}\n\n${drawn}\n\n${after}`);
}
