/**
 * The stand-in as a command: `npm run zuora -- [--port 8080] [--seed 1] [--behind-proxy] [--until-stdin-closes]`.
 *
 * Prints one line of JSON when it listens: { url, clientId, clientSecret, apiAccessKey }. With --behind-proxy the same service is also
 * https://rest.example.com behind a forward proxy that asks for a sign-in; { proxyUrl, authority } say how to get there:
 * the proxy's address with its user, and the authority of the certificate. Ends on SIGTERM and SIGINT, and with
 * --until-stdin-closes also when the process that started it is gone.
 */
import { parseArgs } from 'node:util';
import { authority, elsewhere, key } from '../client/certificates';
import { startZuora } from './server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    'behind-proxy': { type: 'boolean', default: false },
    'until-stdin-closes': { type: 'boolean', default: false },
  },
});
// VS Code's settings and logs are to hold it, so it is no secret that is searched for.
const signIn = { name: 'engineer', password: 'proxy-password' };
const zuora = await startZuora({
  port: Number(values.port),
  seed: Number(values.seed),
  // A person's queries ask for `today - 30 days`, so the data ends today; jobs take as long as one wants to watch.
  today: new Date().toISOString().slice(0, 10),
  pace: { submittedMs: 1000, batchMs: 1500 },
  ...(values['behind-proxy'] && { tls: { cert: elsewhere, key }, proxy: { signIn } }),
});
const { url, clientId, clientSecret, apiAccessKey, proxy } = zuora;
const proxyUrl = proxy?.url.replace('//', `//${signIn.name}:${signIn.password}@`);
const way = proxyUrl === undefined ? {} : { proxyUrl, authority };
process.stdout.write(`${JSON.stringify({ url, clientId, clientSecret, apiAccessKey, ...way })}\n`);

const end = (): void => void zuora.stop().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
if (values['until-stdin-closes']) process.stdin.resume().once('end', end).once('error', end);
