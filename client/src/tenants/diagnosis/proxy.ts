// Which proxy VS Code sends a request through, and what decides that. Plain data in, plain data out.
//
// The order is VS Code's own (its package @vscode/proxy-agent, 0.4x): this computer never; then http.noProxy, or NO_PROXY
// where that is empty; then http.proxy; then the variables; then, on a computer with a desktop, the system's own settings.
import { clean } from '../../zuora/redact';

/** The settings of VS Code that a connection depends on, as they are in force. */
export interface NetworkSettings {
  readonly 'http.proxy': unknown;
  readonly 'http.noProxy': unknown;
  readonly 'http.proxySupport': unknown;
  readonly 'http.proxyStrictSSL': unknown;
  readonly 'http.proxyAuthorization': unknown;
  readonly 'http.systemCertificates': unknown;
}

export const networkSettings = [
  'http.proxy',
  'http.noProxy',
  'http.proxySupport',
  'http.proxyStrictSSL',
  'http.proxyAuthorization',
  'http.systemCertificates',
] as const satisfies readonly (keyof NetworkSettings)[];

type Variables = Readonly<Partial<Record<string, string>>>;

export type ProxyChoice =
  | { readonly kind: 'none'; readonly why: string }
  | {
      readonly kind: 'proxy';
      /** Without its user. */
      readonly address: string;
      readonly scheme: string;
      readonly host: string;
      readonly port: number;
      /** The setting or the variable that names it. */
      readonly source: string;
    }
  /** No setting and no variable names one, so that VS Code asks the system. */
  | { readonly kind: 'system' };

/** What sends a request to that origin through a proxy, or past it. */
export function proxyFor(origin: string, settings: NetworkSettings, variables: Variables): ProxyChoice {
  const { protocol, hostname, port } = new URL(origin);
  if (settings['http.proxySupport'] === 'off') return { kind: 'none', why: 'http.proxySupport is off' };
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return { kind: 'none', why: 'the host is this computer' };
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  const excluded = texts(settings['http.noProxy']);
  const [noProxyName, noProxy] = variable(variables, ['no_proxy', 'NO_PROXY']);
  const [list, source] = 0 < excluded.length ? [excluded, 'http.noProxy'] : [noProxy.split(','), noProxyName];
  if (isExcluded(hostname, ownPort, list)) return { kind: 'none', why: `${source} leaves this host out` };

  const [name, value] = variable(variables, ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']);
  return (
    readProxy(text(settings['http.proxy']), 'http.proxy') ?? readProxy(value, name) ?? ({ kind: 'system' } as const)
  );
}

/** Each setting with its value, and each variable that is set; what may be secret in one is masked. */
export function networkLines(settings: NetworkSettings, variables: Variables): readonly (readonly [string, string])[] {
  const shown = (name: keyof NetworkSettings) => {
    const value = settings[name];
    const words = typeof value === 'boolean' ? String(value) : text(value) || texts(value).join(', ');
    if (words === '') return 'not set';
    return name === 'http.proxyAuthorization' ? 'set, not shown' : plain(words);
  };
  const set = variableNames.flatMap(name => {
    const value = variables[name];
    return value === undefined || value === '' ? [] : [[name, plain(value)] as const];
  });
  return [...networkSettings.map(name => [name, shown(name)] as const), ...set];
}

const variableNames = [
  ...['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'],
  ...['NODE_EXTRA_CA_CERTS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'SSL_CERT_FILE'],
];

/** The address without its user, in one line. */
function plain(value: string): string {
  return clean(value.replace(/\/\/[^/\s]*@/g, '//***@'), [], 300);
}

function readProxy(value: string, source: string): ProxyChoice | undefined {
  const [, scheme = '', rest = ''] = /^\s*(https?|socks[45]?[ah]?):\/\/(.*)$/i.exec(value) ?? [];
  if (scheme === '') return undefined;
  const place = rest
    .slice(rest.lastIndexOf('@') + 1)
    .replace(/\/.*$/, '')
    .trim();
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(place) ?? [];
  if (host === '') return undefined;
  const kind = scheme.toLowerCase();
  return {
    kind: 'proxy',
    address: `${kind}://${clean(place, [], 200)}`,
    scheme: kind,
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (kind === 'https' ? 443 : kind === 'http' ? 80 : 1080) : Number(port),
    source,
  };
}

function isExcluded(hostname: string, port: string, list: readonly string[]): boolean {
  if (list.includes('*')) return true;
  return list.some(entry => {
    const [domain = '', ownPort] = entry.trim().toLowerCase().split(':', 2);
    if (domain === '') return false;
    const ending = domain.startsWith('.') ? domain : `.${domain}`;
    return `.${hostname}`.endsWith(ending) && (ownPort === undefined || ownPort === port);
  });
}

/** The first of these variables that has a value, and the value. */
function variable(variables: Variables, names: readonly string[]): readonly [name: string, value: string] {
  const name = names.find(each => (variables[each] ?? '') !== '');
  return name === undefined ? ['', ''] : [name, variables[name] ?? ''];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each !== '') : [];
}
