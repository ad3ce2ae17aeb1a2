package io.clearmarket.wallet.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.junit.jupiter.api.Test;

class OfflineSignerTest {
    private static final DevelopmentCa PLATFORM = DevelopmentCa.create("PlatformMSP", "ca.platform");
    private static final DevelopmentCa AUDIT = DevelopmentCa.create("AuditMSP", "ca.audit");
    private static final SigningIdentity BUYER = PLATFORM.issue(CertificateRequest.of("buyer-1", NodeOu.CLIENT));
    private static final List<SigningIdentity> PEERS = List.of(
            AUDIT.issue(CertificateRequest.of("peer0", NodeOu.PEER)),
            PLATFORM.issue(CertificateRequest.of("peer0", NodeOu.PEER)));

    private final Prepared prepared = new Prepared(BUYER, PEERS, "order:accept", "o-1", "{\"minor\":100}");

    @Test
    void the_transaction_id_of_the_specifications_vector_is_as_published() {
        byte[] nonce = new byte[24];
        for (int i = 0; i < nonce.length; i++) {
            nonce[i] = (byte) i;
        }
        assertThat(TransactionIds.of(nonce, "creator".getBytes(UTF_8)))
                .isEqualTo("151635d156b87fcdd972bf6d45d83eb75864e6b9caff423a784c5c4e58051968");
    }

    @Test
    void a_proposal_shows_what_it_asks_for() {
        prepared.payload.putTransientMap("salt", ByteString.copyFromUtf8("secret"));
        ShownProposal shown = ShownProposal.decode(prepared.proposal());
        assertThat(shown.channel()).isEqualTo("market");
        assertThat(shown.invocation())
                .isEqualTo(new Invocation("market", "order:accept", List.of("o-1", "{\"minor\":100}")));
        assertThat(shown.creator()).isEqualTo(BUYER);
        assertThat(shown.party()).isEqualTo(BUYER.partyId());
        assertThat(shown.timestamp()).isEqualTo(Instant.ofEpochSecond(1_790_000_000L));
        assertThat(shown.transientKeys()).containsExactly("salt");
        assertThat(shown.text())
                .contains("order:accept", "o-1", "PlatformMSP", BUYER.partyId().value(), shown.transactionId())
                .doesNotContain("secret");
    }

    @Test
    void the_creators_signature_is_over_the_sha256_of_the_inner_bytes() throws Exception {
        byte[] bytes = prepared.proposal();
        ShownProposal shown = ShownProposal.decode(bytes);
        byte[] signature = OfflineSigner.sign(BUYER, shown);
        assertThat(shown.digest()).isEqualTo(Digests.sha256(bytes));
        assertThat(shown.bytes()).isEqualTo(bytes);
        Signature overDigest = Signature.getInstance("NONEwithECDSA", "SunEC");
        overDigest.initVerify(BUYER.certificate().getPublicKey());
        overDigest.update(shown.digest());
        assertThat(overDigest.verify(signature)).isTrue();
        assertThat(P256.isLowS(signature)).isTrue();
    }

    @Test
    void somebody_else_cannot_sign_for_the_creator() {
        SigningIdentity other = PLATFORM.issue(CertificateRequest.of("buyer-2", NodeOu.CLIENT));
        ShownProposal shown = ShownProposal.decode(prepared.proposal());
        assertThatThrownBy(() -> OfflineSigner.sign(other, shown))
                .isInstanceOf(RefusedToSign.class)
                .hasMessageContaining("CN=buyer-1")
                .hasMessageContaining("CN=buyer-2");
        assertThatThrownBy(() -> OfflineSigner.accept(shown, other.sign(shown.bytes())))
                .hasMessageContaining("is not PlatformMSP:CN=buyer-1");
    }

