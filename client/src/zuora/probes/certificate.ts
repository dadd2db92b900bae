import { request } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type PeerCertificate } from 'node:tls';
import { failed, success, type NetworkCause, type Outcome } from '../outcome';
import { clean } from '../redact';
import { networkFailure, networkReason } from '../transport';

export interface CertificateFacts {
  /** Whom it is for and who signed it, by their common names or organizations. */
  readonly subject: string;
  readonly issuer: string;
  /** The hosts it is for. */
  readonly hosts: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Why Node does not trust it; undefined where it does. */
  readonly distrust?: { readonly reason: string; readonly cause?: NetworkCause };
}

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/**
 * The certificate that a host shows, trusted or not: for reading it, checking is off on a connection that sends nothing
 * but TLS's own greeting. Through a proxy a tunnel is asked for without signing in to it.
 */
export async function lookAtCertificate(
  target: HostAndPort,
  proxy: HostAndPort | undefined,
  signal: AbortSignal,
): Promise<Outcome<CertificateFacts>> {
  const tunnel = proxy && (await openTunnel(target, proxy, signal));
  if (tunnel && !tunnel.ok) return tunnel;
  return new Promise(resolve => {
    const { host, port } = target;
    const socket = connect({
      ...(tunnel ? { socket: tunnel.value } : { host, port }),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: false,
    });
    const end = (outcome: Outcome<CertificateFacts>) => {
      socket.destroy();
      resolve(outcome);
    };
    signal.addEventListener('abort', () => end(failed({ kind: 'canceled', sent: 'no' })));
    socket.once('error', error => end(failed(networkFailure(error, []))));
    socket.once('secureConnect', () => {
      // Node's types have an Error here; what it puts there is an error's code.
      const code = socket.authorized ? undefined : String(socket.authorizationError);
      end(success(factsOf(socket.getPeerCertificate(), code)));
    });
  });
}

function factsOf(certificate: PeerCertificate, code: string | undefined): CertificateFacts {
  const { subject, issuer, subjectaltname = '', valid_from: from, valid_to: to } = certificate;
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    hosts: subjectaltname.split(', ').flatMap(name => {
      const [, host] = /^(?:DNS|IP Address):(.*)$/.exec(name) ?? [];
      return host === undefined ? [] : [clean(host, [], 100)];
    }),
    validFrom: new Date(from),
    validTo: new Date(to),
    ...(code === undefined ? {} : { distrust: networkReason(code) ?? { reason: clean(code, [], 100) } }),
  };
}

/** The certificate is a stranger's: its names are shown as plain text of one line. */
function nameOf(names: PeerCertificate['subject'] | undefined): string {
  const { CN: commonName, O: organization } = (names ?? {}) as Partial<Record<'CN' | 'O', string | string[]>>;
  const parts = [commonName, organization].flatMap(part => (part === undefined ? [] : [String(part)]));
  return clean(parts.join(', ') || 'nobody', [], 100);
}

function openTunnel({ host, port }: HostAndPort, proxy: HostAndPort, signal: AbortSignal): Promise<Outcome<Duplex>> {
  return new Promise(resolve => {
    // Not to be led through another proxy by VS Code, hence the agent.
    request({ ...proxy, method: 'CONNECT', path: `${host}:${port}`, agent: false, signal })
      .on('connect', ({ statusCode = 0 }, socket) => {
        if (statusCode === 200) return resolve(success(socket));
        socket.destroy();
        resolve(failed(refusedTunnel(statusCode)));
      })
      .on('response', response => {
        response.destroy();
        resolve(failed(refusedTunnel(response.statusCode ?? 0)));
      })
      .on('error', error => resolve(failed(networkFailure(error, []))))
      .end();
  });
}

function refusedTunnel(status: number): Parameters<typeof failed>[0] {
  return status === 407
    ? { kind: 'network', message: 'the proxy asks for a sign-in of its own', sent: 'no', cause: 'proxy-sign-in' }
    : { kind: 'network', message: `the proxy answered with status ${status}`, sent: 'no' };
}
