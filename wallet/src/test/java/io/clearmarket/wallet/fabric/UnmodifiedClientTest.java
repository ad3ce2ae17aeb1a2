package io.clearmarket.wallet.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.hyperledger.fabric.protos.gateway.ProposedTransaction;
import org.junit.jupiter.api.Test;

/** The bytes of the unmodified fabric-gateway client, which needs no connection to prepare them. */
class UnmodifiedClientTest {
    private static final DevelopmentCa CA = DevelopmentCa.create("PlatformMSP", "ca.platform");
    private final SigningIdentity buyer = CA.issue(CertificateRequest.of("buyer-1", NodeOu.CLIENT));
    private final Gateway gateway = Gateway.newInstance()
            .identity(new X509Identity("PlatformMSP", buyer.certificate()))
            .hash(Hash.SHA256)
            .connection(new Disconnected())
            .connect();

    @Test
    void its_proposal_is_shown_and_signed_offline() throws Exception {
        Proposal proposal = gateway.getNetwork("market")
                .getContract("market", "order")
                .newProposal("accept")
                .addArguments("o-1", "100")
                .putAllTransient(Map.of("salt", new byte[] {1}))
                .build();
        ShownProposal shown = ShownProposal.decodeGateway(proposal.getBytes());
        assertThat(shown.invocation().function()).isEqualTo("order:accept");
        assertThat(shown.invocation().arguments()).containsExactly("o-1", "100");
        assertThat(shown.creator()).isEqualTo(buyer);
        assertThat(shown.transactionId()).isEqualTo(proposal.getTransactionId());
        assertThat(shown.digest()).isEqualTo(proposal.getDigest());
        byte[] signature = OfflineSigner.sign(buyer, shown);
        byte[] signed =
                gateway.newSignedProposal(proposal.getBytes(), signature).getBytes();
        assertThat(ProposedTransaction.parseFrom(signed)
                        .getProposal()
                        .getSignature()
                        .toByteArray())
                .isEqualTo(signature);
    }

    @Test
    void a_device_writes_the_proposals_that_it_would_write() throws Exception {
        byte[] its = ProposedTransaction.parseFrom(gateway.getNetwork("market")
                        .getContract("market")
                        .newProposal("accept")
                        .addArguments("{}")
                        .build()
                        .getBytes())
                .getProposal()
                .getProposalBytes()
                .toByteArray();
        Header header = Header.parseFrom(
                org.hyperledger.fabric.protos.peer.Proposal.parseFrom(its).getHeader());
        byte[] nonce = SignatureHeader.parseFrom(header.getSignatureHeader())
                .getNonce()
                .toByteArray();
        Instant time = ShownProposal.decode(its).timestamp();
        ProposalWriter writer = new ProposalWriter("market", "market");
        assertThat(writer.bytes(buyer, nonce, time, "accept", List.of("{}"))).isEqualTo(its);
        ShownProposal shown = writer.write(buyer, time, "accept", List.of("{}"));
        assertThat(shown.creator()).isEqualTo(buyer);
        assertThat(shown.transactionId()).isNotEqualTo(ShownProposal.decode(its).transactionId());
    }

    @Test
    void its_transaction_is_shown_and_signed_offline() throws Exception {
        Prepared prepared = new Prepared(
                buyer, List.of(CA.issue(CertificateRequest.of("peer0", NodeOu.PEER))), "order:accept", "o-1");
        PreparedTransaction endorsed = PreparedTransaction.newBuilder()
                .setTransactionId(prepared.channelHeader.getTxId())
                .setEnvelope(Envelope.newBuilder().setPayload(ByteString.copyFrom(prepared.transaction())))
                .build();
        Transaction transaction = gateway.newTransaction(endorsed.toByteArray());
        ShownTransaction shown = ShownTransaction.decodeGateway(transaction.getBytes());
        assertThat(shown.digest()).isEqualTo(transaction.getDigest());
        byte[] signature = OfflineSigner.sign(buyer, shown);
        byte[] signed =
                gateway.newSignedTransaction(transaction.getBytes(), signature).getBytes();
        assertThat(PreparedTransaction.parseFrom(signed)
                        .getEnvelope()
                        .getSignature()
                        .toByteArray())
                .isEqualTo(signature);
    }

    @Test
    void a_wrapper_that_names_another_transaction_is_refused() throws Exception {
        byte[] bytes = gateway.getNetwork("market")
                .getContract("market")
                .newProposal("accept")
                .build()
                .getBytes();
        byte[] renamed = ProposedTransaction.parseFrom(bytes).toBuilder()
                .setTransactionId("other")
                .build()
                .toByteArray();
        assertThatThrownBy(() -> ShownProposal.decodeGateway(renamed))
                .isInstanceOf(RefusedToSign.class)
                .hasMessageContaining("calls the transaction other");
    }

    private static final class Disconnected extends Channel {
        @Override
        public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
            throw new AssertionError("nothing here may call " + method.getFullMethodName());
        }

        @Override
        public String authority() {
            return "nowhere";
        }
    }
}
