package io.clearmarket.network.embedded.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.TestChannel;
import io.clearmarket.network.embedded.msp.ChannelMsps;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import java.util.Arrays;
import java.util.List;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturePolicyTest {
    private static final TestChannel CHANNEL = new TestChannel();
    private static final MspManager MSPS = ChannelMsps.fromConfig(CHANNEL.genesis);
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("message");

    private static SignedData signed(SigningIdentity signer) {
        return new SignedData(MESSAGE, signer.serialized(), signer.sign(MESSAGE.toByteArray()));
    }

    private static boolean satisfied(String policy, SigningIdentity... signers) {
        return satisfied(
                policy, Arrays.stream(signers).map(SignaturePolicyTest::signed).toList());
    }

    private static boolean satisfied(String policy, List<SignedData> signatures) {
        return SignatureRules.compile(SignaturePolicyParser.parse(policy), MSPS)
                .evaluate(signatures)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AND('A.member', 'B-1.x.peer')",
                "OR('A.admin', AND('B.client', 'C.orderer'))",
                "OutOf(2, 'A.peer', 'B.peer', 'C.peer')",
                "OutOf(0, 'A.peer', 'B.peer')",
                "OutOf(4, 'A.peer', 'B.peer', 'C.peer')"
            })
    void a_policy_is_written_back_as_it_was_read(String policy) {
        assertThat(SignaturePolicyText.of(SignaturePolicyParser.parse(policy))).isEqualTo(policy);
    }

    @Test
    void gates_have_three_spellings_and_spaces_do_not_matter() {
        SignaturePolicyEnvelope expected = SignaturePolicyParser.parse("AND('A.peer',OR('B.peer','C.peer'))");
        for (String same : List.of(
                "and('A.peer',or('B.peer','C.peer'))",
                " And ( 'A.peer' , Or('B.peer', \"C.peer\") ) ",
                "OUTOF(2,'A.peer',outof(1,'B.peer','C.peer'))")) {
            assertThat(SignaturePolicyParser.parse(same)).isEqualTo(expected);
        }
        assertThat(expected.getIdentitiesCount()).isEqualTo(3);
        assertThat(expected.getVersion()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "AND('A.peer'| expected ')' at position 12",
                "AND('A.boss')| expected a principal such as 'AuditMSP.peer' at position 4",
                "AND('A peer.peer')| expected a principal",
                "NAND('A.peer')| expected AND, OR or OutOf at position 0",
                "AND()| expected AND, OR or OutOf at position 4",
                "OR('A.peer') 'B.peer'| expected the end of the policy at position 13",
                "OutOf('A.peer')| expected how many of the rules are needed at position 6",
                "OutOf(3,'A.peer')| invalid t-out-of-n predicate, t 3, n 1",
                "##| expected AND, OR or OutOf at position 0"
            })
    void a_malformed_policy_is_refused_with_the_place(String policy, String message) {
        assertThatThrownBy(() -> SignaturePolicyParser.parse(policy == null ? "" : policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void deep_nesting_is_refused_instead_of_overflowing() {
        assertThatThrownBy(() -> SignaturePolicyParser.parse("OR(".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_market_policy_needs_the_auditor_and_one_other() {
        String policy = TestChannel.POLICY;
        assertThat(satisfied(policy, CHANNEL.platformPeer, CHANNEL.auditPeer)).isTrue();
        assertThat(satisfied(policy, CHANNEL.auditPeer, CHANNEL.merchantsPeer)).isTrue();
        assertThat(satisfied(policy, CHANNEL.platformPeer, CHANNEL.merchantsPeer))
                .isFalse();
        assertThat(satisfied(policy, CHANNEL.auditPeer)).isFalse();
        assertThat(satisfied(policy, CHANNEL.client, CHANNEL.auditPeer)).isFalse();
    }

    @Test
    void signers_are_taken_in_order_without_looking_back() {
        SigningIdentity member = CHANNEL.client;
        SigningIdentity admin = CHANNEL.admin;
        String policy = "AND('PlatformMSP.member','PlatformMSP.admin')";
        assertThat(satisfied(policy, member, admin)).isTrue();
        assertThat(satisfied(policy, admin, member)).isFalse();
    }

    @Test
    void marks_of_a_failed_gate_are_rolled_back() {
        String policy = "OutOf(1, AND('PlatformMSP.peer','MerchantsMSP.peer'), 'PlatformMSP.peer')";
        assertThat(satisfied(policy, CHANNEL.platformPeer)).isTrue();
    }

    @Test
    void one_certificate_counts_once_however_often_it_signs() {
        SigningIdentity other = TestChannel.member(CHANNEL.platformCa, "peer1", NodeOu.PEER);
        String policy = "AND('PlatformMSP.peer','PlatformMSP.peer')";
        assertThat(satisfied(policy, CHANNEL.platformPeer, CHANNEL.platformPeer))
                .isFalse();
        assertThat(satisfied(policy, CHANNEL.platformPeer, other)).isTrue();
    }

    @Test
    void bad_signatures_and_strangers_do_not_count() {
        SigningIdentity stranger =
                TestChannel.member(DevelopmentCa.create("PlatformMSP", "ca.platform"), "peer0", NodeOu.PEER);
        SignedData stolen =
                new SignedData(MESSAGE, CHANNEL.platformPeer.serialized(), stranger.sign(MESSAGE.toByteArray()));
        SignedData garbage = new SignedData(MESSAGE, MESSAGE, MESSAGE);
        String policy = "OR('PlatformMSP.peer')";
        assertThat(satisfied(policy, List.of(signed(stranger), stolen, garbage)))
                .isFalse();
        assertThat(satisfied(policy, List.of(garbage, stolen, signed(CHANNEL.platformPeer))))
                .isTrue();
    }

    @Test
    void out_of_nothing_is_always_true_and_more_than_all_never() {
        assertThat(satisfied("OutOf(0, 'PlatformMSP.peer')")).isTrue();
        assertThat(satisfied("OutOf(2, 'PlatformMSP.peer')", CHANNEL.platformPeer, CHANNEL.auditPeer))
                .isFalse();
    }
}
