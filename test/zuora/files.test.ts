/** Result files in each format, read back by something that is not ours. */
import { DuckDBInstance } from '@duckdb/node-api';
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { crc32 } from './crc32';
import { startZuora, type Zuora } from './server';
import { connect, type Reply, type TestClient } from './testClient';

let zuora: Zuora;
let client: TestClient;
before(async () => {
  zuora = await startZuora({ tokenExpiresIn: 10_000_000 });
  client = await connect(zuora);
});
after(() => zuora.stop());

const query = 'select AccountNumber, Name, Notes from Account order by AccountNumber';

async function file(format: 'csv' | 'gzip' | 'zip', name: 'file' | 'files' = 'files'): Promise<Reply> {
  const job = await client.finish({ format, useQueryLabels: true, queries: [{ query }] });
  return client.call(`/v1/${name}/${job.batches[0]?.fileId}`);
}

test('csv that DuckDB reads back row by row', async () => {
  const { text, headers } = await file('csv');
  assert.match(headers['content-type'] ?? '', /^text\/csv/);
  const folder = await mkdtemp(path.join(tmpdir(), 'zuora-'));
  try {
    const csv = path.join(folder, 'result.csv');
    await writeFile(csv, text);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const sql = `select "Account.Name" from read_csv($1, header = true, all_varchar = true)`;
    const names = (await connection.runAndReadAll(sql, [csv])).getRowsJS().flat();
    connection.closeSync();
    assert.equal(names.length, 120);
    assert.deepEqual(names.slice(0, 11), [
      'Acme Inc.',
      "O'Reilly & Sons",
      'Smith, Jones "and" Partners',
      'Müller Bäckerei GmbH',
      '株式会社さくら',
      'Café Zürich',
      'Łódź Logistics',
      '=SUM(A1) Trading',
      'Two\nLines Ltd',
      'Emoji Works 🚀',
      'مؤسسة النور',
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('gzip is one gzip file', async () => {
  const { bytes, headers } = await file('gzip', 'file');
  assert.equal(headers['content-encoding'], undefined, 'the file is gzip, not its transport');
  assert.equal(gunzipSync(bytes).toString('utf8'), (await file('csv')).text);
});

test('zip holds one entry, and its checksum fits', async () => {
  const { bytes, headers } = await file('zip');
  assert.equal(headers['content-type'], 'application/zip');
  assert.equal(bytes.readUInt32LE(0), 0x04034b50);
  const [packed, size] = [bytes.readUInt32LE(18), bytes.readUInt32LE(22)];
  const start = 30 + bytes.readUInt16LE(26);
  const content = inflateRawSync(bytes.subarray(start, start + packed));
  assert.equal(content.length, size);
  assert.equal(crc32(content), bytes.readUInt32LE(14));
  assert.equal(content.toString('utf8'), (await file('csv')).text);
  const end = bytes.subarray(-22);
  assert.deepEqual([end.readUInt32LE(0), end.readUInt16LE(10)], [0x06054b50, 1]);
});

test('the checksum is the one of the zip format', () => {
  assert.equal(crc32(Buffer.from('123456789')), 0xcbf43926);
});

test('files are gone after three days', async () => {
  const job = await client.finish({ queries: [{ query }] });
  const url = `/v1/files/${job.batches[0]?.fileId}`;
  assert.equal((await client.call(url)).status, 200);
  zuora.advance(3 * 86_400_000);
  assert.equal((await client.call(url)).status, 404);
});

test('an unknown file is a 404', async () => {
  assert.equal((await client.call('/v1/files/no-such-file')).status, 404);
});
