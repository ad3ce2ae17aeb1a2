package io.clearmarket.network.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartTest {
    private static final String VERIFYING = "io.clearmarket.network.embedded.msp.X509Identity";
    private static final String GRPC = "io.grpc.internal.SerializingExecutor";

    @Test
    void time_in_what_all_use_belongs_to_who_called_it() {
        assertThat(Part.of(List.of(VERIFYING, "io.clearmarket.network.embedded.orderer.Admission", GRPC)))
                .isEqualTo(Part.ORDERER);
        assertThat(Part.of(List.of(VERIFYING, "io.clearmarket.network.embedded.ledger.TransactionValidator")))
                .isEqualTo(Part.PEERS);
    }

    @Test
    void the_innermost_of_several_parts_has_it() {
        assertThat(Part.of(List.of(
                        "io.clearmarket.network.embedded.orderer.BlockCutter",
                        "io.clearmarket.network.embedded.peer.gateway.Submission")))
                .isEqualTo(Part.ORDERER);
        assertThat(Part.of(List.of(
                        "io.clearmarket.network.bench.PutChaincode",
                        "org.hyperledger.fabric.shim.impl.InvocationTask")))
                .isEqualTo(Part.CHAINCODE);
    }

    @Test
    void what_only_moves_bytes_is_transport_and_the_rest_the_jvms() {
        assertThat(Part.of(List.of("java.nio.channels.Channel", GRPC))).isEqualTo(Part.TRANSPORT);
        assertThat(Part.of(List.of(GRPC, "org.hyperledger.fabric.client.GatewayClient", "java.lang.Thread")))
                .isEqualTo(Part.CLIENT);
        assertThat(Part.of(List.of("java.lang.Thread"))).isEqualTo(Part.JVM);
    }
}
