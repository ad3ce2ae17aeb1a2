package io.clearmarket.gateway.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpOptionsTest {
    @Test
    void the_number_of_nodes_is_passed_on_where_fabrics_own_run_and_left_to_what_was_founded_otherwise() {
        assertThat(new UpOptions.Nodes(3, 2).arguments(NetworkKind.NATIVE))
                .containsExactly("--orderers", "3", "--peers", "2");
        assertThat(new UpOptions.Nodes(null, 2).arguments(NetworkKind.COMPOSE)).containsExactly("--peers", "2");
        assertThat(UpOptions.Nodes.USUAL.arguments(NetworkKind.NATIVE)).isEmpty();
    }

    @Test
    void the_embedded_network_of_up_has_no_choice() {
        assertThat(UpOptions.Nodes.USUAL.arguments(NetworkKind.EMBEDDED)).isEmpty();
        assertThatThrownBy(() -> new UpOptions.Nodes(3, null).arguments(NetworkKind.EMBEDDED))
                .isInstanceOf(UpException.class)
                .hasMessageContaining("native or compose");
    }

    @Test
    void a_zero_is_a_free_port_and_any_other_stays() {
        UpOptions some = options(0, 7050, 0, new LanDoor.Asked("", 0)).withChosenPorts();
        assertThat(List.of(
                        some.port(),
                        some.chainPort(),
                        Objects.requireNonNull(some.lan()).port()))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(1024, 65_535));
        assertThat(some.networkPort()).isEqualTo(7050);
        assertThat(options(1, 2, 3, new LanDoor.Asked("", 4)).withChosenPorts())
                .isEqualTo(options(1, 2, 3, new LanDoor.Asked("", 4)));
    }

    @ParameterizedTest
    @CsvSource({
        "99999, 7050, 8545, 8443, --port is 99999; a port is a number from 1 to 65535",
        "8080, -1, 8545, 8443, --network-port is -1",
        "8080, 7050, 65536, 8443, --chain-port is 65536",
        "8080, 7050, 8545, 70000, --lan-port is 70000",
        "8080, 7050, 8080, 8443, --port and --chain-port are both 8080"
    })
    void what_is_no_port_of_its_own_is_refused_with_its_option(
            int port, int networkPort, int chainPort, int lanPort, String message) {
        assertThatThrownBy(() -> options(port, networkPort, chainPort, new LanDoor.Asked("", lanPort)))
                .isInstanceOf(UpException.class)
                .hasMessageContaining(message);
    }

    private static UpOptions options(int port, int networkPort, int chainPort, LanDoor.Asked lan) {
        return new UpOptions(
                Path.of("root"),
                Path.of("data"),
                port,
                networkPort,
                chainPort,
                false,
                null,
                UpOptions.Nodes.USUAL,
                lan);
    }
}
