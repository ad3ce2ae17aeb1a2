package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.TestChannel.CHAINCODE;
import static io.clearmarket.network.embedded.ledger.TestChannel.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.p256.P256;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;

/** The table of fabric-protocol 5.1, row by row. */
class ValidationCodesTest extends LedgerTestCase {
    private static final ByteString GARBAGE = ByteString.fromHex("ffffffffff");

    private void assertCode(TxValidationCode expected, Envelope transaction) {
        assertThat(commit(transaction)).containsExactly(expected);
    }

    private TxValidationCode codeOf(ByteString envelope) {
        return ledger.commit(CHANNEL.block(ledger, List.of(envelope))).codes().getFirst();
    }

    @Test
    void a_correct_transaction_is_valid() throws Exception {
        assertCode(TxValidationCode.VALID, put("k", "v").build());
    }

    @Test
    void bytes_that_are_no_envelope() {
        assertThat(codeOf(GARBAGE)).isEqualTo(TxValidationCode.INVALID_OTHER_REASON);
        assertThat(codeOf(ByteString.EMPTY)).isEqualTo(TxValidationCode.NIL_ENVELOPE);
    }

    @Test
    void a_payload_that_does_not_parse() {
        assertCode(
                TxValidationCode.BAD_PAYLOAD,
                Envelope.newBuilder().setPayload(GARBAGE).build());
    }

    @Test
    void a_bad_common_header() throws Exception {
        TxValidationCode bad = TxValidationCode.BAD_COMMON_HEADER;
        assertCode(
                bad,
                put("k", "v")
                        .payload(p -> Payload.newBuilder().setData(p.getData()).build())
                        .build());
        assertCode(
                bad,
                put("k", "v")
                        .channelHeader(h -> h.setType(HeaderType.MESSAGE_VALUE))
                        .build());
        assertCode(bad, put("k", "v").channelHeader(h -> h.setEpoch(1)).build());
        assertCode(bad, put("k", "v").signatureHeader(h -> h.clearNonce()).build());
        assertCode(bad, put("k", "v").signatureHeader(h -> h.clearCreator()).build());
    }

    @Test
    void a_creator_who_did_not_sign_or_is_not_known() throws Exception {
        TxValidationCode bad = TxValidationCode.BAD_CREATOR_SIGNATURE;
        assertCode(bad, put("k", "v").signature(s -> GARBAGE).build());
        SigningIdentity stranger =
                TestChannel.member(DevelopmentCa.create("PlatformMSP", "ca.platform"), "client", NodeOu.CLIENT);
        assertCode(bad, put("k", "v").creator(stranger).build());
        SigningIdentity withoutRole =
                SigningIdentity.of(CHANNEL.platformCa.issueTls("tls", List.of("localhost"), List.of()));
        assertCode(bad, put("k", "v").creator(withoutRole).build());
        assertCode(
                bad, put("k", "v").channelHeader(h -> h.setChannelId("other")).build());
    }

    @Test
    void a_high_s_signature_is_refused_though_it_verifies_elsewhere() throws Exception {
        Envelope highS = put("k", "v").signature(ValidationCodesTest::highS).build();
        assertThat(P256.isLowS(highS.getSignature().toByteArray())).isFalse();
        assertCode(TxValidationCode.BAD_CREATOR_SIGNATURE, highS);
    }

