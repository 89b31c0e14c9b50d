import type { LogSink } from './core-types.ts';
import { invoke } from './invoke.ts';
import type { WorkerApp } from './worker-app.ts';

/** Runs a timer function once, now. Rejects if there is no such function or its handler fails. */
export async function runTimer(app: WorkerApp, name: string, log: LogSink): Promise<void> {
  const bindings = app.functions.get(name)?.metadata.bindings ?? {};
  const bindingName = Object.keys(bindings).find((key) => bindings[key]?.type === 'timerTrigger');
  if (!bindingName) throw new Error(`No timer function is called "${name}"`);
  const now = new Date().toISOString();
  const timer = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: now, Next: now, LastUpdated: now },
    IsPastDue: false,
  };
  await invoke(app, { functionName: name, bindingName, data: { json: JSON.stringify(timer) } });
  const message = `Executed 'Functions.${name}' (Succeeded)`;
  log({ level: 'information', category: 'Host.Results', message, functionName: name });
}
