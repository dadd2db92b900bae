/** Invoices with their items, the payments that settle them, and refunds. */
import { cents, dateOf, momentOf, monthsLater, stamped, type Making, type Row } from './rows';
import type { RunningSubscription } from './subscriptions';

export interface BillingData {
  readonly invoices: readonly Row[];
  readonly items: readonly Row[];
  readonly payments: readonly Row[];
  readonly invoicePayments: readonly Row[];
  readonly refunds: readonly Row[];
  readonly refundInvoicePayments: readonly Row[];
  /** What each account still owes, by its Id. */
  readonly owed: ReadonlyMap<string, { readonly balance: number; readonly lastInvoice: string }>;
}

export function makeBilling(making: Making, running: readonly RunningSubscription[]): BillingData {
  const { random, today } = making;
  const invoices: Row[] = [];
  const items: Row[] = [];
  const payments: Row[] = [];
  const invoicePayments: Row[] = [];
  const refunds: Row[] = [];
  const refundInvoicePayments: Row[] = [];
  const owed = new Map<string, { balance: number; lastInvoice: string }>();

  for (const subscription of running) {
    const { account, row, start } = subscription;
    const end = Math.min(subscription.end ?? today, today);
    // The last half year, so that a tenant of many years does not have a hundred thousand invoices.
    const first = start < today - 180 ? 1 + Math.floor((today - 180 - start) / 30.44) : 0;
    for (let month = first; monthsLater(start, month) < end; month++) {
      const day = monthsLater(start, month);
      const lines = subscription.charges.flatMap(charge => {
        const type = charge.row['ChargeType'];
        if (type === 'OneTime' && month !== 0) return [];
        const quantity = type === 'Usage' ? random.integer(50, 900) : charge.quantity;
        return [{ ...charge, quantity, amount: cents(quantity * charge.price) }];
      });
      if (lines.length === 0) continue;

      const untaxed = cents(lines.reduce((sum, line) => sum + line.amount, 0));
      const tax = cents(untaxed * (account['Region__c'] === 'EMEA' ? 0.2 : 0.0825));
      const amount = cents(untaxed + tax);
      const isDraft = day > today - 3;
      const isPaid = !isDraft && (account['AutoPay'] === true ? random.chance(0.95) : random.chance(0.7));
      const isRefunded = isPaid && random.chance(0.04);
      const number = invoices.length + 1;
      const types = new Set(lines.map(line => line.row['ChargeType']));
      const due = day + (account['PaymentTerm'] === 'Net 60' ? 60 : account['PaymentTerm'] === 'Net 30' ? 30 : 0);
      const invoice: Row = {
        ...stamped(making, { created: day, updated: isPaid ? day + random.integer(0, 20) : day }),
        InvoiceNumber: `INV${String(number).padStart(8, '0')}`,
        InvoiceDate: dateOf(day),
        DueDate: dateOf(due),
        TargetDate: dateOf(day),
        Amount: amount,
        AmountWithoutTax: untaxed,
        TaxAmount: tax,
        TaxExemptAmount: 0,
        AdjustmentAmount: 0,
        Balance: isPaid ? 0 : amount,
        PaymentAmount: isPaid ? amount : 0,
        RefundAmount: isRefunded ? amount : 0,
        Currency: account['Currency'] ?? null,
        Status: isDraft ? 'Draft' : 'Posted',
        PostedDate: isDraft ? null : momentOf(making, day),
        Source: 'BillRun',
        SourceType: 'Subscription',
        IncludesOneTime: types.has('OneTime'),
        IncludesRecurring: types.has('Recurring'),
        IncludesUsage: types.has('Usage'),
        AutoPay: account['AutoPay'] ?? null,
        Reversed: false,
        Comments: random.chance(0.05) ? 'Sent again, first copy "lost",\nsee ticket' : null,
        TransferredToAccounting: isDraft ? 'No' : 'Yes',
        RetryStatus__c: isPaid ? null : random.pick([null, 'In Progress']),
        'Account.Id': account.Id,
      };
      invoices.push(invoice);
      const debt = owed.get(account.Id) ?? { balance: 0, lastInvoice: dateOf(day) };
      const lastInvoice = debt.lastInvoice < dateOf(day) ? dateOf(day) : debt.lastInvoice;
      const open = isPaid || isDraft ? 0 : amount;
      owed.set(account.Id, { balance: cents(debt.balance + open), lastInvoice });

      for (const line of lines) {
        items.push({
          ...stamped(making, { created: day }),
          ChargeAmount: line.amount,
          ChargeDate: momentOf(making, day),
          ChargeName: line.row['Name'] ?? null,
          ChargeNumber: line.row['ChargeNumber'] ?? null,
          AccountingCode: line.row['AccountingCode'] ?? null,
          ProcessingType: 0,
          Quantity: line.quantity,
          UnitPrice: line.price,
          UOM: line.row['UOM'] ?? null,
          TaxAmount: untaxed === 0 ? 0 : cents((tax * line.amount) / untaxed),
          TaxMode: 'TaxExclusive',
          Balance: isPaid ? 0 : line.amount,
          ServiceStartDate: dateOf(day),
          ServiceEndDate: dateOf(monthsLater(day, 1) - 1),
          SubscriptionNumber: row['Name'] ?? null,
          SourceItemType: 'SubscriptionComponent',
          'Invoice.Id': invoice.Id,
          'RatePlanCharge.Id': line.row.Id,
          'Subscription.Id': row.Id,
        });
      }
      if (!isPaid) continue;

      const paid = Math.min(today, day + random.integer(0, 20));
      const payment: Row = {
        ...stamped(making, { created: paid }),
        PaymentNumber: `P-${String(payments.length + 1).padStart(8, '0')}`,
        Amount: amount,
        AppliedAmount: amount,
        UnappliedAmount: 0,
        RefundAmount: isRefunded ? amount : 0,
        Currency: account['Currency'] ?? null,
        EffectiveDate: dateOf(paid),
        Status: 'Processed',
        Type: account['PaymentGateway'] === null ? 'External' : 'Electronic',
        Gateway: account['PaymentGateway'] ?? null,
        GatewayResponse: account['PaymentGateway'] === null ? null : 'Approved, "thank you"',
        GatewayResponseCode: account['PaymentGateway'] === null ? null : '00',
        GatewayState: 'Settled',
        Source: account['AutoPay'] === true ? 'PaymentRun' : 'Manually',
        ReferenceId: `ref_${random.integer(100_000, 999_999)}`,
        Comment: null,
        'Account.Id': account.Id,
        'PaymentMethod.Id': account['DefaultPaymentMethod.Id'] ?? null,
      };
      payments.push(payment);
      const invoicePayment: Row = {
        ...stamped(making, { created: paid }),
        Amount: amount,
        RefundAmount: isRefunded ? amount : 0,
        'Invoice.Id': invoice.Id,
        'Payment.Id': payment.Id,
      };
      invoicePayments.push(invoicePayment);
      if (!isRefunded) continue;

      const refunded = Math.min(today, paid + random.integer(1, 30));
      const refund: Row = {
        ...stamped(making, { created: refunded }),
        RefundNumber: `R-${String(refunds.length + 1).padStart(8, '0')}`,
        Amount: amount,
        RefundDate: dateOf(refunded),
        Status: 'Processed',
        Type: payment['Type'] ?? null,
        MethodType: 'CreditCard',
        SourceType: 'Payment',
        ReasonCode: random.pick(['Standard Refund', 'Chargeback', 'Duplicate Payment']),
        Comment: random.chance(0.3) ? "Customer's wish" : null,
        'Account.Id': account.Id,
        'PaymentMethod.Id': account['DefaultPaymentMethod.Id'] ?? null,
      };
      refunds.push(refund);
      refundInvoicePayments.push({
        ...stamped(making, { created: refunded }),
        RefundAmount: amount,
        'Invoice.Id': invoice.Id,
        'InvoicePayment.Id': invoicePayment.Id,
        'Payment.Id': payment.Id,
        'Refund.Id': refund.Id,
      });
    }
  }
  return { invoices, items, payments, invoicePayments, refunds, refundInvoicePayments, owed };
}
