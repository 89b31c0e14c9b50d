import { connect } from 'node:net';

/** Sends bytes unchanged and returns everything received until the connection closed or was silent for `silence` ms. */
export async function sendRaw(port: number, bytes: string | Buffer, silence = 300): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
  });
  socket.write(bytes);
  socket.setTimeout(silence, () => socket.destroy());
  await new Promise((resolve) => socket.once('close', resolve));
  return received;
}
