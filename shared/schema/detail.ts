/** A detail of an error, or a warning. */
export const detailSchema = {
  type: 'object',
  title: 'Detail',
  description: 'One finding.',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', title: 'Code', description: "Kind of finding, or Partner Center's code." },
    target: { type: 'string', title: 'Target', description: 'Field or check that the finding concerns.' },
    message: { type: 'string', title: 'Message', description: 'What to do.' },
  },
} as const;

/** Findings that did not fail the request. */
export const warningsSchema = {
  type: 'array',
  title: 'Warnings',
  description: 'Findings that did not fail the request; absent if there are none.',
  items: detailSchema,
} as const;
