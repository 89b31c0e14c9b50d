import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { MadeCertificate } from './certificate.ts';
import { FaultList } from './fault-list.ts';
import { openFront, type Front, type FrontOptions } from './front.ts';
import type { Fault, StageListener, WireAnswer, WireHandler, WireRequest } from './wire.ts';

export interface EmulatorOptions {
  /** 0, the default, selects a free port. */
  readonly port?: number;
  /** Names a request, for faults, records and counts. */
  readonly classify: (request: WireRequest) => string;
  readonly handle: WireHandler;
}

type Way = Pick<WireRequest, 'front' | 'origin'>;

/** An emulator on loopback: records requests, injects faults at the wire, and notifies tests at each boundary of a request. */
export class EmulatorServer {
  readonly requests: WireRequest[] = [];
  readonly faults = new FaultList();
  /** Delay of every answer in milliseconds. */
  latency = 0;
  /** False keeps `requests` empty, for long runs. */
  recording = true;
  onStage: StageListener | undefined;
  url = '';
  #options: EmulatorOptions;
  #fronts = new Map<string, Front>();
  #count = 0;

  private constructor(options: EmulatorOptions) {
    this.#options = options;
  }

  static async start(options: EmulatorOptions): Promise<EmulatorServer> {
    const emulator = new EmulatorServer(options);
    emulator.url = (await emulator.openFront('main', options.port ?? 0)).url;
    return emulator;
  }

  /** Serves https if a certificate is given. */
  async openFront(name: string, port = 0, certificate?: MadeCertificate): Promise<Front> {
    const serve: FrontOptions['serve'] = (origin, request, response) =>
      void this.#serve({ front: name, origin }, request, response);
    const front = await openFront({ name, port, certificate, serve });
    this.#fronts.set(name, front);
    return { ...front, cut: () => this.#closeFront(name) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#fronts.keys()].map((name) => this.#closeFront(name)));
  }

  async #closeFront(name: string): Promise<void> {
    const front = this.#fronts.get(name);
    this.#fronts.delete(name);
    await front?.cut();
  }

  async #serve(way: Way, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await this.#read(way, incoming);
      const fault = this.faults.take(request);
      await this.onStage?.('arrived', request);
      const answer = await this.#answer(request, fault, incoming.socket);
      if (!answer || response.destroyed) return;
      const wait = this.latency + (fault?.kind === 'slow' ? (fault.delay ?? 0) : 0);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      if (response.destroyed) return;
      request.status = answer.status;
      if (fault?.kind === 'truncated') return truncate(answer, response);
      const finished = new Promise((resolve) => response.once('close', resolve));
      response.writeHead(answer.status, { ...answer.headers });
      response.end(request.method === 'HEAD' ? undefined : answer.body);
      await finished;
      await this.onStage?.('answered', request);
    } catch (error) {
      if (!incoming.destroyed && !response.headersSent) response.writeHead(500).end(String(error));
    }
  }

  /** The answer to send; undefined if the fault leaves the request unanswered. */
  async #answer(request: WireRequest, fault: Fault | undefined, socket: Socket): Promise<WireAnswer | undefined> {
    switch (fault?.kind) {
      case 'reset-before':
        socket.destroy();
        return undefined;
      case 'timeout-before':
        return undefined;
      case 'html-502':
        return { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><h1>502 Bad Gateway</h1></html>' };
      case 'status':
        return fault.answer ?? { status: 500 };
      default:
    }
    const answer = await this.#options.handle(request);
    await this.onStage?.('processed', request);
    if (fault?.kind === 'reset-after') socket.destroy();
    if (fault?.kind === 'reset-after' || fault?.kind === 'timeout-after') return undefined;
    if (fault?.kind === 'garbage') return { ...answer, body: '\u0000{"]garbage' };
    return answer;
  }

  async #read(way: Way, incoming: IncomingMessage): Promise<WireRequest> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', 'http://emulator');
    const request: WireRequest = {
      number: ++this.#count,
      ...way,
      method: incoming.method ?? 'GET',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(chunks).toString('utf8'),
      at: Date.now(),
      operation: '',
    };
    request.operation = this.#options.classify(request);
    if (this.recording) this.requests.push(request);
    return request;
  }
}

/** Announces the whole body and sends half of it. */
function truncate(answer: WireAnswer, response: ServerResponse): void {
  const body = Buffer.from(answer.body ?? '{"half":');
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length + 16) });
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
}
