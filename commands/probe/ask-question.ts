import { explainFailure } from './explain-failure.ts';
import { NotAsked } from './probe-refusal.ts';
import type { Probe } from './probe.ts';
import type { Question, Row } from './question.ts';

/** Asks one question and returns its answer as a line of the report; a failure is a line too. Rejects only if the run is interrupted. */
export async function askQuestion(question: Question, probe: Probe): Promise<Row> {
  const { id, question: text, assumption } = question;
  const line = { id, question: text, assumption };
  try {
    if (probe.stopped !== undefined) throw new NotAsked(probe.stopped);
    const { answer, sent, came } = await question.ask(probe);
    const meaning = question.answers[answer] ?? { verdict: 'open', means: 'An answer that is not known.' };
    return { ...line, sent, came, answer, ...meaning };
  } catch (error) {
    probe.signal.throwIfAborted();
    const open = { ...line, sent: 'nothing', verdict: 'open' } as const;
    if (error instanceof NotAsked)
      return { ...open, came: '–', answer: 'not-asked', means: `Not asked: ${error.message}.` };
    const means = 'The question failed; the others were asked all the same.';
    return { ...open, sent: 'see the log', came: explainFailure(error), answer: 'failed', means };
  }
}