    private static ByteString highS(ByteString lowS) {
        try {
            ASN1Sequence rs = ASN1Sequence.getInstance(lowS.toByteArray());
            BigInteger s = ASN1Integer.getInstance(rs.getObjectAt(1)).getPositiveValue();
            ASN1Integer other = new ASN1Integer(P256.ORDER.subtract(s));
            return ByteString.copyFrom(new DERSequence(
                            List.of(rs.getObjectAt(0), other).toArray(new org.bouncycastle.asn1.ASN1Encodable[0]))
                    .getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void types_other_than_endorser_transactions() throws Exception {
        assertCode(
                TxValidationCode.INVALID_CONFIG_TRANSACTION,
                put("k", "v")
                        .channelHeader(h -> h.setType(HeaderType.CONFIG_VALUE))
                        .build());
        assertCode(
                TxValidationCode.UNSUPPORTED_TX_PAYLOAD,
                put("k", "v")
                        .channelHeader(h -> h.setType(HeaderType.CONFIG_UPDATE_VALUE))
                        .build());
    }

    @Test
    void an_id_that_is_not_the_hash_of_nonce_and_creator() throws Exception {
        assertCode(
                TxValidationCode.BAD_PROPOSAL_TXID,
                put("k", "v").channelHeader(h -> h.setTxId("00".repeat(32))).build());
    }

    @Test
    void an_action_that_is_missing_doubled_or_about_other_arguments() throws Exception {
        TxValidationCode bad = TxValidationCode.INVALID_ENDORSER_TRANSACTION;
        assertCode(
                bad,
                put("k", "v")
                        .transaction(t -> t.toBuilder().clearActions().build())
                        .build());
        assertCode(
                bad,
                put("k", "v")
                        .transaction(
                                t -> t.toBuilder().addActions(t.getActions(0)).build())
                        .build());
        assertCode(bad, put("k", "v").buildWithOtherArguments());
        assertCode(
                bad,
                put("k", "v")
                        .payload(p -> p.toBuilder().setData(GARBAGE).build())
                        .build());
    }

    @Test
    void an_id_counts_once_in_one_block_and_over_blocks() throws Exception {
        TestTransaction put = put("k", "v");
        Envelope envelope = put.build();
        assertThat(commit(envelope, envelope)).containsExactly(TxValidationCode.VALID, TxValidationCode.DUPLICATE_TXID);
        assertCode(TxValidationCode.DUPLICATE_TXID, envelope);
        assertThat(ledger.find(put.id())).contains(new TransactionLocation(2, 0, TxValidationCode.VALID));
    }

    @Test
    void an_id_is_burnt_by_an_invalid_transaction() throws Exception {
        TestTransaction put = put("k", "v").endorsers(CHANNEL.platformPeer);
        assertCode(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, put.build());
        put.endorsers(CHANNEL.platformPeer, CHANNEL.auditPeer);
        assertCode(TxValidationCode.DUPLICATE_TXID, put.build());
    }

    @Test
    void parts_that_do_not_parse() throws Exception {
        assertCode(
                TxValidationCode.BAD_HEADER_EXTENSION,
                put("k", "v").channelHeader(h -> h.setExtension(GARBAGE)).build());
        assertCode(
                TxValidationCode.BAD_RESPONSE_PAYLOAD,
                put("k", "v").actionBytes(GARBAGE).build());
        assertCode(
                TxValidationCode.BAD_RWSET,
                put("k", "v").action(a -> a.setResults(GARBAGE)).build());
        assertCode(
                TxValidationCode.INVALID_OTHER_REASON,
                put("k", "v").action(a -> a.setEvents(GARBAGE)).build());
        assertCode(
                TxValidationCode.INVALID_OTHER_REASON,
                put("k", "v").action(a -> a.clearChaincodeId()).build());
    }

    @Test
    void a_chaincode_that_is_unnamed_misnamed_or_not_defined() throws Exception {
        TxValidationCode bad = TxValidationCode.INVALID_CHAINCODE;
        ChaincodeID other =
                ChaincodeID.newBuilder().setName("other").setVersion("1.0").build();
        assertCode(bad, put("k", "v").action(a -> a.setChaincodeId(other)).build());
        assertCode(
                bad,
                put("k", "v")
                        .action(a -> a.getChaincodeIdBuilder().clearVersion())
                        .build());
        assertCode(bad, put("k", "v").chaincode("other").build());
        assertCode(bad, transaction(s -> s.putState("other", "k", GARBAGE)).build());
    }

    @Test
    void an_event_in_the_name_of_another_chaincode() throws Exception {
        ChaincodeEvent.Builder event =
                ChaincodeEvent.newBuilder().setChaincodeId(CHAINCODE).setEventName("e");
        assertCode(
                TxValidationCode.VALID,
                put("a", "v")
                        .action(a -> a.setEvents(event.build().toByteString()))
                        .build());
        event.setChaincodeId("other");
        assertCode(
                TxValidationCode.INVALID_OTHER_REASON,
                put("b", "v")
                        .action(a -> a.setEvents(event.build().toByteString()))
                        .build());
    }

    private static NsReadWriteSet.Builder write(String key) {
        return NsReadWriteSet.newBuilder()
                .setNamespace(CHAINCODE)
                .setRwset(KVRWSet.newBuilder()
                        .addWrites(KVWrite.newBuilder().setKey(key).setValue(GARBAGE))
                        .build()
                        .toByteString());
    }

    @Test
    void a_namespace_that_comes_twice() throws Exception {
        TxReadWriteSet twice = TxReadWriteSet.newBuilder()
                .addNsRwset(write("a"))
                .addNsRwset(write("b"))
                .build();
        assertCode(
                TxValidationCode.ILLEGAL_WRITESET,
                put("k", "v").action(a -> a.setResults(twice.toByteString())).build());
    }

    @Test
    void writes_to_a_collection_that_the_chaincode_does_not_have() throws Exception {
        HashedRWSet hashes = HashedRWSet.newBuilder()
                .addHashedWrites(KVWriteHash.newBuilder().setKeyHash(GARBAGE).setValueHash(GARBAGE))
                .build();
        TxReadWriteSet collection = TxReadWriteSet.newBuilder()
                .addNsRwset(write("a")
                        .addCollectionHashedRwset(CollectionHashedReadWriteSet.newBuilder()
                                .setCollectionName("secret")
                                .setHashedRwset(hashes.toByteString())))
                .build();
        assertCode(
                TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
                put("k", "v")
                        .action(a -> a.setResults(collection.toByteString()))
                        .build());
        assertThat(get("a")).isEmpty();
    }

    @Test
    void endorsements_that_do_not_satisfy_the_policy() throws Exception {
        TxValidationCode bad = TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
        assertCode(bad, put("k", "v").endorsers().build());
        assertCode(bad, put("k", "v").endorsers(CHANNEL.auditPeer).build());
        assertCode(
                bad,
                put("k", "v").endorsers(CHANNEL.auditPeer, CHANNEL.auditPeer).build());
        assertCode(
                bad,
                put("k", "v")
                        .endorsers(CHANNEL.platformPeer, CHANNEL.merchantsPeer)
                        .build());
        assertCode(
                bad, put("k", "v").endorsers(CHANNEL.auditPeer, CHANNEL.admin).build());
        assertThat(get("k")).isEmpty();
        assertCode(
                TxValidationCode.VALID,
                put("k", "v")
                        .endorsers(CHANNEL.merchantsPeer, CHANNEL.auditPeer)
                        .build());
    }

    @Test
    void effects_that_were_changed_after_endorsement() throws Exception {
        Envelope honest = put("k", "v").build();
        ByteString other = OtherEffects.endorsedBy(honest);
        assertCode(
                TxValidationCode.INVALID_ENDORSER_TRANSACTION,
                put("k", "v").endorsed(e -> e.setProposalResponsePayload(other)).build());
        assertCode(
                TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
                put("k", "v")
                        .endorsed(e -> e.setProposalResponsePayload(OtherEffects.of(e.getProposalResponsePayload())))
                        .build());
    }

    @Test
    void a_policy_that_is_replaced_counts_for_the_next_block() throws Exception {
        Envelope definition = CHANNEL.definition(ledger, CHAINCODE, 2, "OR('PlatformMSP.peer')");
        Envelope platformOnly = put("k", "v").endorsers(CHANNEL.platformPeer).build();
        assertThat(commit(definition, platformOnly))
                .containsExactly(TxValidationCode.VALID, TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        assertCode(
                TxValidationCode.VALID,
                put("k", "v").endorsers(CHANNEL.platformPeer).build());
    }

    @Test
    void a_definition_needs_a_majority_of_the_organisations() throws Exception {
        Envelope minority = CHANNEL.definition(ledger, CHAINCODE, 2, POLICY, CHANNEL.platformPeer);
        assertCode(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, minority);
        Envelope majority =
                CHANNEL.definition(ledger, CHAINCODE, 2, POLICY, CHANNEL.platformPeer, CHANNEL.merchantsPeer);
        assertCode(TxValidationCode.VALID, majority);
        assertThat(ledger.definition(CHAINCODE).orElseThrow().sequence()).isEqualTo(2);
    }
}
