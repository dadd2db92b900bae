/** Usage records of the metered charges. */
import { dateOf, deletedMark, momentOf, stamped, type Making, type Row } from './rows';
import type { RunningSubscription } from './subscriptions';

export function makeUsage(making: Making, running: readonly RunningSubscription[]): readonly Row[] {
  const { random, today } = making;
  const usage: Row[] = [];
  for (const subscription of running) {
    for (const { row: charge } of subscription.charges) {
      if (charge['ChargeType'] !== 'Usage') continue;
      const end = subscription.end ?? today;
      // One record a week, of the last three months only: usage is what grows fastest in a real tenant.
      for (let day = Math.max(subscription.start, end - 90); day < end; day += 7) {
        usage.push({
          ...stamped(making, { created: day }),
          AccountNumber: subscription.account['AccountNumber'] ?? null,
          UOM: charge['UOM'] ?? null,
          Quantity: random.integer(0, 4000) / (charge['UOM'] === 'GB' ? 8 : 1),
          StartDateTime: momentOf(making, day),
          EndDateTime: null,
          SubmissionDateTime: momentOf(making, day),
          RbeStatus: day < today - 30 ? 'Processed' : 'Pending',
          SourceType: random.pick(['API', 'Import']),
          UniqueKey: `${String(charge['ChargeNumber'])}/${dateOf(day)}`,
          Description: random.chance(0.1) ? 'Corrected by hand' : null,
          SubscriptionNumber: subscription.row['Name'] ?? null,
          ChargeNumber: charge['ChargeNumber'] ?? null,
          'Subscription.Id': subscription.row.Id,
          'RatePlanCharge.Id': charge.Id,
          ...(random.chance(0.02) ? { [deletedMark]: true } : {}),
        });
      }
    }
  }
  return usage;
}
