import { explore, type Question, type Verdict } from './explore.ts';

/** Run by itself, in a process with sources of its own: prints the first verdict that finds a violation, or the last. */
const questions = JSON.parse(process.argv[2] ?? '[]') as readonly Question[];
let verdict: Verdict | undefined;
for (const question of questions) {
  verdict = explore(question, { shortest: true });
  if (verdict.wrong !== undefined) break;
}
console.log(JSON.stringify(verdict));
