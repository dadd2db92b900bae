/** A bare client for the stand-in's own tests: node:http, so that nothing is unpacked, followed or repeated unseen. */
import assert from 'node:assert/strict';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { SubmitRequest } from './aqua.schema';
import type { Zuora } from './server';

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** True when the connection ended before the body did. */
  readonly aborted: boolean;
}

/** The parts of AQuA's answers that tests look at. */
export interface JobAnswer {
  readonly id?: string;
  readonly status: string;
  readonly errorCode?: string;
  readonly message?: string;
  readonly startTime?: string;
  readonly batches: readonly {
    readonly batchId?: string;
    readonly name?: string;
    readonly status: string;
    readonly recordCount: number;
    readonly message?: string;
    readonly fileId?: string;
    readonly segments?: readonly string[];
    readonly full?: boolean;
  }[];
}

export interface TestClient {
  /** Calls with a token. Rejects when no answer comes. */
  call(path: string, call?: Call): Promise<Reply>;
  submit(body: SubmitRequest, headers?: Readonly<Record<string, string>>): Promise<JobAnswer>;
  job(id: string | undefined): Promise<JobAnswer>;
  /** Submits, lets the stand-in's time pass and answers the finished job. */
  finish(body: SubmitRequest): Promise<JobAnswer>;
  /** The result of one query as text. */
  csv(body: SubmitRequest): Promise<string>;
}

export async function connect(zuora: Zuora): Promise<TestClient> {
  const token = await signIn(zuora);
  const call = (path: string, { headers, ...rest }: Call = {}): Promise<Reply> =>
    send(`${zuora.url}${path}`, { ...rest, headers: { Authorization: `Bearer ${token}`, ...headers } });
  const submit = async (body: SubmitRequest, headers?: Readonly<Record<string, string>>): Promise<JobAnswer> => {
    const reply = await call('/v1/batch-query/', post(body, headers));
    return answerOf<JobAnswer>(reply);
  };
  const job = async (id: string | undefined): Promise<JobAnswer> =>
    answerOf<JobAnswer>(await call(`/v1/batch-query/jobs/${id ?? 'none'}`));
  const finish = async (body: SubmitRequest): Promise<JobAnswer> => {
    const submitted = await submit(body);
    assert.ok(submitted.id, `The job was refused: ${submitted.message}`);
    if (submitted.status === 'submitted') zuora.advance(600_000);
    return job(submitted.id);
  };
  const csv = async (body: SubmitRequest): Promise<string> => {
    const [batch] = (await finish(body)).batches;
    assert.ok(batch?.fileId, `There is no file: ${batch?.message}`);
    return (await call(`/v1/files/${batch.fileId}`)).text;
  };
  return { call, submit, job, finish, csv };
}

export async function signIn(zuora: Zuora): Promise<string> {
  const reply = await requestToken(zuora, {});
  return answerOf<{ access_token: string }>(reply).access_token;
}

/** The token call, with other form fields where a test wants them. */
export function requestToken(zuora: Zuora, fields: Readonly<Record<string, string>>): Promise<Reply> {
  const { clientId, clientSecret } = zuora;
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials', ...fields };
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return send(`${zuora.url}/oauth/token`, { method: 'POST', headers, body: new URLSearchParams(form).toString() });
}

export function post(body: unknown, headers: Readonly<Record<string, string>> = {}): Call {
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export function answerOf<T>(reply: Reply): T {
  return JSON.parse(reply.text) as T;
}

export function send(url: string, { method = 'GET', headers = {}, body }: Call): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, response => {
      const chunks: Buffer[] = [];
      const done = (): void => {
        const bytes = Buffer.concat(chunks);
        const { statusCode = 0, headers: received, complete } = response;
        resolve({ status: statusCode, headers: received, bytes, text: bytes.toString('utf8'), aborted: !complete });
      };
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('close', done).on('error', () => undefined); // `close` follows an error and says that it was cut short.
    });
    sent.on('error', reject).end(body);
  });
}
