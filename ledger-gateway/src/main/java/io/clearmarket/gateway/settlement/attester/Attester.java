package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;

/** One organisation's attester. It trusts nothing in a request: it looks for itself, and signs or says why not. */
public interface Attester {
    /** Its organisation. */
    String mspId();

    /** The address of its key, as the market's configuration and the escrows' attester sets name it. */
    EthAddress address();

    /** Answers each fact: signed if its own node shows the same log in a finalized block. */
    List<Answer> attest(List<Evidence.Seen> facts);

    /** Signs a whole batch if its own peer shows every decision in it, and its limits allow it. */
    BatchAnswer attest(EntitlementBatch batch);
}
