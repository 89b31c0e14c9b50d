import { EmulatorServer } from '../local/wire/emulator-server.ts';

const ofConnection = ['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive', 'expect'];

/** What stands in front of an instance in Azure: passes every request on, but for those that a test lets it answer itself (`faults`). */
export function startGateway(instance: string): Promise<EmulatorServer> {
  return EmulatorServer.start({
    classify: () => 'call',
    handle: async ({ path, headers, body }) => {
      const passed = Object.entries(headers).filter(([name]) => !ofConnection.includes(name));
      const answer = await fetch(`${instance}${path}`, { method: 'POST', headers: Object.fromEntries(passed), body });
      const returned = [...answer.headers].filter(([name]) => !ofConnection.includes(name));
      return { status: answer.status, headers: Object.fromEntries(returned), body: await answer.text() };
    },
  });
}
