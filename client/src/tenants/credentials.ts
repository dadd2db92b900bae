// Client ids and secrets, and API access keys, in the editor's secret storage and nowhere else.
import { isApiAccessKey, type ApiAccessKey, type ClientCredentials, type Credentials } from '../zuora/auth';
import { failed, success, type Outcome } from '../zuora/outcome';

/** What is used of vscode.SecretStorage. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  /** Also told of what other windows did. */
  onDidChange(listener: (event: { readonly key: string }) => void): { dispose(): void };
}

/** Whom credentials belong to: many tenants share a host, and a tenant's changed host must not get the old secret. */
export interface CredentialsOwner {
  readonly tenant: string;
  readonly origin: string;
}

const prefix = 'zoql.credentials:';

/** Undefined where there are none; `storage` where the secret storage fails. There is no other place to look. */
export async function readCredentials(
  secrets: SecretStore,
  owner: CredentialsOwner,
): Promise<Outcome<Credentials | undefined>> {
  return guarded('read', async () => {
    const text = await secrets.get(keyOf(owner));
    return text === undefined ? undefined : parse(text);
  });
}

export async function storeCredentials(
  secrets: SecretStore,
  owner: CredentialsOwner,
  credentials: Credentials,
): Promise<Outcome<void>> {
  return guarded('written', () => secrets.store(keyOf(owner), JSON.stringify(plain(credentials))));
}

export async function deleteCredentials(secrets: SecretStore, owner: CredentialsOwner): Promise<Outcome<void>> {
  return guarded('written', () => secrets.delete(keyOf(owner)));
}

/** The owner a key of the secret storage belongs to; undefined for a key that is not ours. */
export function ownerOf(key: string): CredentialsOwner | undefined {
  if (!key.startsWith(prefix)) return undefined;
  const [tenant, origin] = JSON.parse(key.slice(prefix.length)) as [string, string];
  return { tenant, origin };
}

/** The key of an owner's credentials, in the secret storage and elsewhere. */
export function keyOf({ tenant, origin }: CredentialsOwner): string {
  return prefix + JSON.stringify([tenant, origin]);
}

/** Nothing else that the object may carry is stored. */
function plain(credentials: Credentials): Credentials {
  if (isApiAccessKey(credentials)) {
    const { apiAccessKeyId, apiSecretAccessKey } = credentials;
    return { apiAccessKeyId, apiSecretAccessKey };
  }
  const { clientId, clientSecret } = credentials;
  return { clientId, clientSecret };
}

/** Our own text, unless something else wrote under our key: then it is as good as none, and Sign In overwrites it. */
function parse(text: string): Credentials | undefined {
  try {
    const { clientId, clientSecret, apiAccessKeyId, apiSecretAccessKey } = JSON.parse(text) as Partial<
      Record<keyof ClientCredentials | keyof ApiAccessKey, unknown>
    >;
    if (typeof clientId === 'string' && typeof clientSecret === 'string') return { clientId, clientSecret };
    if (typeof apiAccessKeyId === 'string' && typeof apiSecretAccessKey === 'string') {
      return { apiAccessKeyId, apiSecretAccessKey };
    }
  } catch {
    return undefined;
  }
  return undefined;
}

/** The store's own message stays here: it may quote what was to be stored. */
async function guarded<T>(what: 'read' | 'written', action: () => PromiseLike<T>): Promise<Outcome<T>> {
  try {
    return success(await action());
  } catch {
    return failed({ kind: 'storage', message: `the editor's secret storage could not be ${what}`, store: 'secrets' });
  }
}
