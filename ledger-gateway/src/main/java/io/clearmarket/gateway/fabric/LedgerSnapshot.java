package io.clearmarket.gateway.fabric;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;

/**
 * Every block that one organisation's peer had at a moment, from block 0 on. Each block's data hash, its link to the block
 * before and the newest header's hash were verified.
 *
 * @param height number of blocks
 * @param hash SHA-256 of the newest block's header
 */
public record LedgerSnapshot(long height, Digest hash, List<LedgerBlock> blocks) {
    public LedgerSnapshot {
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads them all; for tools outside of the gateway's process.
     *
     * @param networkFile {@code network.json}
     * @param mspId whose peer to read from
     * @param reader who asks
     * @throws LedgerFailure if the peer is away or refuses
     * @throws IllegalStateException if the blocks are no chain, naming the first that breaks it
     */
    public static LedgerSnapshot read(
            Path networkFile, String mspId, SigningIdentity reader, String channel, String chaincode) {
        try (Peers peers = new Peers(networkFile, channel, reader)) {
            Network network = peers.of(mspId).network();
            BlockchainInfo info = BlockchainInfo.parseFrom(network.getContract("qscc")
                    .newProposal("GetChainInfo")
                    .addArguments(channel)
                    .setEndorsingOrganizations(mspId)
                    .build()
                    .evaluate());
            List<LedgerBlock> blocks = blocks(network, info.getHeight(), new BlockDecoder(chaincode));
            Digest newest = blocks.getLast().hash();
            Digest said = Digest.of(info.getCurrentBlockHash().toByteArray());
            if (!newest.equals(said)) {
                throw new IllegalStateException(
                        "the newest block's header hash is " + newest + ", the peer says " + said);
            }
            return new LedgerSnapshot(info.getHeight(), newest, blocks);
        } catch (GatewayException e) {
            throw Failures.of(e);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the peer's answer is not Fabric's: " + e.getMessage(), e);
        }
    }

    private static List<LedgerBlock> blocks(Network network, long height, BlockDecoder decoder)
            throws InvalidProtocolBufferException {
        List<LedgerBlock> blocks = new ArrayList<>();
        Digest previous = Digest.ZERO;
        try (CloseableIterator<Block> stream =
                network.newBlockEventsRequest().startBlock(0).build().getEvents()) {
            while (blocks.size() < height) {
                // hasNext answers false only for a stream that the peer ended
                if (!stream.hasNext()) {
                    throw new IllegalStateException("the peer ended its blocks at " + blocks.size() + " of " + height);
                }
                Block block = stream.next();
                if (!BlockHashes.dataMatchesHeader(block)) {
                    throw new IllegalStateException(
                            "block " + blocks.size() + " holds other transactions than its header says");
                }
                LedgerBlock decoded = decoder.decode(block, Instant.EPOCH);
                if (decoded.number() != blocks.size() || !decoded.previousHash().equals(previous)) {
                    throw new IllegalStateException("block " + decoded.number() + " does not follow its predecessor");
                }
                blocks.add(decoded);
                previous = decoded.hash();
            }
        }
        return blocks;
    }
}
