/**
 * The stand-in as a command: `npm run zuora -- [--port 8080] [--seed 1] [--until-stdin-closes]`.
 *
 * Prints one line of JSON when it listens: { url, clientId, clientSecret, apiAccessKey }. Ends on SIGTERM and SIGINT, and with
 * --until-stdin-closes also when the process that started it is gone.
 */
import { parseArgs } from 'node:util';
import { startZuora } from './server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    'until-stdin-closes': { type: 'boolean', default: false },
  },
});
const zuora = await startZuora({
  port: Number(values.port),
  seed: Number(values.seed),
  // A person's queries ask for `today - 30 days`, so the data ends today; jobs take as long as one wants to watch.
  today: new Date().toISOString().slice(0, 10),
  pace: { submittedMs: 1000, batchMs: 1500 },
});
const { url, clientId, clientSecret, apiAccessKey } = zuora;
process.stdout.write(`${JSON.stringify({ url, clientId, clientSecret, apiAccessKey })}\n`);

const end = (): void => void zuora.stop().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
if (values['until-stdin-closes']) process.stdin.resume().once('end', end).once('error', end);
