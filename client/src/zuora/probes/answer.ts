import { success, failed, type Outcome } from '../outcome';
import { notAnAnswer, refusalOf } from '../refusals';
import { skewOf } from '../skew';
import { exchange, textOf, type HttpRequest, type Transport } from '../transport';

export interface AnswerFacts {
  readonly status: number;
  /** By how many milliseconds this computer's clock is ahead; undefined where the answer has no date. */
  readonly skewMs?: number;
}

/** What the service says to a request without any credentials, on the way that all requests go. A 401 is as it should be. */
export async function askWithoutCredentials(
  transport: Transport,
  origin: string,
  signal: AbortSignal,
): Promise<Outcome<AnswerFacts>> {
  const request: HttpRequest = { method: 'GET', origin, path: '/v1/describe', headers: {}, secrets: [] };
  const { clock } = transport;
  const started = clock.monotonic();
  return exchange(transport, request, [signal], async answer => {
    const skewMs = skewOf(answer.header('date'), clock.now(), clock.monotonic() - started);
    const text = await textOf(answer);
    const refusal = refusalOf(answer, text, request, clock);
    switch (refusal?.kind) {
      case 'network':
      case 'redirected':
      case 'unavailable':
      case 'throttled':
        return failed(refusal);
      default:
        if (/^\s*<(!doctype html|html)/i.test(text)) return failed(notAnAnswer('a web page came', text, request));
        return success({ status: answer.status, ...(skewMs === undefined ? {} : { skewMs }) });
    }
  });
}
