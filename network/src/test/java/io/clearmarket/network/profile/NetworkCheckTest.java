package io.clearmarket.network.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkCheckTest {
    @Test
    void the_markets_policy_is_right_however_it_is_written() {
        assertThat(PolicyNeeds.wrong(LifecycleNamespace.applicationPolicy(ChaincodeConfig.MARKET_POLICY)))
                .isEmpty();
        assertThat(PolicyNeeds.wrong(LifecycleNamespace.applicationPolicy(
                        "OR(AND('AuditMSP.member','MerchantsMSP.peer'), AND('PlatformMSP.peer','AuditMSP.peer'))")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OutOf(2,'AuditMSP.peer','PlatformMSP.peer','MerchantsMSP.peer')",
                "OR('AuditMSP.peer')",
                "AND('AuditMSP.peer','PlatformMSP.peer')",
                "AND('AuditMSP.peer','PlatformMSP.peer','MerchantsMSP.peer')",
                "AND('AuditMSP.client', OR('PlatformMSP.peer','MerchantsMSP.peer'))",
                "/Channel/Application/Endorsement"
            })
    void every_other_policy_is_found_out(String policy) {
        assertThat(PolicyNeeds.wrong(LifecycleNamespace.applicationPolicy(policy)))
                .isPresent();
    }
}
