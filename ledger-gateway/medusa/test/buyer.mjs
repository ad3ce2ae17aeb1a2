// A buyer at a hosted checkout, without its page: the client package's own keys, decoding and signatures, and a wallet of test money.
import {
  answered, bindingMessage, certificateRequest, connect, depositAuthorization, execute, generateKey, sign, termsBytes, termsHash, toBase64,
} from "@clearmarket/client";
import { TestWallet } from "@clearmarket/client/test-wallet";

const PATIENCE = 120_000;

export async function until(what, ask) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Takes the checkout up and places its order; what else a buyer may want to do is in the answer. */
export async function buy(checkoutUrl) {
  const { origin, pathname } = new URL(checkoutUrl);
  const id = pathname.split("/").at(-1);
  const open = connect(origin);
  const path = { params: { path: { id } } };
  const offer = await answered(open.GET("/api/v1/checkouts/{id}/offer", path));
  const wallet = new TestWallet(undefined, offer.terms.escrow.chainId);
  const pair = await generateKey();
  const csr = await certificateRequest(pair, `clearmarket-checkout-${offer.challenge}`);
  const claimed = await answered(open.POST("/api/v1/checkouts/{id}/claims", { ...path, body: { csr, address: wallet.address } }));
  const { terms, party, mspId, certificate, merchantSignature, token } = claimed;
  const market = connect(origin, token);
  const device = { certificate, mspId, party, key: pair.privateKey };
  const message = `0x${Buffer.from(bindingMessage(terms.ledger, party)).toString("hex")}`;
  const addressSignature = await wallet.request({ method: "personal_sign", params: [message, wallet.address] });
  await execute(market, device, "registerParty", { commandId: `register-${party}`, role: "BUYER", address: terms.escrow.payer, addressSignature });
  const buyerSignature = toBase64(await sign(pair.privateKey, termsBytes(terms)));
  const consignments = [{ terms, buyerSignature, merchantSignature }];
  await execute(market, device, "placeOrder", { commandId: `place-${termsHash(terms)}`, orderId: terms.orderId, consignments });
  const { consignmentId } = offer;
  return {
    consignmentId,
    terms,
    pay: () => deposit(market, wallet, terms, consignmentId),
    accept: (version) => execute(market, device, "accept", { commandId: `accept-${consignmentId}`, consignmentId, version, part: { lines: [] } }),
  };
}

async function deposit(market, wallet, terms, consignmentId) {
  await answered(market.POST("/api/v1/development/faucet/grants", { body: { grants: [{ key: consignmentId, address: wallet.address, amount: terms.total }] } }));
  const given = await answered(market.GET("/api/v1/deposits/{consignmentId}/authorization", { params: { path: { consignmentId } } }));
  const typed = depositAuthorization(terms, given.domain);
  const signature = await wallet.request({ method: "eth_signTypedData_v4", params: [wallet.address, JSON.stringify(typed)] });
  const authorization = { validAfter: 0, validBefore: Number(typed.message.validBefore), signature };
  await until("the deposit is taken", async () => {
    const { response } = await market.POST("/api/v1/deposits", { body: { consignmentId, authorization } });
    return response.ok;
  });
}
