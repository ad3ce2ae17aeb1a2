package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainLog;
import io.clearmarket.gateway.chain.Deployment;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.gateway.chain.NodeViews;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.json.Json;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the escrow contract says, at the newest finalized block.
 *
 * @param block that block's number
 * @param statuses of every escrow that was asked for, by escrow id
 * @param balances the contract's tokens
 * @param claimable shares that wait for their receivers, by token
 * @param undelivered shares of an escrow that could not be delivered at once, claimed since or not, by escrow id
 */
record ChainSide(
        long chainId,
        EthAddress contract,
        long block,
        Map<Digest, EscrowStatus> statuses,
        Map<EthAddress, BigInteger> balances,
        Map<EthAddress, BigInteger> claimable,
        Map<Digest, BigInteger> undelivered) {
    private static final int BLOCKS_AT_ONCE = 5_000;

    /** Asks the chain about every consignment whose terms can be read. */
    static ChainSide read(URI rpc, Path deploymentFile, LedgerRecords ledger) {
        Set<String> ids = new TreeSet<>();
        Set<EthAddress> tokens = new TreeSet<>();
        for (JsonNode value : ledger.all(RecordKind.TERMS).values()) {
            try {
                Terms terms = Json.MAPPER.treeToValue(value, SignedTerms.class).terms();
                ids.add(EscrowTypes.escrowId(terms).hex());
                tokens.add(terms.asset().token());
            } catch (JacksonException e) {
                // the check itself reports a record that can't be read
            }
        }
        try (EscrowReader reader = NodeViews.of(Deployment.read(deploymentFile)).open(rpc)) {
            return read(reader, ids.stream().map(Digest::new).toList(), tokens);
        }
    }

    private static ChainSide read(EscrowReader reader, List<Digest> ids, Set<EthAddress> tokens) {
        long finalized = reader.finalizedBlock().number();
        Map<EthAddress, BigInteger> claimable = new TreeMap<>();
        Map<Digest, BigInteger> undelivered = new HashMap<>();
        for (ChainLog log : logs(reader, finalized)) {
            if (log instanceof ChainLog.Claimable waits) {
                BigInteger units = waits.amount().units();
                claimable.merge(waits.asset(), units, BigInteger::add);
                undelivered.merge(waits.escrowId(), units, BigInteger::add);
            } else if (log instanceof ChainLog.Claimed claimed) {
                claimable.merge(claimed.asset(), claimed.amount().units().negate(), BigInteger::add);
            }
        }
        List<EscrowStatus> answers = reader.statuses(ids, finalized);
        Map<Digest, EscrowStatus> statuses = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            statuses.put(ids.get(i), answers.get(i));
        }
        Map<EthAddress, BigInteger> balances = new TreeMap<>();
        tokens.forEach(
                token -> balances.put(token, reader.balance(token, finalized).units()));
        return new ChainSide(
                reader.chainId(), reader.contract(), finalized, statuses, balances, claimable, undelivered);
    }

    private static List<ChainLog> logs(EscrowReader reader, long upTo) {
        List<ChainLog> all = new ArrayList<>();
        for (long from = reader.firstBlock(); from <= upTo; from += BLOCKS_AT_ONCE) {
            all.addAll(reader.logs(from, Math.min(upTo, from + BLOCKS_AT_ONCE - 1)));
        }
        return all;
    }
}
