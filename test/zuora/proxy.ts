/**
 * A forward proxy for tests, as companies have one: CONNECT for https, whole addresses for http, on request with a sign-in
 * of its own. It writes down what passes, and knows where hosts are that no name server knows.
 */
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { plant } from './planted';

export interface ProxyOptions {
  /** What it asks for as Basic authentication (RFC 7617); default nothing. */
  readonly signIn?: ProxySignIn;
  /** Where hosts are: "rest.example.com:443" → "127.0.0.1:40123". Others are where they say. */
  readonly hosts?: Readonly<Record<string, string>>;
}

export interface ProxySignIn {
  readonly name: string;
  readonly password: string;
}

export interface PassedThrough {
  /** "CONNECT rest.example.com:443", "GET http://127.0.0.2:40123/v1/describe". */
  readonly line: string;
  /** 200 for a tunnel that was made. */
  readonly status: number;
}

export interface Proxy {
  /** Without a name and a password. */
  readonly url: string;
  /** Oldest first. What is inside a tunnel it cannot see. */
  readonly passed: readonly PassedThrough[];
  stop(): Promise<void>;
}

/** A sign-in whose password is searched for at the end of a test run. */
export function proxySignIn(name = 'engineer'): ProxySignIn {
  return { name, password: plant(`proxy-password-${name}-2026`) };
}

export async function startProxy({ signIn, hosts = {} }: ProxyOptions = {}): Promise<Proxy> {
  const passed: PassedThrough[] = [];
  const sockets = new Set<Socket>();
  const note = (line: string, status: number): void => void passed.push({ line, status });
  const wanted = signIn && `Basic ${Buffer.from(`${signIn.name}:${signIn.password}`).toString('base64')}`;
  const admits = (request: IncomingMessage): boolean =>
    wanted === undefined || request.headers['proxy-authorization'] === wanted;
  const placeOf = (host: string): { readonly host: string; readonly port: number } => {
    const [, name = '', port = '80'] = /^\[?(.*?)\]?:(\d+)$/.exec(hosts[host] ?? host) ?? [];
    return { host: name, port: Number(port) };
  };

  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    if (!admits(request)) {
      note(line, 407);
      response.writeHead(407, { 'Proxy-Authenticate': challenge, 'Content-Type': 'text/html' });
      response.end('<html><body>Sign in to the proxy.</body></html>');
      return;
    }
    const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
    if (url?.protocol !== 'http:') {
      note(line, 400);
      response.writeHead(400).end('A proxy takes whole addresses.');
      return;
    }
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith('proxy-')));
    const onward = httpRequest(
      {
        ...placeOf(`${url.hostname}:${url.port || 80}`),
        method: request.method,
        path: url.pathname + url.search,
        headers,
      },
      answer => {
        note(line, answer.statusCode ?? 0);
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    onward.on('error', () => {
      note(line, 502);
      response.writeHead(502).end();
    });
    request.pipe(onward);
  });
  server.on('connect', (request, socket: Socket, first: Buffer) => {
    const line = `CONNECT ${request.url}`;
    socket.on('error', () => undefined);
    if (!admits(request)) {
      note(line, 407);
      socket.end(
        `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${challenge}\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    let isOpen = false;
    const onward = connect(placeOf(request.url ?? ''), () => {
      isOpen = true;
      note(line, 200);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(first);
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on('close', () => sockets.delete(onward));
    onward.on('error', () => {
      if (isOpen) return void socket.destroy();
      note(line, 502);
      socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    });
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy(); // A tunnel never ends by itself.
      await closed;
    },
  };
}

const challenge = 'Basic realm="proxy"';
