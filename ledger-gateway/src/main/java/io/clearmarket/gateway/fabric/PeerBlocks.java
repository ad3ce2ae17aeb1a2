package io.clearmarket.gateway.fabric;

import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.time.Clock;

/** One peer's blocks, for a program beside that peer which asks no other. */
public final class PeerBlocks implements AutoCloseable {
    private final Peers peers;
    private final String mspId;
    private final BlockStream blocks;

    /**
     * @param networkFile {@code network.json}; nothing of it is used but this organisation's peer
     * @param mspId whose peer
     * @param reader who reads
     */
    public PeerBlocks(Path networkFile, String mspId, SigningIdentity reader, String channel, String chaincode) {
        this.peers = new Peers(networkFile, channel, reader);
        this.mspId = mspId;
        this.blocks = new FabricBlockStream(peers, chaincode, Clock.systemUTC());
    }

    /** As {@link BlockStream#follow}. */
    public BlockStream.Subscription follow(long fromBlock, BlockListener listener) {
        return blocks.follow(mspId, fromBlock, listener);
    }

    @Override
    public void close() {
        peers.close();
    }
}
