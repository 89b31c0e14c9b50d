/** One finding of several: an error's detail, or a warning. */
export const detailSchema = {
  type: 'object',
  title: 'Detail',
  description: 'One finding.',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', title: 'Code', description: 'Kind of finding, or the code of Partner Center.' },
    target: { type: 'string', title: 'Target', description: 'Field or check that the finding is about.' },
    message: { type: 'string', title: 'Message', description: 'A sentence that says what to do.' },
  },
} as const;

/** Findings that did not stop the call. */
export const warningsSchema = {
  type: 'array',
  title: 'Warnings',
  description: 'Findings that did not stop the call; absent when there are none.',
  items: detailSchema,
} as const;
