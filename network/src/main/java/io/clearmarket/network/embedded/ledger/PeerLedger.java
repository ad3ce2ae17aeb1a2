package io.clearmarket.network.embedded.ledger;

import io.clearmarket.network.embedded.configtx.ChannelResources;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;

/**
 * One peer's copy of one channel. Blocks on disk are the truth; state, history and indexes are rebuilt from them (or from
 * a snapshot plus the tail) on opening. Safe for many readers and one committer.
 */
public interface PeerLedger extends AutoCloseable {
    String channel();

    /** Number of blocks. */
    long height();

    /** Header hash of the newest block. */
    byte[] currentHash();

    Optional<Block> block(long number);

    Optional<Block> blockByHash(byte[] headerHash);

    /** First occurrence of the id, valid or not. */
    Optional<TransactionLocation> find(String transactionId);

    /**
     * A simulation at the current height.
     *
     * @param transactionId appears in the texts of refused calls
     */
    Simulator simulate(String transactionId);

    /**
     * Validates (all of fabric-protocol section 5), completes the metadata, appends and fsyncs, applies the state, then
     * calls the listeners on the committing thread, in order of registration.
     *
     * @throws IllegalArgumentException if the number, previous hash or data hash does not continue this chain, or if the
     *     block is not signed as {@code /Channel/Orderer/BlockValidation} wants; nothing is written then
     */
    CommittedBlock commit(Block ordered);

    /** Called after each commit, when the new state is readable. Close the handle to stop. */
    AutoCloseable onCommit(Consumer<CommittedBlock> listener);

    /** The channel's configuration as of the newest block. */
    ChannelResources resources();

    /** The channel's MSPs, from its configuration. */
    MspManager msps();

    /** A policy by path, such as {@code /Channel/Application/Writers}. */
    Optional<Policy> policy(String path);

    /** The committed definition of a chaincode, if there is one. */
    Optional<ChaincodeDefinition> definition(String chaincode);

    /** The policy that writes of a chaincode must satisfy, {@code _lifecycle} included; empty if the channel has no such chaincode. */
    Optional<Policy> endorsementPolicy(String chaincode);

    /** The names of the chaincodes that the channel has agreed on, in order. */
    List<String> chaincodes();

    /** The MSP ids of the application organisations, in order. */
    List<String> organizations();

    /** A private data collection as committed, a chaincode's own or an organisation's implicit one. */
    Optional<Collection> collection(String chaincode, String collection);

    /** The private data that this peer holds. */
    PrivateDataLedger privateData();

    /**
     * A chaincode as the channel agreed on it.
     *
     * @param policyText signature policy text, such as {@code AND('AuditMSP.peer', OR('PlatformMSP.peer','MerchantsMSP.peer'))},
     *     or the path of a channel policy
     */
    record ChaincodeDefinition(String name, Definition definition, String policyText, Policy endorsement) {
        public String version() {
            return definition.version();
        }

        public long sequence() {
            return definition.sequence();
        }
    }

    @Override
    void close();
}
