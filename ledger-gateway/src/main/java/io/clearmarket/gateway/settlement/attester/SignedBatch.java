package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;

/** A batch with a quorum's signatures, in ascending order of the signers' addresses as the contract wants them. */
public record SignedBatch(EntitlementBatch batch, List<String> signatures) {
    /** Nothing was signed. */
    public static final SignedBatch NONE =
            new SignedBatch(new EntitlementBatch(new Eip712.Domain("", "", 0, EthAddress.ZERO), List.of()), List.of());

    public SignedBatch {
        signatures = List.copyOf(signatures);
    }

    public boolean isEmpty() {
        return batch.items().isEmpty();
    }
}
