package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.settlement.SettlementProperties.AttesterProperties;
import io.clearmarket.wallet.eth.EthSigner;
import java.util.List;

/** The keys of the attesters in this process, opened once. */
record AttesterSigners(List<Opened> attesters) {
    /** An attester's settings and its key. */
    record Opened(AttesterProperties properties, EthSigner signer) {}

    AttesterSigners {
        attesters = List.copyOf(attesters);
    }
}
