import type {
  AuthorizePaymentInput,
  AuthorizePaymentOutput,
  BigNumberInput,
  CancelPaymentInput,
  CancelPaymentOutput,
  CapturePaymentInput,
  CapturePaymentOutput,
  DeletePaymentInput,
  DeletePaymentOutput,
  GetPaymentStatusInput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  ProviderWebhookPayload,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from "@medusajs/framework/types";
import { AbstractPaymentProvider, MathBN, MedusaError, PaymentActions, PaymentSessionStatus } from "@medusajs/framework/utils";
import type { Cart } from "../../lib/cart.js";
import { requirePayment, type PaymentOptions } from "../../lib/options.js";
import { Payments, type PaymentData } from "../../lib/payments.js";
import type { Status } from "../../lib/standing.js";
import { NotBelieved } from "../../lib/webhook.js";
import { said } from "../said.js";

const STATUSES: Record<Status, PaymentSessionStatus> = {
  requires_more: PaymentSessionStatus.REQUIRES_MORE,
  pending: PaymentSessionStatus.PENDING,
  authorized: PaymentSessionStatus.AUTHORIZED,
  captured: PaymentSessionStatus.CAPTURED,
  canceled: PaymentSessionStatus.CANCELED,
};

const ACTIONS: Record<Status, PaymentActions> = {
  requires_more: PaymentActions.REQUIRES_MORE,
  pending: PaymentActions.PENDING,
  authorized: PaymentActions.AUTHORIZED,
  captured: PaymentActions.SUCCESSFUL,
  canceled: PaymentActions.CANCELED,
};

/** Payment into escrow at Clearmarket's hosted checkout; `README.md` has the table of what each status means. */
export class ClearmarketPaymentProvider extends AbstractPaymentProvider<PaymentOptions> {
  static override identifier = "clearmarket";

  private readonly payments: Payments;
  private readonly logger: { warn(message: string): void };

  static override validateOptions(options: Record<string, unknown>): void {
    requirePayment(options);
  }

  constructor(container: Record<string, unknown>, options: PaymentOptions) {
    super(container, options);
    this.logger = container.logger as { warn(message: string): void };
    this.payments = new Payments(options);
  }

  /** A checkout whose page the shop sends the buyer to: `data.checkout_url`. */
  async initiatePayment({ amount, currency_code, data = {} }: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    const { session_id, clearmarket: cart } = data as { session_id?: string; clearmarket?: Cart };
    if (!session_id || !cart) {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, "what is in the cart is unknown: make the session at /store/payment-collections/{id}/payment-sessions");
    }
    const made = await said(() => this.payments.initiate(session_id, text(amount), currency_code, cart));
    return { id: made.checkout_id, data: { ...made }, status: PaymentSessionStatus.PENDING };
  }

  /** Authorized is what the escrow holds, as the ledger says at this moment. */
  async authorizePayment({ data }: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    return this.status(data);
  }

  async getPaymentStatus({ data }: GetPaymentStatusInput): Promise<GetPaymentStatusOutput> {
    return this.status(data);
  }

  async retrievePayment({ data }: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    return { data: (await said(() => this.payments.look(payment(data)))).data };
  }

  /** Moves nothing: see {@link Payments.capture}. */
  async capturePayment({ data }: CapturePaymentInput): Promise<CapturePaymentOutput> {
    return { data: await said(() => this.payments.capture(payment(data))) };
  }

  async refundPayment({ data, amount, context }: RefundPaymentInput): Promise<RefundPaymentOutput> {
    const key = context?.idempotency_key;
    if (!key) throw new MedusaError(MedusaError.Types.INVALID_DATA, "a refund without an id cannot be repeated safely");
    return { data: await said(() => this.payments.refund(payment(data), text(amount), key)) };
  }

  async cancelPayment({ data }: CancelPaymentInput): Promise<CancelPaymentOutput> {
    return { data: await said(() => this.payments.cancel(payment(data))) };
  }

  /** The session is given up, since the cart changed: what was paid for it goes back. */
  async deletePayment({ data }: DeletePaymentInput): Promise<DeletePaymentOutput> {
    if (!data?.checkout_id) return {};
    return { data: await said(() => this.payments.cancel(payment(data))) };
  }

  /** Terms are signed as they are; another amount needs another session, which Medusa makes when a cart changes. */
  async updatePayment({ data, amount, currency_code }: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    const { currency, amount: before } = payment(data);
    if (currency !== currency_code.toUpperCase() || !MathBN.eq(before, amount)) {
      throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `the checkout is for ${before} ${currency}: make another payment session`);
    }
    return { data: { ...data } };
  }

  async getWebhookActionAndData({ rawData, headers }: ProviderWebhookPayload["payload"]): Promise<WebhookActionResult> {
    try {
      const body = typeof rawData === "string" ? Buffer.from(rawData) : rawData;
      const heard = await said(() => this.payments.heard(headers, new Uint8Array(body)));
      if (!heard) return { action: PaymentActions.NOT_SUPPORTED };
      return { action: ACTIONS[heard.status], data: { session_id: heard.session, amount: heard.amount } };
    } catch (e) {
      if (!(e instanceof NotBelieved)) throw e;
      this.logger.warn(`Clearmarket: ${e.message}`);
      return { action: PaymentActions.NOT_SUPPORTED };
    }
  }

  private async status(data: Record<string, unknown> | undefined) {
    const { status, data: seen } = await said(() => this.payments.look(payment(data)));
    return { status: STATUSES[status], data: { ...seen } };
  }
}

function payment(data: Record<string, unknown> | undefined): PaymentData {
  if (!data?.consignment_id) throw new MedusaError(MedusaError.Types.INVALID_DATA, "this is no payment of Clearmarket");
  return data as PaymentData;
}

/** Medusa's number in plain decimal text, every digit of it. */
function text(amount: BigNumberInput): string {
  return MathBN.convert(amount).toFixed();
}
