package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainLog;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A deposit's evidence as a test makes it, of whichever attesters it likes. */
record DepositEvidence(MoneyTestMarket market) {
    /** Waits for the deposit in a finalized block. */
    Evidence.Seen seen(Terms terms) {
        EscrowChain chain = market.system.context().getBean(EscrowChain.class);
        Digest escrowId = EscrowTypes.escrowId(terms);
        List<ChainLog> history = MoneyTestMarket.await(
                "the deposit in a finalized block",
                () -> chain.history(escrowId, chain.finalizedBlock().number()),
                logs -> !logs.isEmpty());
        return chain.facts(history).getFirst();
    }

    Evidence signed(Evidence.Seen seen, String... mspIds) {
        byte[] digest = EscrowTypes.seenDigest(GatewayTestSystem.LEDGER, seen);
        return new Evidence(
                seen,
                Stream.of(mspIds)
                        .map(mspId -> "0x"
                                + HexFormat.of()
                                        .formatHex(market.attesterKey(mspId).signDigest(digest)))
                        .toList());
    }

    TestHttp.Answer record(Terms terms, Evidence evidence, String commandId) {
        return market.http("merchant")
                .post(
                        "/api/v1/consignments/" + terms.consignmentId() + "/record-deposit",
                        Map.of("evidence", evidence),
                        commandId);
    }
}
