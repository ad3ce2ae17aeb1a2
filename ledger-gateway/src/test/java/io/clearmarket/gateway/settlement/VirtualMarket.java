package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.Deployment;
import io.clearmarket.gateway.chain.VirtualSignatures;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who takes part in a simulated run, and on what terms; the same in every run of a process. */
final class VirtualMarket {
    private static final long DAY = 86_400;

    static final String LEDGER = "clearmarket:virtual:market";
    static final Deployment DEPLOYMENT =
            new Deployment(31337, VirtualSignatures.account("escrow"), VirtualSignatures.account("token"), 0);
    static final EthAddress AUDIT = VirtualSignatures.account("audit");
    static final EthAddress PLATFORM = VirtualSignatures.account("platform");
    static final EthAddress MERCHANTS = VirtualSignatures.account("merchants");
    static final EthAddress STANDBY = VirtualSignatures.account("standby");
    static final MarketConfig CONFIG = new MarketConfig(
            1,
            LEDGER,
            DEPLOYMENT.chainId(),
            DEPLOYMENT.escrow(),
            List.of(
                    new MarketConfig.Attester("AuditMSP", AUDIT),
                    new MarketConfig.Attester("AuditMSP", STANDBY),
                    new MarketConfig.Attester("PlatformMSP", PLATFORM),
                    new MarketConfig.Attester("MerchantsMSP", MERCHANTS)),
            "AuditMSP",
            5,
            2,
            List.of(Asset.erc20(DEPLOYMENT.chainId(), DEPLOYMENT.token())));
    static final SigningIdentity GATEWAY = identity("platform");
    static final SigningIdentity BUYER = identity("buyer");

    /** Terms, and what follows from them, are the same in every run, and dear to make. */
    static final List<Terms> ORDERS = Stream.of(7_001, 1_000, 31_415)
            .map(total -> terms("order-of-" + total, total, Instant.parse("2026-01-01T00:00:00Z")))
            .toList();

    private static final Map<ConsignmentId, Consignment> PLACED =
            ORDERS.stream().collect(Collectors.toMap(Terms::consignmentId, VirtualMarket::make));

    private VirtualMarket() {}

    private static SigningIdentity identity(String kind) {
        KeyPair pair = P256.generate();
        return new SigningIdentity(
                "PlatformMSP",
                DevelopmentCa.create("PlatformMSP", "ca")
                        .issue(pair.getPublic(), CertificateRequest.pseudonymous(kind, pair.getPublic())),
                pair.getPrivate());
    }

    /** The terms of an order with one consignment; each order has a payer of its own. */
    static Terms terms(String order, long total, Instant now) {
        Instant payBy = now.plusSeconds(DAY);
        return new Terms(
                1,
                LEDGER,
                new OrderId(order),
                1,
                BUYER.partyId(),
                GATEWAY.partyId(),
                List.of(GATEWAY.partyId()),
                List.of(new Terms.Line(
                        1, "product", "09520000000008", 1, Amount.of(total), Amount.ZERO, Amount.of(total))),
                new Money(Amount.of(total), "USD"),
                CONFIG.assets().getFirst(),
                Amount.of(total),
                new Terms.Quote(1, 1, "test", Instant.EPOCH, payBy),
                new Terms.EscrowTerms(
                        DEPLOYMENT.chainId(),
                        DEPLOYMENT.escrow(),
                        VirtualSignatures.account("payer of " + order),
                        VirtualSignatures.account("merchant"),
                        VirtualSignatures.account("fees"),
                        EthAddress.ZERO,
                        EscrowTypes.attesterSetHash(CONFIG),
                        Digest.ZERO),
                0,
                0,
                new Terms.Timers(60, 60, 60, 60, 60, 60, 60, 60),
                payBy,
                payBy.plusSeconds(60 * DAY),
                "inspection");
    }

    /** As it is once placed. */
    static Consignment placed(Terms terms) {
        return Objects.requireNonNull(PLACED.get(terms.consignmentId()));
    }

    /** As it is once placed, of whatever terms. */
    static Consignment make(Terms terms) {
        return new Consignment(
                terms.consignmentId(),
                terms.orderId(),
                BUYER.partyId(),
                GATEWAY.partyId(),
                terms.asset(),
                terms.hash(),
                EscrowTypes.escrowId(terms),
                1,
                Consignment.Goods.PLACED,
                Consignment.Ledgered.NOTHING,
                new Consignment.Deadlines(null, null, null, null, null, null, null, null, null, terms.stopDate()),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
