package io.clearmarket.gateway.fabric;

import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.jspecify.annotations.Nullable;

/** Fabric's own client, as an application uses it that has no gateway of ours: what a measurement compares with. */
public final class BareClient implements AutoCloseable {
    private final Peers peers;
    private final String mspId;
    private final String chaincode;
    private final AtomicReference<@Nullable CloseableIterator<FilteredBlock>> followed = new AtomicReference<>();

    /**
     * @param networkFile {@code network.json}
     * @param mspId whose peer to ask
     * @param identity who asks and signs
     */
    public BareClient(Path networkFile, String mspId, SigningIdentity identity, String channel, String chaincode) {
        this.peers = new Peers(networkFile, channel, identity);
        this.mspId = mspId;
        this.chaincode = chaincode;
    }

    /**
     * Has a call endorsed, ordered and committed.
     *
     * @return the number of its block
     * @throws LedgerFailure if it is refused or the peer is away
     * @throws IllegalStateException if its transaction is void
     */
    public long submit(String function, String argument) {
        try {
            Status status = network()
                    .getContract(chaincode)
                    .newProposal(function)
                    .addArguments(argument)
                    .build()
                    .endorse()
                    .submitAsync()
                    .getStatus();
            if (!status.isSuccessful()) {
                throw new IllegalStateException("transaction " + status.getTransactionId() + " is " + status.getCode());
            }
            return status.getBlockNumber();
        } catch (GatewayException e) {
            throw Failures.of(e);
        }
    }

    /**
     * Tells the number of each block that the peer commits from now on, on a thread of its own, until this is closed; returns once it follows.
     */
    public void follow(LongConsumer committed) {
        CloseableIterator<FilteredBlock> blocks =
                network().newFilteredBlockEventsRequest().build().getEvents();
        followed.set(blocks);
        Thread.ofVirtual().name("committed-blocks").start(() -> {
            while (blocks.hasNext()) {
                committed.accept(blocks.next().getNumber());
            }
        });
    }

    private Network network() {
        return peers.of(mspId).network();
    }

    @Override
    public void close() {
        CloseableIterator<FilteredBlock> blocks = followed.get();
        if (blocks != null) {
            blocks.close();
        }
        peers.close();
    }
}
