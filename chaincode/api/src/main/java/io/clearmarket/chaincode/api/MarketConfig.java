package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the organisations agreed on: in force once AuditMSP's operator and another organisation's approved the same bytes.
 *
 * @param version 1, 2, ...; one more than the one in force
 * @param ledger name of this ledger, such as {@code clearmarket:dev:market}; terms and entitlements are bound to it
 * @param chainId EVM chain id of the escrow contract
 * @param escrow address of MarketEscrow
 * @param attesters one per organisation; a second one of the required organisation is the first one's standby
 * @param requiredMsp the organisation without whose attester no quorum counts: AuditMSP
 * @param standbyDelay seconds from the announcement of a standby's signature until it counts, on the settlement chain
 * @param quorum distinct attesters needed, the required one among them
 * @param assets accepted settlement assets
 * @param verifierPage SHA-256 of the HTML page with which everybody verifies proofs; absent where none was agreed on, as in configurations of the
 *     time before there was one
 */
public record MarketConfig(
        @Within(least = 1) int version,
        @Form(MarketConfig.LEDGER) String ledger,
        @Within(least = 1) long chainId,
        EthAddress escrow,
        @Count(least = 2, most = Limits.ATTESTERS) List<Attester> attesters,
        @Form(MarketConfig.REQUIRED_MSP) String requiredMsp,
        @Within(least = 0, most = Limits.STANDBY_DELAY) long standbyDelay,
        @Within(least = 2) int quorum,
        @Count(least = 1, most = Limits.ASSETS) List<Asset> assets,
        @Nullable Digest verifierPage) {
    /** A ledger's name. */
    public static final String LEDGER = "[a-z0-9][a-z0-9:._-]{2,99}";

    /** The organisation without which nothing is in force: its approval counts in every pair, on every version. */
    public static final String REQUIRED_MSP = "AuditMSP";

    /** An organisation's MSP id. */
    public static final String MSP = "[A-Za-z0-9.-]{1,64}";

    /** An organisation's attester and its secp256k1 address. */
    public record Attester(@Form(MSP) String mspId, EthAddress address) {}

    public MarketConfig {
        attesters = List.copyOf(attesters);
        assets = List.copyOf(assets);
    }

    /** A configuration without a verifier page. */
    public MarketConfig(
            int version,
            String ledger,
            long chainId,
            EthAddress escrow,
            List<Attester> attesters,
            String requiredMsp,
            long standbyDelay,
            int quorum,
            List<Asset> assets) {
        this(version, ledger, chainId, escrow, attesters, requiredMsp, standbyDelay, quorum, assets, null);
    }

    /** The next configuration, with another verifier page. */
    public MarketConfig withVerifierPage(Digest page) {
        return new MarketConfig(
                Math.addExact(version, 1),
                ledger,
                chainId,
                escrow,
                attesters,
                requiredMsp,
                standbyDelay,
                quorum,
                assets,
                page);
    }

    /** The attester that every quorum contains, then its standby if there is one. */
    public List<Attester> requiredAttesters() {
        return attesters.stream()
                .filter(attester -> attester.mspId().equals(requiredMsp))
                .toList();
    }

    /** The attesters of the other organisations. */
    public List<Attester> otherAttesters() {
        return attesters.stream()
                .filter(attester -> !attester.mspId().equals(requiredMsp))
                .toList();
    }
}
