package io.clearmarket.network.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.junit.EmbeddedFabric.Reuse;
import io.clearmarket.network.testing.RigChaincode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReuseTest {
    private static final Set<Path> SHARED = new HashSet<>();
    private static final Set<Path> PER_TEST = new HashSet<>();

    @AfterAll
    static void classes_with_equal_annotations_shared_a_network_and_each_test_had_its_own() {
        assertThat(SHARED)
                .hasSize(1)
                .allSatisfy(directory -> assertThat(directory).exists());
        assertThat(PER_TEST)
                .hasSize(2)
                .allSatisfy(directory -> assertThat(directory).doesNotExist());
    }

    private static Path directory(EmbeddedNetwork network) {
        return network.config().dataDirectory();
    }

    @Nested
    @EmbeddedFabric(
            organizations = "Org1MSP",
            chaincode = @Deploy(name = "rig", type = RigChaincode.class),
            reuse = Reuse.SUITE)
    class OneClass {
        @Test
        void shares(EmbeddedNetwork network) {
            SHARED.add(directory(network));
        }
    }

    @Nested
    @EmbeddedFabric(
            organizations = "Org1MSP",
            chaincode = @Deploy(name = "rig", type = RigChaincode.class),
            reuse = Reuse.SUITE)
    class AnotherClass {
        @Test
        void shares(EmbeddedNetwork network) {
            SHARED.add(directory(network));
        }
    }

    @Nested
    @EmbeddedFabric(
            organizations = "Org1MSP",
            chaincode = @Deploy(name = "rig", type = RigChaincode.class),
            reuse = Reuse.TEST)
    class ANetworkPerTest {
        @Test
        void first(EmbeddedNetwork network) {
            PER_TEST.add(directory(network));
        }

        @Test
        void second(EmbeddedNetwork network) {
            PER_TEST.add(directory(network));
        }
    }
}
