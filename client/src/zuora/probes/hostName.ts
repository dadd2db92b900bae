import { lookup } from 'node:dns/promises';
import { failed, success, type Outcome } from '../outcome';
import { networkFailure } from '../transport';

/** The addresses of a host, as this computer's name service knows them. */
export async function lookUp(host: string): Promise<Outcome<readonly string[]>> {
  try {
    const found = await lookup(host, { all: true });
    return success([...new Set(found.map(({ address }) => address))]);
  } catch (error) {
    return failed(networkFailure(error, []));
  }
}
