package io.clearmarket.network.embedded.peer.discovery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.wallet.Digests;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.PeerTime;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * What a peer says of itself, in the signed messages that Fabric's peers gossip: where it is, how far its ledger is, which
 * chaincodes it runs. The discovery service passes them on.
 */
public final class SelfDescription {
    private static final long LIFECYCLE_SEQUENCE = 1;

    private final SigningIdentity identity;
    private final PeerLedger ledger;
    private final ByteString pkiId;
    private final long began = nanos(Instant.now());
    private final AtomicLong sequence = new AtomicLong();

    public SelfDescription(SigningIdentity identity, PeerLedger ledger) {
        this.identity = identity;
        this.ledger = ledger;
        this.pkiId = pkiId(identity.serialized());
    }

    /**
     * The peer as it is now.
     *
     * @param address {@code host:port} of its server
     * @param running names of the chaincodes that it can run
     */
    public Peer at(String address, List<String> running) {
        return Peer.newBuilder()
                .setIdentity(identity.serialized())
                .setMembershipInfo(signed(GossipMessage.newBuilder()
                        .setTag(GossipMessage.Tag.EMPTY)
                        .setAliveMsg(AliveMessage.newBuilder()
                                .setMembership(
                                        Member.newBuilder().setEndpoint(address).setPkiId(pkiId))
                                .setTimestamp(time(sequence.incrementAndGet())))))
                .setStateInfo(signed(GossipMessage.newBuilder()
                        .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                        .setStateInfo(StateInfo.newBuilder()
                                .setChannelMAC(sha256(pkiId.concat(ByteString.copyFromUtf8(ledger.channel()))))
                                .setPkiId(pkiId)
                                .setTimestamp(time(nanos(Instant.now())))
                                .setProperties(properties(running)))))
                .build();
    }

    private Properties properties(List<String> running) {
        Properties.Builder properties = Properties.newBuilder().setLedgerHeight(ledger.height());
        for (String name : running) {
            ledger.definition(name)
                    .ifPresent(definition -> properties.addChaincodes(chaincode(name, definition.sequence())));
        }
        return properties
                .addChaincodes(chaincode(LifecycleNamespace.NAME, LIFECYCLE_SEQUENCE))
                .build();
    }

    /** Peers tell a definition's sequence in the place of its version. */
    private static Chaincode chaincode(String name, long sequence) {
        return Chaincode.newBuilder()
                .setName(name)
                .setVersion(Long.toString(sequence))
                .build();
    }

    private PeerTime time(long number) {
        return PeerTime.newBuilder().setIncNum(began).setSeqNum(number).build();
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private Envelope signed(GossipMessage.Builder message) {
        ByteString payload = message.build().toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(identity.sign(payload.toByteArray()))
                .build();
    }

    /** How gossip names a peer: the hash of its MSP's id and its certificate. */
    private static ByteString pkiId(ByteString serialized) {
        try {
            SerializedIdentity identity = SerializedIdentity.parseFrom(serialized);
            return sha256(ByteString.copyFromUtf8(identity.getMspid()).concat(identity.getIdBytes()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a serialized identity: " + e.getMessage(), e);
        }
    }

    private static ByteString sha256(ByteString bytes) {
        return ByteString.copyFrom(Digests.sha256(bytes.toByteArray()));
    }
}
