package io.clearmarket.network.embedded.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekNewest;
import org.hyperledger.fabric.protos.orderer.SeekOldest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Blocks straight from the orderer, as {@code peer channel fetch} asks for them. */
class OrdererDeliverTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    private static final SeekPosition OLDEST =
            SeekPosition.newBuilder().setOldest(SeekOldest.getDefaultInstance()).build();
    private static final SeekPosition NEWEST =
            SeekPosition.newBuilder().setNewest(SeekNewest.getDefaultInstance()).build();

    private final SigningIdentity auditor = NETWORK.network().issue("AuditMSP", "auditor", NodeOu.CLIENT, Map.of());

    private static SeekPosition number(long block) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(block))
                .build();
    }

    private static Envelope request(String channel, SeekPosition start, SeekPosition stop, SigningIdentity signer) {
        ByteString channelHeader = ChannelHeader.newBuilder()
                .setType(HeaderType.DELIVER_SEEK_INFO_VALUE)
                .setChannelId(channel)
                .setTimestamp(Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond()))
                .build()
                .toByteString();
        ByteString signatureHeader = SignatureHeader.newBuilder()
                .setCreator(ByteString.copyFrom(signer.serialized()))
                .build()
                .toByteString();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder().setChannelHeader(channelHeader).setSignatureHeader(signatureHeader))
                .setData(SeekInfo.newBuilder()
                        .setStart(start)
                        .setStop(stop)
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(ByteString.copyFrom(signer.sign(payload.toByteArray())))
                .build();
    }

    /** Everything up to and including the status that ends it. */
    private static List<DeliverResponse> fetch(Envelope request) throws InterruptedException {
        ManagedChannel connection = NetworkClient.dial(NETWORK.network().ordererOrganization());
        BlockingQueue<DeliverResponse> responses = new LinkedBlockingQueue<>();
        try {
            AtomicBroadcastGrpc.newStub(connection)
                    .deliver(new StreamObserver<>() {
                        @Override
                        public void onNext(DeliverResponse response) {
                            responses.add(response);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            // the missing status shows it
                        }

                        @Override
                        public void onCompleted() {
                            // the status came before
                        }
                    })
                    .onNext(request);
            List<DeliverResponse> all = new ArrayList<>();
            DeliverResponse next;
            do {
                next = responses.poll(60, TimeUnit.SECONDS);
                assertThat(next).as("a response within a minute").isNotNull();
                all.add(next);
            } while (next.hasBlock());
            return all;
        } finally {
            connection.shutdownNow();
        }
    }

    private static List<Block> blocks(List<DeliverResponse> responses) {
        return responses.stream()
                .filter(DeliverResponse::hasBlock)
                .map(DeliverResponse::getBlock)
                .toList();
    }

    @Test
    void a_member_reads_the_whole_chain_and_waits_for_the_block_to_come() throws Exception {
        long height = NETWORK.network().height("PlatformMSP");
        Thread later = Thread.ofVirtual().start(() -> {
            try {
                NETWORK.client("PlatformMSP", "user").contract("rig").submitTransaction("put", "k", "v");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        List<DeliverResponse> responses = fetch(request(NETWORK.network().channel(), OLDEST, number(height), auditor));
        later.join();

        assertThat(responses.getLast().getStatus()).isEqualTo(Status.SUCCESS);
        assertThat(blocks(responses))
                .hasSize(Math.toIntExact(height + 1))
                .allSatisfy(block -> assertThat(block.getHeader())
                        .isEqualTo(NETWORK.network()
                                .ledger("PlatformMSP")
                                .block(block.getHeader().getNumber())
                                .orElseThrow()
                                .getHeader()));
    }

    @Test
    void newest_to_newest_is_one_block() throws Exception {
        List<DeliverResponse> responses = fetch(request(NETWORK.network().channel(), NEWEST, NEWEST, auditor));

        assertThat(blocks(responses)).hasSize(1);
    }

    @Test
    void strangers_other_channels_and_backward_ranges_are_refused() throws Exception {
        SigningIdentity stranger = io.clearmarket.wallet.ca.DevelopmentCa.create("AuditMSP", "ca.AuditMSP")
                .issue(io.clearmarket.wallet.ca.CertificateRequest.of("stranger", NodeOu.CLIENT));
        String channel = NETWORK.network().channel();

        assertThat(fetch(request(channel, OLDEST, NEWEST, stranger)).getLast().getStatus())
                .isEqualTo(Status.FORBIDDEN);
        assertThat(fetch(request("nowhere", OLDEST, NEWEST, auditor)).getLast().getStatus())
                .isEqualTo(Status.NOT_FOUND);
        assertThat(fetch(request(channel, number(2), number(1), auditor))
                        .getLast()
                        .getStatus())
                .isEqualTo(Status.BAD_REQUEST);
        assertThat(fetch(request(channel, number(1L << 40), number(1L << 41), auditor))
                        .getLast()
                        .getStatus())
                .isEqualTo(Status.NOT_FOUND);
    }
}
