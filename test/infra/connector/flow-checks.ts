import type { Json } from '../../../shared/open-api/refer.ts';

/** An action of a workflow definition, as far as the checks look at it. */
export interface Action {
  type: string;
  inputs: Record<string, unknown> & { retryPolicy?: Record<string, unknown>; headers?: Record<string, string> };
  runAfter: Record<string, string[]>;
  runtimeConfiguration?: { secureData?: { properties: string[] } };
  operationOptions?: string;
}
export interface Workflow {
  triggers: Record<string, Action>;
  actions: Record<string, Action>;
}

/** What would keep a flow from running, retrying and telling what went wrong; nothing when all is well. */
export function findFlowFaults({ triggers, actions }: Workflow): string[] {
  const names = new Set(Object.keys(actions));
  const call = Object.entries(actions).find(([, { type }]) => type === 'Http');
  if (!call) return ['no call'];
  const [callName, onboard] = call;
  const readName = Object.keys(actions).find((name) => actions[name]?.type === 'ParseJson') ?? '';
  const after = Object.values(actions).map(({ runAfter }) => runAfter[readName]?.join() ?? '');
  const used = [...JSON.stringify(actions).matchAll(/(?:body|outputs)\('([^']+)'\)/g)].map((match) => match[1] ?? '');
  const faults: [boolean, string][] = [
    [Object.keys(triggers).length === 1, 'not one trigger'],
    [
      Object.values(actions).every(({ runAfter }) => Object.keys(runAfter).every((name) => names.has(name))),
      'runs after nothing',
    ],
    [Object.values(actions).filter(({ runAfter }) => Object.keys(runAfter).length === 0).length === 1, 'not one start'],
    [used.every((name) => names.has(name)), 'reads an unknown action'],
    [onboard.inputs.retryPolicy?.['type'] === 'exponential', 'no retry policy'],
    [Number(onboard.inputs.retryPolicy?.['count']) >= 4, 'too few retries'],
    [actions[readName]?.runAfter[callName]?.join() === 'Succeeded', 'takes any 2xx for a success'],
    [onboard.operationOptions === 'DisableAsyncPattern', 'asynchronous pattern'],
    [onboard.runtimeConfiguration?.secureData?.properties.includes('inputs') === true, 'the key shows in the run'],
    [after.includes('Succeeded'), 'no branch for success'],
    [after.includes('Failed,TimedOut,Skipped'), 'no branch for errors'],
    [
      Object.values(actions).some(({ type, inputs }) => type === 'Terminate' && inputs['runStatus'] === 'Failed'),
      'a failed run looks well',
    ],
    [(onboard.inputs.headers?.['x-functions-key'] ?? '').startsWith("@{outputs('"), 'a key in the definition'],
  ];
  return [...faults.flatMap(([holds, fault]) => (holds ? [] : [fault])), ...findUnbalanced(actions as unknown as Json)];
}

/** Expressions whose brackets or quotes do not close. */
function findUnbalanced(part: Json): string[] {
  if (typeof part === 'string') return part.startsWith('@') && !isBalanced(part) ? [`expression: ${part}`] : [];
  return typeof part === 'object' && part !== null
    ? Object.values(part).flatMap((inner: Json) => findUnbalanced(inner))
    : [];
}

function isBalanced(expression: string): boolean {
  const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  const open: string[] = [];
  for (const sign of expression.replaceAll(/'[^']*'/g, '')) {
    if (sign === "'") return false;
    if ('([{'.includes(sign)) open.push(sign);
    else if (sign in pairs && open.pop() !== pairs[sign]) return false;
  }
  return open.length === 0;
}
