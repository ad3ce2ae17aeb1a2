package io.clearmarket.gateway.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
}
