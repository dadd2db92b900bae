// Real HTTP for the tests of client/src/zuora: servers on loopback, and the client under test joined to them.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createNetServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createZuoraClient, type ZuoraClient, type ZuoraClientOptions } from '../../client/src/zuora/aqua';
import type { JobScope } from '../../client/src/zuora/scope';
import {
  createTokenSource,
  type ClientCredentials,
  type Credentials,
  type TokenSource,
} from '../../client/src/zuora/auth';
import { success, type Outcome } from '../../client/src/zuora/outcome';
import type { RequestLogEntry, Transport } from '../../client/src/zuora/transport';
import { FakeClock } from './fakeClock';

export const credentials: ClientCredentials = {
  clientId: '3b0c47e8-4f0c-4f1e-9d26-client000001',
  clientSecret: 'planted+secret=of/the-tests~2026',
};
export const forever = new AbortController().signal;

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What a route answers. `body` that is no text is sent as JSON. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Service {
  readonly origin: string;
  /** Every request, in the order of arrival. */
  readonly seen: Seen[];
  /** "POST /oauth/token", … */
  readonly lines: () => string[];
}

/** A service that answers with what the function says; undefined leaves the request unanswered. */
export async function serve(
  test: TestContext,
  answer: (request: Seen, count: number) => Reply | undefined | Promise<Reply | undefined>,
): Promise<Service> {
  const seen: Seen[] = [];
  const listener: RequestListener = (incoming, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of incoming) parts.push(part as Buffer);
      const request = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(parts),
      };
      seen.push(request);
      const reply = await answer(request, seen.length);
      if (!reply) return;
      const { status = 200, headers = {}, body = '' } = reply;
      response.writeHead(status, headers);
      response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
    })();
  };
  const server = createServer(listener);
  const origin = await listen(test, server);
  return { origin, seen, lines: () => seen.map(({ method, path }) => `${method} ${path}`) };
}

/** A service that writes bytes as it likes: `speak` gets the socket, and the head of the request, once that has come. */
export async function serveRaw(test: TestContext, speak: (socket: Socket, head: string) => void): Promise<string> {
  const server = createNetServer(socket => {
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', data => {
      text += data.toString('latin1');
      if (text.includes('\r\n\r\n')) speak(socket, text);
    });
  });
  return listen(test, server);
}

/** Listens on a free port of loopback until the test ends. */
export async function listen(test: TestContext, server: Server | NetServer): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface Joined {
  readonly client: ZuoraClient;
  readonly tokens: TokenSource;
  readonly transport: Transport;
  readonly clock: FakeClock;
  readonly logged: RequestLogEntry[];
  readonly scope: JobScope;
}

/** The client as the extension joins it, with time that stands still and chance that is always a half. */
export function join(
  origin: string,
  options: {
    readonly credentialsFor?: (scope: JobScope) => Promise<Outcome<Credentials>>;
    readonly mayConnect?: () => boolean;
    readonly onLimits?: ZuoraClientOptions['onLimits'];
  } = {},
): Joined {
  const clock = new FakeClock();
  const logged: RequestLogEntry[] = [];
  const transport: Transport = {
    clock,
    log: entry => logged.push(entry),
    mayConnect: options.mayConnect ?? (() => true),
  };
  const random = () => 0.5;
  const credentialsFor = options.credentialsFor ?? (() => Promise.resolve(success(credentials)));
  const tokens = createTokenSource({ transport, random, credentialsFor });
  const { onLimits } = options;
  const client = createZuoraClient({ transport, tokens, random, ...(onLimits && { onLimits }) });
  return { client, tokens, transport, clock, logged, scope: { tenant: 'Test', origin } };
}

/** Answers /oauth/token with tokens "token-1", "token-2", …; everything else is `answer`'s. */
export function withTokens(
  answer: (request: Seen, token: string) => Reply | undefined | Promise<Reply | undefined>,
): (request: Seen) => Reply | undefined | Promise<Reply | undefined> {
  let issued = 0;
  return request => {
    if (request.path === '/oauth/token') {
      issued++;
      return { body: { access_token: `token-${issued}`, token_type: 'bearer', expires_in: 3599 } };
    }
    return answer(request, (request.headers.authorization ?? '').replace('Bearer ', ''));
  };
}

/** An outcome in one line, as the tests compare it. */
export function draw(outcome: Outcome<unknown>): string {
  if (outcome.ok) return `ok ${JSON.stringify(outcome.value)}`;
  const { kind, ...rest } = outcome.failure;
  return [
    kind,
    ...Object.entries(rest).map(
      ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
  ].join(' | ');
}

/** The address of a port that was free a moment ago. */
export async function portNobodyListensOn(): Promise<string> {
  const server = createNetServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
