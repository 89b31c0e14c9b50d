import { EmulatorServer } from '../wire/emulator-server.ts';
import { findOperation } from './find-operation.ts';
import { TableStorageEmulator, type TableStorageOptions } from './table-storage-emulator.ts';

/** Starts one storage account's tables on loopback. Requests are named after their operation (`insertRow`, `replaceRow`, `queryRows`, …). */
export async function startTableStorageEmulator(options: TableStorageOptions = {}): Promise<TableStorageEmulator> {
  let tables: TableStorageEmulator | undefined;
  const server = await EmulatorServer.start({
    ...(options.port === undefined ? {} : { port: options.port }),
    classify: (request) => findOperation(request).operation,
    handle: (request) => tables?.handle(request) ?? { status: 503 },
  });
  tables = new TableStorageEmulator(server, options);
  return tables;
}