    @Test
    void a_raw_signature_from_a_browser_is_accepted_in_fabrics_form() throws Exception {
        ShownProposal shown = ShownProposal.decode(prepared.proposal());
        for (int i = 0; i < 10; i++) {
            Signature browser = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
            browser.initSign(java.security.KeyFactory.getInstance("EC", "SunEC")
                    .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(
                            BUYER.privateKey().getEncoded())));
            browser.update(shown.bytes());
            byte[] der = OfflineSigner.accept(shown, browser.sign());
            assertThat(BUYER.verify(shown.bytes(), der)).isTrue();
        }
        assertThatThrownBy(() -> OfflineSigner.accept(shown, new byte[64])).hasMessageContaining("malformed");
    }

    @Test
    void a_transaction_shows_what_was_endorsed_and_by_whom() {
        ShownTransaction shown = ShownTransaction.decode(prepared.transaction());
        shown.requireOf(ShownProposal.decode(prepared.proposal()));
        assertThat(shown.invocation().function()).isEqualTo("order:accept");
        assertThat(shown.responseStatus()).isEqualTo(200);
        assertThat(shown.responsePayload()).isEqualTo("{\"ok\":1}");
        assertThat(shown.writtenKeys()).isEqualTo(Map.of("market", List.of("order/o-1", "old (deleted)")));
        assertThat(shown.endorsingMspIds()).containsExactly("AuditMSP", "PlatformMSP");
        assertThat(shown.text()).contains("answer       200", "market: order/o-1", "AuditMSP, PlatformMSP");
        assertThat(BUYER.verify(shown.bytes(), OfflineSigner.sign(BUYER, shown)))
                .isTrue();
    }

    @Test
    void a_transaction_of_other_arguments_is_refused_by_its_proposal_hash() {
        ByteString endorsed = prepared.answer();
        prepared.args.set(1, ByteString.copyFromUtf8("o-2"));
        assertRefused(() -> ShownTransaction.decode(prepared.transaction(endorsed)), "the proposal hash");
    }

    @Test
    void a_transaction_of_another_proposal_is_refused() {
        ShownTransaction shown = ShownTransaction.decode(prepared.transaction());
        Prepared other = new Prepared(BUYER, PEERS, "order:accept", "o-1");
        assertRefused(() -> shown.requireOf(ShownProposal.decode(other.proposal())), shown.transactionId());
        prepared.args.set(1, ByteString.copyFromUtf8("o-2"));
        assertRefused(() -> shown.requireOf(ShownProposal.decode(prepared.proposal())), "content");
    }

    @Test
    void a_wrong_transaction_id_is_refused_with_the_right_one() {
        String right = prepared.channelHeader.getTxId();
        prepared.channelHeader.setTxId("00".repeat(32));
        assertRefused(() -> ShownProposal.decode(prepared.proposal()), right);
        assertRefused(() -> ShownTransaction.decode(prepared.transaction()), right);
    }

    @Test
    void a_header_that_names_another_chaincode_is_refused() {
        prepared.chaincode.setName("other");
        assertRefused(() -> ShownProposal.decode(prepared.proposal()), "the invocation other");
        assertRefused(() -> ShownTransaction.decode(prepared.transaction()), "the invocation other");
    }

    @Test
    void a_result_of_another_chaincode_is_refused() {
        prepared.result.getChaincodeIdBuilder().setName("other");
        assertRefused(() -> ShownTransaction.decode(prepared.transaction()), "the result is of the chaincode other");
    }

    @Test
    void an_endorsement_signed_by_nobody_is_refused() {
        ByteString answer = prepared.answer();
        ByteString input = ByteString.copyFrom(inputOnly());
        ByteString header = prepared.header().getSignatureHeader();
        ChaincodeEndorsedAction.Builder none =
                ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(answer);
        assertRefused(() -> ShownTransaction.decode(prepared.transaction(input, none, header)), "nobody endorsed");
        ChaincodeEndorsedAction.Builder forged = none.clone();
        forged.addEndorsementsBuilder()
                .setEndorser(ByteString.copyFrom(PEERS.getFirst().serialized()))
                .setSignature(ByteString.copyFrom(PEERS.getLast().sign(answer.toByteArray())));
        assertRefused(
                () -> ShownTransaction.decode(prepared.transaction(input, forged, header)), "endorsement of AuditMSP");
        assertRefused(
                () -> ShownTransaction.decode(prepared.transaction(input, none, ByteString.EMPTY)), "action's header");
    }

    @Test
    void what_cannot_be_shown_is_refused() throws Exception {
        byte[] proposal = prepared.proposal();
        byte[] withMore = Proposal.parseFrom(proposal).toBuilder()
                .setUnknownFields(com.google.protobuf.UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                        .addVarint(1)
                                        .build())
                        .build())
                .build()
                .toByteArray();
        assertRefused(() -> ShownProposal.decode(withMore), "[99]");
        assertRefused(() -> ShownProposal.decode(new byte[] {1, 2, 3}), "the proposal cannot be decoded");
        assertRefused(() -> ShownProposal.decode(new byte[0]), "the header's type is 0");
    }

    @Test
    void bytes_that_would_deceive_a_terminal_are_escaped() {
        prepared.args.set(1, ByteString.copyFromUtf8("a\u001b[2Kb\u202e\n"));
        prepared.args.set(2, ByteString.copyFrom(new byte[] {(byte) 0xff, 1}));
        ShownProposal shown = ShownProposal.decode(prepared.proposal());
        assertThat(shown.invocation().arguments()).containsExactly("a\\u001b[2Kb\\u202e\\u000a", "0xff01");
    }

    @Test
    void any_flipped_bit_of_a_transaction_is_refused() {
        byte[] bytes = prepared.transaction();
        int refused = 0;
        for (int i = 0; i < bytes.length; i += 7) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            try {
                ShownTransaction.decode(changed).requireOf(ShownProposal.decode(prepared.proposal()));
            } catch (RefusedToSign e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo((bytes.length + 6) / 7);
    }

    @Test
    void a_commit_status_request_is_signed_by_its_asker() {
        byte[] request = CommitStatusRequest.newBuilder()
                .setChannelId("market")
                .setTransactionId("ab")
                .setIdentity(ByteString.copyFrom(BUYER.serialized()))
                .build()
                .toByteArray();
        ShownCommitRequest shown = ShownCommitRequest.decode(request);
        assertThat(shown.transactionId()).isEqualTo("ab");
        assertThat(BUYER.verify(request, OfflineSigner.sign(BUYER, shown))).isTrue();
        assertThat(shown.digest()).isEqualTo(Digests.sha256(request));
    }

    private byte[] inputOnly() {
        prepared.proposal();
        return ChaincodeProposalPayload.newBuilder()
                .setInput(prepared.payload.getInput())
                .build()
                .toByteArray();
    }

    private static void assertRefused(Runnable decoding, String part) {
        assertThatThrownBy(decoding::run)
                .isInstanceOf(RefusedToSign.class)
                .hasMessageStartingWith("not signed: ")
                .hasMessageContaining(part);
    }
}
