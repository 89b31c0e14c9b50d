import { explore, type Question, type Verdict } from './explore.ts';

/** Runs in a separate process with its own sources. Prints the first verdict with a violation, otherwise the last verdict. */
const questions = JSON.parse(process.argv[2] ?? '[]') as readonly Question[];
let verdict: Verdict | undefined;
for (const question of questions) {
  verdict = explore(question, { shortest: true });
  if (verdict.wrong !== undefined) break;
}
console.log(JSON.stringify(verdict));
