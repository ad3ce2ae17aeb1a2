package io.clearmarket.network.embedded.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.TestChannel;
import io.clearmarket.network.embedded.msp.ChannelMsps;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.embedded.policy.Policy.SignedData;
import io.clearmarket.wallet.ca.NodeOu;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelPoliciesTest {
    private static final TestChannel CHANNEL = new TestChannel();
    private static final ChannelPolicies POLICIES =
            ChannelPolicies.fromConfig(CHANNEL.genesis, ChannelMsps.fromConfig(CHANNEL.genesis));

    private static Optional<String> evaluate(String path, SigningIdentity... signers) {
        ByteString message = ByteString.copyFromUtf8("message");
        List<SignedData> signed = Arrays.stream(signers)
                .map(s -> new SignedData(message, s.serialized(), s.sign(message.toByteArray())))
                .toList();
        return POLICIES.at(path).orElseThrow().evaluate(signed);
    }

    @Test
    void clients_and_admins_write_and_peers_only_read() {
        assertThat(evaluate("/Channel/Application/Writers", CHANNEL.client)).isEmpty();
        assertThat(evaluate("/Channel/Application/Writers", CHANNEL.admin)).isEmpty();
        assertThat(evaluate("/Channel/Application/Readers", CHANNEL.auditPeer)).isEmpty();
        assertThat(evaluate("/Channel/Application/Writers", CHANNEL.auditPeer))
                .contains("implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires"
                        + " 1 of the 'Writers' sub-policies to be satisfied");
    }

    @Test
    void the_orderers_organisation_is_no_application_member_but_writes_to_the_channel() {
        SigningIdentity ordererAdmin = TestChannel.member(CHANNEL.ordererCa, "admin", NodeOu.ADMIN);
        assertThat(evaluate("/Channel/Application/Writers", ordererAdmin)).isPresent();
        assertThat(evaluate("/Channel/Writers", ordererAdmin)).isEmpty();
        assertThat(evaluate("/Channel/Writers", CHANNEL.client)).isEmpty();
    }

    @Test
    void majorities_count_organisations() {
        assertThat(evaluate("/Channel/Application/Endorsement", CHANNEL.platformPeer))
                .contains("implicit policy evaluation failed - 1 sub-policies were satisfied, but this policy requires"
                        + " 2 of the 'Endorsement' sub-policies to be satisfied");
        SigningIdentity second = TestChannel.member(CHANNEL.platformCa, "peer1", NodeOu.PEER);
        assertThat(evaluate("/Channel/Application/Endorsement", CHANNEL.platformPeer, second))
                .isPresent();
        assertThat(evaluate("/Channel/Application/Endorsement", CHANNEL.platformPeer, CHANNEL.auditPeer))
                .isEmpty();
    }

    @Test
    void only_the_ordering_service_signs_blocks() {
        assertThat(evaluate("/Channel/Orderer/BlockValidation", CHANNEL.orderer))
                .isEmpty();
        assertThat(evaluate("/Channel/Orderer/BlockValidation", CHANNEL.auditPeer, CHANNEL.platformPeer))
                .isPresent();
    }

    @Test
    void an_unknown_path_has_no_policy() {
        assertThat(POLICIES.at("/Channel/Application/Nothing")).isEmpty();
    }
}
