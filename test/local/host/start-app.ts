import { findMainFile, loadApp, type Surroundings } from './load-app.ts';
import { WorkerApp } from './worker-app.ts';

/**
 * Loads the app and runs its start hooks. If the app throws while loading, the host has no functions, as in Azure.
 * Rejects if the app is not built.
 */
export async function startApp(appRoot: string, own: Omit<Surroundings, 'core'>): Promise<WorkerApp> {
  const { log } = own;
  const app = new WorkerApp(log);
  const file = findMainFile(appRoot);
  try {
    loadApp(file, { ...own, core: app.createCoreModule() });
    await app.runHooks('appStart', { hookData: {}, appHookData: {}, functionAppDirectory: appRoot });
    const capabilities = (await app.model?.getCapabilities?.({})) ?? {};
    if (capabilities['HttpUri']) throw new Error('The local host does not support enableHttpStream');
  } catch (error) {
    app.functions.clear();
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log({ level: 'error', category: 'Host.Startup', message: `Worker was unable to load the app: ${reason}` });
  }
  app.started = true;
  return app;
}
