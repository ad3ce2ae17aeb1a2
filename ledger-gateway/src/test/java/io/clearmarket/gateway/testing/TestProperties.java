package io.clearmarket.gateway.testing;

import io.clearmarket.gateway.config.GatewayProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** {@link GatewayProperties} for what is tried by itself, without a network. */
public final class TestProperties {
    private TestProperties() {}

    /** Those of PlatformMSP's gateway, which demonstrates. */
    public static GatewayProperties of(String ledger, boolean development, Duration commitWait) {
        return new GatewayProperties(
                Path.of("."),
                null,
                "PlatformMSP",
                ledger,
                "market",
                "market",
                null,
                development,
                true,
                Map.of(),
                Map.of(),
                commitWait,
                1);
    }
}
