import type { RecordedRefusal, Row } from '../../record/row.ts';
import type { Knowledge } from './knowledge.ts';
import type { Material } from './move.ts';

/**
 * Records how the create of the current attempt was answered: a definite refusal stays on record, so that every repeat is answered with it,
 * and ends when a create of the same attempt goes unanswered.
 */
export function noteAnswer(row: Row, { refused }: Pick<Knowledge, 'refused'>, material: Partial<Material>): Row {
  const attempt = row.attempts[row.current];
  if (!attempt) return row;
  const { refusal: _before, ...rest } = attempt;
  const noted = refused ? { ...rest, refusal: material.refusal ?? { status: 400 } } : rest;
  return { ...row, attempts: row.attempts.with(row.current, noted) };
}

/** The recorded refusal of the current attempt, if no create of this call was left unanswered since. */
export function recordedRefusal({ row, current, unanswered }: Knowledge): RecordedRefusal | undefined {
  return unanswered ? undefined : row?.attempts[current ?? row.current]?.refusal;
}
