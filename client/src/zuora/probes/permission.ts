import type { Token } from '../auth';
import { failed, success, type Outcome } from '../outcome';
import { refusalOf } from '../refusals';
import type { JobScope } from '../scope';
import { exchange, textOf, type HttpRequest, type Transport } from '../transport';

/** The id of no job: Zuora's are 32 hexadecimal digits, of which none is all zeros. */
const noJob = '0'.repeat(32);

/**
 * Whether AQuA answers this client: it is asked for a job that does not exist, which changes nothing. That it does not know
 * the job (404, or code 90002) is what a permitted client hears.
 */
export async function askForNoJob(
  transport: Transport,
  { origin, entityIds }: Pick<JobScope, 'origin' | 'entityIds'>,
  token: Token,
  signal: AbortSignal,
): Promise<Outcome<void>> {
  const request: HttpRequest = {
    method: 'GET',
    origin,
    path: `/v1/batch-query/jobs/${noJob}`,
    headers: {
      ...token.reveal(),
      ...(entityIds === undefined ? {} : { 'Zuora-Entity-Ids': entityIds }),
    },
    secrets: token.secrets(),
  };
  return exchange(transport, request, [signal], async answer => {
    const refusal = refusalOf(answer, await textOf(answer), request, transport.clock);
    const isUnknown = refusal?.kind === 'rejected' && (refusal.status === 404 || refusal.code === '90002');
    return !refusal || isUnknown ? success(undefined) : failed(refusal);
  });
}
