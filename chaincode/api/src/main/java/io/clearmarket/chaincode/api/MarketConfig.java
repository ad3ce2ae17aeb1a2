package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;

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
 */
public record MarketConfig(
        int version,
        String ledger,
        long chainId,
        EthAddress escrow,
        List<Attester> attesters,
        String requiredMsp,
        long standbyDelay,
        int quorum,
        List<Asset> assets) {

    /** An organisation's attester and its secp256k1 address. */
    public record Attester(String mspId, EthAddress address) {}

    public MarketConfig {
        attesters = List.copyOf(attesters);
        assets = List.copyOf(assets);
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
