import type { App } from '../../app';
import { isTrusted } from '../../tenants/commands/trust';
import { adopt, askForId, found, revealKnown, targetIn, tenantToAsk } from '../adopting';

/** ZOQL: Adopt Job by ID…. Any job of a tenant comes into the list, whoever submitted it. */
export async function run(app: App): Promise<void> {
  if (!isTrusted('ask for jobs')) return;
  const tenant = await tenantToAsk(app);
  const target = tenant && targetIn(tenant);
  if (!target) return;
  const id = await askForId(`Adopt a Job of ${target.tenant}`);
  if (id === undefined || (await revealKnown(app, target, id))) return;
  const job = await found(app, target, `Asking ${target.tenant} for ${id}`, (client, signal) =>
    client.job(target, id, signal),
  );
  if (job) await adopt(app, target, job);
}
